import { attributes, NESTED, u32be } from '../../../netlink/index.ts'
import { data } from '../data.ts'

/** Puts `data` into `dreg`; a verdict goes into register 0. */
export const immediate = attributes({
  dreg: [1, u32be],
  data: [2, data, NESTED],
})
