import { bits, padding, struct, u8, u16, u32 } from '../../netlink/index.ts'
import { characters } from './characters.ts'

/** struct ipt_icmp: icmp, revision 0. Type 255 is any. */
export const icmp = struct({ type: u8, minCode: u8, maxCode: u8, inverted: u8, pad: padding(4) })

const ROUTE_TYPES = {
  UNSPEC: 1,
  UNICAST: 2,
  LOCAL: 4,
  BROADCAST: 8,
  ANYCAST: 0x10,
  MULTICAST: 0x20,
  BLACKHOLE: 0x40,
  UNREACHABLE: 0x80,
  PROHIBIT: 0x100,
  THROW: 0x200,
  NAT: 0x400,
  XRESOLVE: 0x800,
} as const
/** The kinds of route that an address may have, as bits. */
export const ADDRESS_TYPES = Object.keys(ROUTE_TYPES) as readonly (keyof typeof ROUTE_TYPES)[]

/** struct xt_addrtype_info_v1: addrtype, revision 1. */
export const addrtype = struct({
  source: bits(u16, ROUTE_TYPES),
  destination: bits(u16, ROUTE_TYPES),
  flags: bits(u32, { 'invert-source': 1, 'invert-destination': 2, 'limit-in': 4, 'limit-out': 8 }),
})

/** struct xt_mark_mtinfo1: mark, revision 1. */
export const mark = struct({ mark: u32, mask: u32, invert: u8, pad: padding(7) })

/** struct xt_rateinfo: limit, revision 0. `average` is the time between two packets, in 1/10000 s; the rest is the kernel's. */
export const limit = struct({ average: u32, burst: u32, own: padding(32) })

/** struct xt_comment_info: comment, revision 0. */
export const comment = struct({ text: characters(256) })

/** struct ipt_ttl_info: ttl, revision 0. */
export const ttl = struct({ mode: u8, ttl: u8, pad: padding(6) })
export const TTL_MODES = { eq: 0, ne: 1, lt: 2, gt: 3 } as const

/** struct xt_pkttype_info: pkttype, revision 0. `type` is PACKET_*. */
export const pkttype = struct({ type: u32, invert: u32 })
