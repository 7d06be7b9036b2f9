import { type CommandTable, usage, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unknownVerb } from '../objects.ts'
import { add, remove } from './modify.ts'
import { show } from './show.ts'
import { vniUsage } from './usage.ts'

/** Its verbs are to be written in full. */
export const command: CommandTable<Session> = {
  name: 'vni',
  otherwise: show,
  unknown: unknownVerb('vni'),
  verbs: [
    verb('add', add, { finishes: true }),
    verb('delete', remove, { finishes: true }),
    verb('show|lst|list', show),
    verb('help', () => {
      throw usage(vniUsage)
    }),
  ],
}
