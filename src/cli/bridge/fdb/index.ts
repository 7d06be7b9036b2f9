import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unknownVerb } from '../objects.ts'
import { flush } from './flush.ts'
import { get } from './get.ts'
import { add, append, remove, replace } from './modify.ts'
import { show } from './show.ts'
import { fdbUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'fdb',
  otherwise: show,
  unknown: unknownVerb('fdb'),
  verbs: [
    verb('add*', add),
    verb('append*', append),
    verb('replace*', replace),
    verb('delete*', remove),
    verb('get*', get),
    verb('show*|lst*|list*', show),
    verb('flush', flush),
    help(fdbUsage),
  ],
}
