import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { list } from './list.ts'
import { add, remove } from './modify.ts'
import { maddressUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'maddr',
  otherwise: list,
  verbs: [verb('add*', add), verb('delete*', remove), verb('list*|show*|lst*', list), help(maddressUsage)],
}
