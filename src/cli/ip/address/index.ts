import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from '../listing/filter.ts'
import { showAddresses } from '../listing/show.ts'
import { flush } from './flush.ts'
import { add, addressGrammar, change, remove, replace } from './modify.ts'
import { restore, save, showDump } from './save.ts'
import { addressUsage } from './usage.ts'

const shown = filterGrammar(addressUsage)

export const command: CommandTable<Session> = {
  name: 'address',
  otherwise: showAddresses,
  verbs: [
    verb('add*', add, { finishes: true, words: addressGrammar }),
    verb('change*|chg', change, { finishes: true, words: addressGrammar }),
    verb('replace*', replace, { finishes: true, words: addressGrammar }),
    verb('delete*', remove, { finishes: true, words: addressGrammar }),
    verb('list*|show*|lst*', showAddresses, { words: shown }),
    verb('flush*', flush, { words: shown }),
    verb('save*', save, { words: shown }),
    verb('showdump*', showDump),
    verb('restore*', restore),
    help(addressUsage),
  ],
}
