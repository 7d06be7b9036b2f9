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
    verb('add*', add, { finishes: true }),
    verb('append*', append, { finishes: true }),
    verb('replace*', replace, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('get*', get),
    verb('show*|lst*|list*', show),
    verb('flush', flush, { finishes: true }),
    help(fdbUsage),
  ],
}
