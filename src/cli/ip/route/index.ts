import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { refuseResolving, unsupportedVerb } from '../unsupported.ts'
import { flush } from './flush.ts'
import { get } from './get.ts'
import { add, append, change, prepend, remove, replace } from './modify.ts'
import { show } from './show.ts'
import { routeUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'route',
  otherwise: show,
  before: refuseResolving,
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('change*|chg', change, { finishes: true }),
    verb('replace*', replace, { finishes: true }),
    verb('prepend*', prepend, { finishes: true }),
    verb('append*', append, { finishes: true }),
    verb('test*', unsupportedVerb('route test')),
    verb('delete*', remove, { finishes: true }),
    verb('list*|show*|lst*', show),
    verb('get*', get),
    verb('flush*', flush),
    verb('save*', unsupportedVerb('route save')),
    verb('restore*', unsupportedVerb('route restore')),
    verb('showdump*', unsupportedVerb('route showdump')),
    help(routeUsage),
  ],
}
