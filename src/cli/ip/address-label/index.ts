import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { flush, list } from './list.ts'
import { add, labelGrammar, remove } from './modify.ts'
import { addressLabelUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'addrlabel',
  otherwise: list,
  verbs: [
    verb('list*|lst*|show*', list),
    verb('add*', add, { finishes: true, words: labelGrammar }),
    verb('delete*', remove, { finishes: true, words: labelGrammar }),
    verb('flush*', flush),
    help(addressLabelUsage),
  ],
}
