import { attributes, enumeration, lladdr, u8, u16, u32 } from '../../../netlink/index.ts'

/** A redundant ring, IEC 62439-3 (IFLA_HSR_*). `slave1` and `slave2` are indexes of links. */
export const hsr = attributes({
  slave1: [1, u32],
  slave2: [2, u32],
  multicastSpec: [3, u8],
  supervisionAddr: [4, lladdr],
  seqNr: [5, u16],
  version: [6, u8],
  protocol: [7, enumeration(u8, { hsr: 0, prp: 1 })],
  interlink: [8, u32],
})
