import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar, list } from './list.ts'
import { add, remove, addressWords as words } from './modify.ts'
import { maddressUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'maddr',
  otherwise: list,
  verbs: [
    verb('add*', add, { words }),
    verb('delete*', remove, { words }),
    verb('list*|show*|lst*', list, { words: filterGrammar }),
    help(maddressUsage),
  ],
}
