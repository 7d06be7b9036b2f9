import { enumeration, type Infer, struct, u8, u16be } from '../netlink/index.ts'

/**
 * Families of netfilter (NFPROTO_*, include/uapi/linux/netfilter.h), as nft calls them: `inet` is IPv4 and IPv6 in one, unlike
 * routing netlink's.
 */
export const FAMILIES = {
  unspec: 0,
  inet: 1,
  ip: 2,
  arp: 3,
  netdev: 5,
  bridge: 7,
  ip6: 10,
} as const

export type FamilyName = keyof typeof FAMILIES
/** A family by name, or by number where it has none here. */
export type Family = FamilyName | number

/**
 * struct nfgenmsg (include/uapi/linux/netfilter/nfnetlink.h): what every message of netfilter begins with. `resource` is, in what
 * nf_tables answers, the low half of the generation's number; in a batch's begin and end the subsystem.
 */
export const netfilterHeader = struct({ family: enumeration(u8, FAMILIES), version: u8, resource: u16be })
export type NetfilterHeader = Infer<typeof netfilterHeader>

/** Subsystems of nfnetlink (NFNL_SUBSYS_*): the high byte of a message's type. */
export const SUBSYSTEMS = { conntrack: 1, nftables: 10, compat: 11 } as const

/** The type of a message: the subsystem in the high byte, its operation in the low one. */
export function messageNumber(subsystem: keyof typeof SUBSYSTEMS, operation: number): number {
  return (SUBSYSTEMS[subsystem] << 8) | operation
}
