import { bits, fixedBytes, padding, struct, u16, u32 } from '../../netlink/index.ts'

/** XT_CONNTRACK_*: what is compared. `state-alias` only says that it was written as `-m state`. */
export const CONNTRACK_FACTS = {
  state: 1,
  proto: 2,
  'orig-src': 4,
  'orig-dst': 8,
  'repl-src': 0x10,
  'repl-dst': 0x20,
  status: 0x40,
  expires: 0x80,
  'orig-src-port': 0x100,
  'orig-dst-port': 0x200,
  'repl-src-port': 0x400,
  'repl-dst-port': 0x800,
  direction: 0x1000,
  'state-alias': 0x2000,
} as const

/** XT_CONNTRACK_STATE_*. */
export const CONNTRACK_STATES = {
  INVALID: 1,
  ESTABLISHED: 2,
  RELATED: 4,
  NEW: 8,
  SNAT: 0x40,
  DNAT: 0x80,
  UNTRACKED: 0x100,
} as const

/** IPS_*: what has become of a connection. */
export const CONNTRACK_STATUSES = { EXPECTED: 1, SEEN_REPLY: 2, ASSURED: 4, CONFIRMED: 8 } as const

const address = fixedBytes(16)

/** struct xt_conntrack_mtinfo3: conntrack, revision 3. Ports are in host byte order; IPv4 takes the first four bytes of an address. */
export const conntrack = struct({
  origSrcAddress: address,
  origSrcMask: address,
  origDstAddress: address,
  origDstMask: address,
  replSrcAddress: address,
  replSrcMask: address,
  replDstAddress: address,
  replDstMask: address,
  expiresMin: u32,
  expiresMax: u32,
  l4proto: u16,
  origSrcPort: u16,
  origDstPort: u16,
  replSrcPort: u16,
  replDstPort: u16,
  matched: bits(u16, CONNTRACK_FACTS),
  inverted: bits(u16, CONNTRACK_FACTS),
  states: bits(u16, CONNTRACK_STATES),
  statuses: bits(u16, CONNTRACK_STATUSES),
  origSrcPortHigh: u16,
  origDstPortHigh: u16,
  replSrcPortHigh: u16,
  replDstPortHigh: u16,
  pad: padding(6),
})

/** struct xt_state_info: state, revision 0, which iptables no longer writes. */
export const state = struct({ states: bits(u32, CONNTRACK_STATES), pad: padding(4) })
