import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { flush, remove, show } from './commands.ts'
import { selectorWords as words } from './selector.ts'
import { tcpMetricsUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'tcp_metrics',
  otherwise: show,
  verbs: [
    verb('list*|lst*|show*', show, { words }),
    verb('delete*|remove*', remove, { words }),
    verb('flush*', flush, { words }),
    help(tcpMetricsUsage),
  ],
}
