import { attributes, bits, cstring, u32be } from '../../../netlink/index.ts'

/** Looks `sreg` up in a set; of a map, `dreg` is then what it maps to. `setId` names a set that the same batch makes. */
export const lookup = attributes({
  set: [1, cstring],
  sreg: [2, u32be],
  dreg: [3, u32be],
  setId: [4, u32be],
  flags: [5, bits(u32be, { invert: 1 })],
})
