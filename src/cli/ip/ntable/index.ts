import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { change, tableGrammar } from './change.ts'
import { filterGrammar, show } from './show.ts'
import { ntableUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'ntable',
  otherwise: show,
  verbs: [
    verb('change*|chg*', change, { words: tableGrammar }),
    verb('show*|lst*|list*', show, { words: filterGrammar }),
    help(ntableUsage),
  ],
}
