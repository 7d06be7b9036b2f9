import { enumeration, u8, u16 } from '../netlink/index.ts'

/**
 * Address families (AF_*, include/linux/socket.h) that routing netlink speaks of. `ipmr` and `ip6mr` are its own, made-up ones
 * for multicast routing tables (RTNL_FAMILY_*, include/uapi/linux/rtnetlink.h).
 */
export const FAMILIES = {
  unspec: 0,
  unix: 1,
  inet: 2,
  ax25: 3,
  ipx: 4,
  bridge: 7,
  inet6: 10,
  decnet: 12,
  netlink: 16,
  packet: 17,
  ib: 27,
  mpls: 28,
  can: 29,
  phonet: 35,
  mctp: 45,
  ipmr: 128,
  ip6mr: 129,
} as const

export type FamilyName = keyof typeof FAMILIES
/** A family by name, or by number where it has none here. */
export type Family = FamilyName | number

/** One byte: the family of a message. */
export const family = enumeration(u8, FAMILIES)
/** Two bytes, as RTA_VIA and the families inside attributes are. */
export const family16 = enumeration(u16, FAMILIES)
