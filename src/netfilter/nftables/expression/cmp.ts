import { attributes, enumeration, NESTED, u32be } from '../../../netlink/index.ts'
import { data } from '../data.ts'

/** NFT_CMP_*. */
export const CMP_OPERATORS = { eq: 0, neq: 1, lt: 2, lte: 3, gt: 4, gte: 5 } as const

/** Goes on with the rule where `sreg` compares so with `data`: as many bytes as that has, in the order of the network. */
export const cmp = attributes({
  sreg: [1, u32be],
  operator: [2, enumeration(u32be, CMP_OPERATORS)],
  data: [3, data, NESTED],
})
