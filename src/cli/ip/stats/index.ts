import { CommandFailure, type CommandTable, type Run, usage, verb } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { set, settingGrammar } from './set.ts'
import { filterGrammar, show } from './show.ts'
import { statsUsage } from './usage.ts'

const help: Run<Session> = () => {
  throw usage(statsUsage, 0)
}

/** `show` is as good as one `-s`, and `-d` as another. */
const showAll: Run<Session> = (session, words) => {
  const { options } = session
  return show({ ...session, options: { ...options, stats: options.stats + options.details + 1 } }, words)
}

/** Its verbs have no abbreviations. */
export const command: CommandTable<Session> = {
  name: 'stats',
  otherwise: show,
  verbs: [
    verb('help', help),
    verb('show', showAll, { words: filterGrammar }),
    verb('set', set, { finishes: true, words: settingGrammar }),
  ],
  unknown(_session, { current }) {
    throw new CommandFailure(`Command "${current}" is unknown, try "ip stats help".`, 1)
  },
}
