import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { flush, remove, show } from './commands.ts'
import { tcpMetricsUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'tcp_metrics',
  otherwise: show,
  verbs: [
    verb('list*|lst*|show*', show),
    verb('delete*|remove*', remove),
    verb('flush*', flush),
    help(tcpMetricsUsage),
  ],
}
