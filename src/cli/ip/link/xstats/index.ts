import { link } from '../../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  noDevice,
  type Run,
  spellings,
  type Words,
  type WordTable,
  wrong,
} from '../../../grammar/index.ts'
import type { Session } from '../../../session.ts'
import { dumping } from '../../dump.ts'
import { findKind } from '../kinds/index.ts'
import { bondStatistics } from './bond.ts'
import { bridgeStatistics } from './bridge.ts'
import type { KindStatistics } from './kind.ts'

const KINDS: Readonly<Record<string, KindStatistics>> = {
  bond: bondStatistics,
  bond_slave: bondStatistics,
  bridge: bridgeStatistics,
  bridge_slave: bridgeStatistics,
}

/** What completion has to know: `type KIND`, then the kind's parts and `dev`. */
export const statisticsWords: WordTable = {
  keywords: [{ spellings: spellings('type*'), value: { hint: 'TYPE', choices: Object.keys(KINDS) }, ends: true }],
  after(kind) {
    const parts = Object.keys(KINDS[kind]?.parts ?? {})
    const dev = { spellings: spellings('dev'), value: { hint: 'DEVICE' } }
    return { keywords: [...parts.map((part) => ({ spellings: spellings(part) })), dev] }
  },
}

/** Which counters are meant. */
interface Wanted {
  readonly part?: string
  readonly index?: number
}

/** The words after the kind. Throws CommandFailure, of help too, which ends the program. */
function read({ out, devices }: Session, words: Words, kind: string, { words: hint, parts }: KindStatistics): Wanted {
  let wanted: Wanted = {}
  for (; !words.done; words.advance()) {
    const word = words.current
    if (Object.hasOwn(parts, word)) wanted = { ...wanted, part: parts[word] }
    else if (word === 'dev') {
      const name = words.next()
      wanted = { ...wanted, index: devices.index(name) }
      if (wanted.index === 0) throw noDevice(name)
    } else if (word === 'help') {
      out.write(`Usage: ... ${kind} [ ${hint} ] [ dev DEVICE ]\n`)
      throw new CommandFailure('', 0, { ends: true })
    } else throw wrong(word, 'unknown attribute')
  }
  return wanted
}

/** `ip link xstats type KIND`. */
export const showKindStatistics: Run<Session> = (session, words) => {
  const { out, route, printer, devices } = session
  if (words.done) throw new CommandFailure('xstats: missing argument', 1)
  if (!abbreviates(words.current, 'type')) {
    if (!abbreviates(words.current, 'help')) throw wrong(words.current, 'unknown argument')
    out.write('Usage: ... xstats type TYPE [ ARGS ]\n')
    return 0
  }
  const kind = words.next()
  if (findKind(kind) === undefined) throw wrong(kind, 'invalid type')
  const table = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (table === undefined) throw new CommandFailure(`xstats: link type ${kind} doesn't support xstats`, 1)
  words.advance()
  const wanted = read(session, words, kind, table)
  const slave = kind.endsWith('_slave')
  dumping(session, 1, () => {
    for (const item of [...route.each(link.listStatistics(slave ? 'link-xstats-slave' : 'link-xstats'))]) {
      if (wanted.index !== undefined && item.index !== wanted.index) continue
      const counters = slave ? item.linkXstatsSlave : item.linkXstats
      if (counters !== undefined) table.print(counters, wanted.part, devices.name(item.index), printer)
    }
  })
  return 0
}
