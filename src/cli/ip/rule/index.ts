import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { add, remove } from './modify.ts'
import { restore, save } from './save.ts'
import { flush, show } from './show.ts'
import { ruleUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'rule',
  otherwise: show,
  verbs: [
    verb('list*|lst*|show*', show),
    verb('save*', save),
    verb('restore*', restore),
    verb('add*', add, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('flush*', flush),
    help(ruleUsage),
  ],
}
