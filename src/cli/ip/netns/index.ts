import { type CommandTable, help, usage, verb, type WordTable } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { add, attach, remove, set } from './change.ts'
import { exec } from './exec.ts'
import { idGrammar, listIds, listNames } from './list.ts'
import { monitor } from './monitor.ts'
import { identify, pids } from './processes.ts'
import { netnsUsage } from './usage.ts'

const NAME_MAX = 255

const names: WordTable = { keywords: [], otherwise: { hint: 'NETNS' } }

export const command: CommandTable<Session> = {
  name: 'netns',
  otherwise: listNames,
  // The word after the verb is taken for a name, whichever the verb.
  before({ options }, { following }) {
    if (options.all || following === undefined || isName(following)) return
    throw usage(`Invalid netns name "${following}"`)
  },
  verbs: [
    verb('list*|show*|lst*', listNames),
    verb('list-id*', listIds, { words: idGrammar }),
    help(netnsUsage),
    verb('add*', add),
    verb('set*', set, { words: names }),
    verb('delete*', remove, { words: names }),
    verb('identify*', identify),
    verb('pids*', pids, { words: names }),
    verb('exec*', exec, { words: names }),
    verb('monitor*', monitor),
    verb('attach*', attach),
  ],
}

function isName(word: string): boolean {
  return word !== '' && word !== '.' && word !== '..' && !word.includes('/') && Buffer.byteLength(word) <= NAME_MAX
}
