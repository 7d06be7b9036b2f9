import type { tcpMetrics } from '../../../netlink/index.ts'
import { FAMILIES } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  addressText,
  CommandFailure,
  expectPrefix,
  type Grammar,
  garbage,
  type Keyword,
  parse,
  rows,
  text,
  usage,
  type Words,
  type WordTable,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { isInside } from '../listing/match.ts'
import { tcpMetricsUsage } from './usage.ts'

type TcpMetrics = tcpMetrics.TcpMetrics

/** Which entries are meant. */
export interface Selector {
  dst?: Address
  src?: Address
}

/** Whether it is one address, and not a prefix. */
export function isExact(address: Address | undefined): address is Address {
  return address !== undefined && address.bytes.length > 0 && address.bytes.length * 8 === address.length
}

const notOne = (word: string) => new CommandFailure(`Error: a specific IP address is expected rather than "${word}"`, 1)

interface Draft {
  readonly session: Session
  readonly request: Selector
  /** Whether one address is meant, and no prefix. */
  readonly exact: boolean
}

/** An address with the word before it, if there is one. iproute2 passes over each word that follows one. */
function take(key: keyof Selector, who: string, words: Words, { session, request, exact }: Draft): void {
  const { current } = words
  if (abbreviates(current, 'help')) throw usage(tcpMetricsUsage)
  if (request[key] !== undefined) throw garbage(who, current)
  const address = expectPrefix(current, session.options.family)
  if ((key === 'src' || exact) && !isExact(address)) throw notOne(current)
  request[key] = address
  words.advance()
}

const named = (word: string, key: keyof Selector): Keyword<Draft> => ({
  ...rows<Draft>().option(word, text('ADDRESS'), () => {}),
  take: (words, draft) => take(key, word, words, draft),
})

const grammar: Grammar<Draft> = {
  usage: tcpMetricsUsage,
  keywords: [named('address', 'dst'), named('addr', 'dst'), named('source', 'src'), named('src', 'src')],
  otherwise: (words, draft) => take('dst', 'address', words, draft),
}

/** What completion has to know of `otherwise`. */
export const selectorWords: WordTable = { ...grammar, otherwise: { hint: 'PREFIX' } }

/** Reads `[ address ] PREFIX` and `source ADDRESS`. */
export function readSelector(session: Session, words: Words, exact: boolean): Selector {
  const { family } = session.options
  if (family !== 'unspec' && family !== 'inet' && family !== 'inet6') {
    throw new CommandFailure(`Unsupported protocol family: ${FAMILIES[family]}`, 1)
  }
  const request: Selector = {}
  parse(grammar, words, { session, request, exact })
  return request
}

/** One entry, as a request says it. */
export function targetOf({ dst, src }: Selector): tcpMetrics.TcpMetricsTarget {
  const target: { -readonly [K in keyof tcpMetrics.TcpMetricsTarget]: string } = {}
  if (isExact(dst)) target[dst.family === 'inet6' ? 'dst6' : 'dst4'] = addressText(dst)
  if (isExact(src)) target[src.family === 'inet6' ? 'src6' : 'src4'] = addressText(src)
  return target
}

/** Whether an entry is meant. One without a source is of any. */
export function matches({ dst, src }: Selector, item: TcpMetrics, { options: { family } }: Session): boolean {
  const to = item.dst4 ?? item.dst6
  const from = item.src4 ?? item.src6
  if (to === undefined) return false
  const isOf = (address: string, wanted: Address | undefined) => {
    const own = address.includes(':') ? 'inet6' : 'inet'
    const said = wanted === undefined || wanted.family === 'unspec' ? family : wanted.family
    return (said === 'unspec' || said === own) && (wanted === undefined || isInside(address, wanted))
  }
  return isOf(to, dst) && (from === undefined || isOf(from, src))
}
