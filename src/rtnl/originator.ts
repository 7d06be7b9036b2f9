import { enumeration, u8 } from '../netlink/index.ts'

/**
 * Who made a route, rule, neighbour or next hop (RTPROT_*, include/uapi/linux/rtnetlink.h). The kernel passes on what it is
 * given from `static` up.
 */
export const ORIGINATORS = {
  unspec: 0,
  redirect: 1,
  kernel: 2,
  boot: 3,
  static: 4,
  gated: 8,
  ra: 9,
  mrt: 10,
  zebra: 11,
  bird: 12,
  dnrouted: 13,
  xorp: 14,
  ntk: 15,
  dhcp: 16,
  mrouted: 17,
  keepalived: 18,
  babel: 42,
  ovn: 84,
  openr: 99,
  bgp: 186,
  isis: 187,
  ospf: 188,
  rip: 189,
  eigrp: 192,
} as const

export const originator = enumeration(u8, ORIGINATORS)
