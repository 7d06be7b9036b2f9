import { attributes, enumeration, u8, u32be } from '../../../netlink/index.ts'

/** Codes of `icmpx`, which become the ICMP or ICMPv6 code of that sense (NFT_REJECT_ICMPX_*). */
export const ICMPX_CODES = {
  'no-route': 0,
  'port-unreachable': 1,
  'host-unreachable': 2,
  'admin-prohibited': 3,
} as const

/** Drops the packet and says so to its sender. `icmpCode` is ICMP's own for `icmp`, one of ICMPX_CODES for `icmpx`. */
export const reject = attributes({
  type: [1, enumeration(u32be, { icmp: 0, 'tcp-reset': 1, icmpx: 2 })],
  icmpCode: [2, u8],
})
