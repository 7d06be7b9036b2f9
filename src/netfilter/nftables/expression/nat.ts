import { attributes, bits, enumeration, u32be } from '../../../netlink/index.ts'
import { FAMILIES } from '../../family.ts'

/** NF_NAT_RANGE_*. */
export const NAT_FLAGS = {
  'map-ips': 0x1,
  'proto-specified': 0x2,
  'proto-random': 0x4,
  persistent: 0x8,
  'proto-random-fully': 0x10,
  'proto-offset': 0x20,
  netmap: 0x40,
} as const

/** Rewrites the source or the destination: registers hold the addresses and, in network byte order, the ports. */
export const nat = attributes({
  type: [1, enumeration(u32be, { snat: 0, dnat: 1 })],
  family: [2, enumeration(u32be, FAMILIES)],
  addressMin: [3, u32be],
  addressMax: [4, u32be],
  portMin: [5, u32be],
  portMax: [6, u32be],
  flags: [7, bits(u32be, NAT_FLAGS)],
})

/** Rewrites the source to an address of the link that the packet leaves by. */
export const masq = attributes({
  flags: [1, bits(u32be, NAT_FLAGS)],
  portMin: [2, u32be],
  portMax: [3, u32be],
})

/** Rewrites the destination to the machine itself. */
export const redir = attributes({
  portMin: [1, u32be],
  portMax: [2, u32be],
  flags: [3, bits(u32be, NAT_FLAGS)],
})
