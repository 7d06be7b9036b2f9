import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { filterGrammar } from './filter.ts'
import { add, remove, ruleGrammar } from './modify.ts'
import { restore, save } from './save.ts'
import { flush, show } from './show.ts'
import { ruleUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'rule',
  otherwise: show,
  verbs: [
    verb('list*|lst*|show*', show, { words: filterGrammar }),
    verb('save*', save),
    verb('restore*', restore),
    verb('add*', add, { finishes: true, words: ruleGrammar }),
    verb('delete*', remove, { finishes: true, words: ruleGrammar }),
    verb('flush*', flush, { words: filterGrammar }),
    help(ruleUsage),
  ],
}
