import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { showAddresses } from '../listing/show.ts'
import { unsupportedVerb } from '../unsupported.ts'
import { flush } from './flush.ts'
import { add, change, remove, replace } from './modify.ts'
import { addressUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'address',
  otherwise: showAddresses,
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('change*|chg', change, { finishes: true }),
    verb('replace*', replace, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('list*|show*|lst*', showAddresses),
    verb('flush*', flush),
    verb('save*', unsupportedVerb('address save')),
    verb('showdump*', unsupportedVerb('address showdump')),
    verb('restore*', unsupportedVerb('address restore')),
    help(addressUsage),
  ],
}
