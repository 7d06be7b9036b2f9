import { type CommandTable, help, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { exec } from './exec.ts'
import { identify, pids } from './processes.ts'
import { show } from './show.ts'
import { vrfUsage } from './usage.ts'

export const command: CommandTable<Session> = {
  name: 'vrf',
  otherwise: show,
  verbs: [
    verb('identify*', identify),
    verb('pids*', pids),
    verb('exec*', exec),
    verb('show*|lst*|list*', show),
    help(vrfUsage),
  ],
}
