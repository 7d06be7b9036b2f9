import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { flush } from './flush.ts'
import { get } from './get.ts'
import { add, append, change, prepend, remove, replace, test } from './modify.ts'
import { restore, save, showDump } from './save.ts'
import { show } from './show.ts'
import { routeUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'route',
  otherwise: show,
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('change*|chg', change, { finishes: true }),
    verb('replace*', replace, { finishes: true }),
    verb('prepend*', prepend, { finishes: true }),
    verb('append*', append, { finishes: true }),
    verb('test*', test, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('list*|show*|lst*', show),
    verb('get*', get),
    verb('flush*', flush),
    verb('save*', save),
    verb('restore*', restore),
    verb('showdump*', showDump),
    help(routeUsage),
  ],
}
