import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { unknownVerb } from '../objects.ts'
import { set } from './set.ts'
import { show } from './show.ts'
import { linkUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'link',
  otherwise: show,
  unknown: unknownVerb('link'),
  verbs: [verb('set*|change*', set, { finishes: true }), verb('show*|lst*|list*', show), help(linkUsage)],
}
