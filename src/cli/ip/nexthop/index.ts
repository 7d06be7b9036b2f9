import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { bucket, bucketWords } from './bucket.ts'
import { filterGrammar, flush, get, getGrammar, list } from './list.ts'
import { add, nexthopGrammar, remove, replace } from './modify.ts'
import { nexthopUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'nexthop',
  otherwise: list,
  verbs: [
    verb('add*', add, { finishes: true, words: nexthopGrammar }),
    verb('replace*', replace, { finishes: true, words: nexthopGrammar }),
    verb('delete*', remove, { finishes: true, words: nexthopGrammar }),
    verb('list*|show*|lst*', list, { words: filterGrammar }),
    verb('get*', get, { words: getGrammar }),
    verb('flush*', flush, { words: filterGrammar }),
    verb('bucket*', bucket, { words: bucketWords }),
    help(nexthopUsage),
  ],
}
