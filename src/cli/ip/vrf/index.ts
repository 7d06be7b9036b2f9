import { type CommandTable, help, verb, type WordTable } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { exec } from './exec.ts'
import { identify, pids } from './processes.ts'
import { show } from './show.ts'
import { vrfUsage } from './usage.ts'

const names: WordTable = { keywords: [], otherwise: { hint: 'DEVICE' } }

export const command: CommandTable<Session> = {
  name: 'vrf',
  otherwise: show,
  verbs: [
    verb('identify*', identify),
    verb('pids*', pids, { words: names }),
    verb('exec*', exec, { words: names }),
    verb('show*|lst*|list*', show, { words: names }),
    help(vrfUsage),
  ],
}
