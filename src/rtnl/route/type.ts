import { enumeration, u8 } from '../../netlink/index.ts'

/** What becomes of packets for a destination (RTN_*, include/uapi/linux/rtnetlink.h). */
export const ROUTE_TYPES = {
  unspec: 0,
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
  throw: 9,
  nat: 10,
  xresolve: 11,
} as const

export const routeType = enumeration(u8, ROUTE_TYPES)
