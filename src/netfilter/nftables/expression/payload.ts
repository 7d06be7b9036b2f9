import { attributes, enumeration, u32be } from '../../../netlink/index.ts'

/** NFT_PAYLOAD_*: where `offset` counts from. */
export const PAYLOAD_BASES = { link: 0, network: 1, transport: 2, inner: 3, tunnel: 4 } as const

/** Loads `length` bytes of the packet into `dreg`, or overwrites them from `sreg`. */
export const payload = attributes({
  dreg: [1, u32be],
  base: [2, enumeration(u32be, PAYLOAD_BASES)],
  offset: [3, u32be],
  length: [4, u32be],
  sreg: [5, u32be],
  checksumType: [6, enumeration(u32be, { none: 0, inet: 1, sctp: 2 })],
  checksumOffset: [7, u32be],
  checksumFlags: [8, u32be],
})
