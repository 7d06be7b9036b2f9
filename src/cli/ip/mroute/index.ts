import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar, show } from './show.ts'
import { mrouteUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'mroute',
  otherwise: show,
  verbs: [verb('list*|show*|lst*', show, { words: filterGrammar }), help(mrouteUsage)],
}
