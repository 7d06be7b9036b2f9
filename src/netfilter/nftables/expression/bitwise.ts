import { attributes, enumeration, NESTED, u32be } from '../../../netlink/index.ts'
import { data } from '../data.ts'

/** NFT_BITWISE_*. */
export const BITWISE_OPERATORS = { 'mask-xor': 0, lshift: 1, rshift: 2, and: 3, or: 4, xor: 5 } as const

/** dreg = (sreg & mask) ^ xor, or a shift by `data`. */
export const bitwise = attributes({
  sreg: [1, u32be],
  dreg: [2, u32be],
  length: [3, u32be],
  mask: [4, data, NESTED],
  xor: [5, data, NESTED],
  operator: [6, enumeration(u32be, BITWISE_OPERATORS)],
  data: [7, data, NESTED],
  sreg2: [8, u32be],
})
