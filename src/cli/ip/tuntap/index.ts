import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { add, remove } from './modify.ts'
import { show } from './show.ts'
import { tuntapUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'tuntap',
  otherwise: show,
  verbs: [verb('add*', add), verb('delete*', remove), verb('show*|lst*|list*', show), help(tuntapUsage)],
}
