import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { bucket } from './bucket.ts'
import { flush, get, list } from './list.ts'
import { add, remove, replace } from './modify.ts'
import { nexthopUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'nexthop',
  otherwise: list,
  verbs: [
    verb('add*', add, { finishes: true }),
    verb('replace*', replace, { finishes: true }),
    verb('delete*', remove, { finishes: true }),
    verb('list*|show*|lst*', list),
    verb('get*', get),
    verb('flush*', flush),
    verb('bucket*', bucket),
    help(nexthopUsage),
  ],
}
