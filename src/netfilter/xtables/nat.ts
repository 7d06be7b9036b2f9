import { bits, ipv4, padding, struct, u16be, u32 } from '../../netlink/index.ts'

/** NF_NAT_RANGE_*: which parts of a range count, and how a port is chosen from it. */
const RANGE_FLAGS = {
  addresses: 1,
  ports: 2,
  random: 4,
  persistent: 8,
  'random-fully': 16,
  offset: 32,
} as const
const flags = bits(u32, RANGE_FLAGS)

/**
 * struct nf_nat_ipv4_multi_range_compat: MASQUERADE, SNAT, REDIRECT and DNAT, revision 0. `ranges` must be 1; the addresses and
 * ports, in network byte order, are both ends of the range.
 */
export const natRange = struct({
  ranges: u32,
  flags,
  minAddress: ipv4,
  maxAddress: ipv4,
  minPort: u16be,
  maxPort: u16be,
  pad: padding(4),
})

/** struct nf_nat_range2 of IPv4: DNAT, revision 2. With `offset`, ports are mapped from `basePort` on. */
export const natRange2 = struct({
  flags,
  minAddress: ipv4,
  restOfMin: padding(12),
  maxAddress: ipv4,
  restOfMax: padding(12),
  minPort: u16be,
  maxPort: u16be,
  basePort: u16be,
  pad: padding(6),
})
