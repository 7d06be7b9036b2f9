import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { get } from './get.ts'
import { add, change, remove, replace } from './modify.ts'
import { flush, show } from './show.ts'
import { neighbourUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'neigh',
  otherwise: show,
  verbs: [
    verb('add*', add),
    verb('change*|chg', change),
    verb('replace*', replace),
    verb('delete*', remove),
    verb('get*', get),
    verb('show*|lst*|list*', show),
    verb('flush*', flush),
    help(neighbourUsage),
  ],
}
