import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { get, getGrammar } from './get.ts'
import { add, change, neighbourGrammar, remove, replace } from './modify.ts'
import { filterGrammar, flush, show } from './show.ts'
import { neighbourUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'neigh',
  otherwise: show,
  verbs: [
    verb('add*', add, { words: neighbourGrammar }),
    verb('change*|chg', change, { words: neighbourGrammar }),
    verb('replace*', replace, { words: neighbourGrammar }),
    verb('delete*', remove, { words: neighbourGrammar }),
    verb('get*', get, { words: getGrammar }),
    verb('show*|lst*|list*', show, { words: filterGrammar }),
    verb('flush*', flush, { words: filterGrammar }),
    help(neighbourUsage),
  ],
}
