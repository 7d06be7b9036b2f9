import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from '../listing/filter.ts'
import { showAddresses } from '../listing/show.ts'
import { unsupportedVerb } from '../unsupported.ts'
import { flush } from './flush.ts'
import { add, addressGrammar, change, remove, replace } from './modify.ts'
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
    verb('save*', unsupportedVerb('address save')),
    verb('showdump*', unsupportedVerb('address showdump')),
    verb('restore*', unsupportedVerb('address restore')),
    help(addressUsage),
  ],
}
