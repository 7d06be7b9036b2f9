import { attributes, enumeration, NESTED, u32be } from '../../../netlink/index.ts'
import { data } from '../data.ts'

/** Goes on with the rule where `sreg` lies between `from` and `to`, both included (`eq`), or does not (`neq`). */
export const range = attributes({
  sreg: [1, u32be],
  operator: [2, enumeration(u32be, { eq: 0, neq: 1 })],
  from: [3, data, NESTED],
  to: [4, data, NESTED],
})
