import type { tcpMetrics } from '../../../netlink/index.ts'
import { FAMILIES } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  addressText,
  CommandFailure,
  expectPrefix,
  garbage,
  usage,
  type Words,
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

/** Reads `[ address ] PREFIX` and `source ADDRESS`. iproute2 passes over each word that follows one of them. */
export function readSelector({ options: { family } }: Session, words: Words, exact: boolean): Selector {
  if (family !== 'unspec' && family !== 'inet' && family !== 'inet6') {
    throw new CommandFailure(`Unsupported protocol family: ${FAMILIES[family]}`, 1)
  }
  const selector: Selector = {}
  for (; !words.done; words.advance(), words.advance()) {
    const source = words.current === 'src' || words.current === 'source'
    const named = source || words.current === 'addr' || words.current === 'address'
    const who = named ? words.current : 'address'
    if (named) words.next()
    if (abbreviates(words.current, 'help')) throw usage(tcpMetricsUsage)
    const key = source ? 'src' : 'dst'
    if (selector[key] !== undefined) throw garbage(who, words.current)
    selector[key] = expectPrefix(words.current, family)
    if ((source || exact) && !isExact(selector[key])) throw notOne(words.current)
  }
  return selector
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
