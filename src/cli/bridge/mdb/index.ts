import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unknownVerb } from '../objects.ts'
import { add, remove } from './modify.ts'
import { show } from './show.ts'
import { mdbUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'mdb',
  otherwise: show,
  unknown: unknownVerb('mdb'),
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('show*|lst*|list*', show),
    help(mdbUsage),
  ],
}
