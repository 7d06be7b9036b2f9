/**
 * What iptables' extensions say in a rule: the C structs of xt matches and targets, by name and revision, in host byte order and
 * filled up to a multiple of eight bytes.
 */
import type { FixedCodec } from '../../netlink/index.ts'
import { conntrack, state } from './conntrack.ts'
import { natRange, natRange2 } from './nat.ts'
import { addrtype, comment, icmp, limit, mark, pkttype, ttl } from './packet.ts'
import { multiport, tcp, udp } from './ports.ts'
import { checksum, reject, setMark, tcpmss, xtLog } from './targets.ts'

export { CONNTRACK_FACTS, CONNTRACK_STATES, CONNTRACK_STATUSES } from './conntrack.ts'
export { ADDRESS_TYPES, TTL_MODES } from './packet.ts'
export { TCP_FLAGS } from './ports.ts'
export { CLAMP_TO_PATH, REJECT_ANSWERS, XT_LOG_FLAGS } from './targets.ts'

/** Matches: name, then revision. */
export const matches = {
  addrtype: { 1: addrtype },
  comment: { 0: comment },
  conntrack: { 3: conntrack },
  icmp: { 0: icmp },
  limit: { 0: limit },
  mark: { 1: mark },
  multiport: { 1: multiport },
  pkttype: { 0: pkttype },
  state: { 0: state },
  tcp: { 0: tcp },
  ttl: { 0: ttl },
  udp: { 0: udp },
} as const

/** Targets: name, then revision. */
export const targets = {
  CHECKSUM: { 0: checksum },
  DNAT: { 0: natRange, 2: natRange2 },
  LOG: { 0: xtLog },
  MARK: { 2: setMark },
  MASQUERADE: { 0: natRange },
  REDIRECT: { 0: natRange },
  REJECT: { 0: reject },
  SNAT: { 0: natRange },
  TCPMSS: { 0: tcpmss },
} as const

/** The struct of an extension; undefined for one that is not known here, whose `info` stays bytes. */
export function extensionCodec(
  kind: 'match' | 'target',
  name: string,
  revision: number,
): FixedCodec<Record<string, unknown>> | undefined {
  const table: Readonly<Record<string, Readonly<Record<number, unknown>>>> = kind === 'match' ? matches : targets
  return Object.hasOwn(table, name)
    ? (table[name]![revision] as FixedCodec<Record<string, unknown>> | undefined)
    : undefined
}
