import { attributes, bits, bytes, enumeration, multi, u32be, u64be } from '../../../netlink/index.ts'

/** Goes on with the rule for `rate` packets or bytes in `unit` seconds, and `burst` at once. */
export const limit = attributes({
  rate: [1, u64be],
  unit: [2, u64be],
  burst: [3, u32be],
  type: [4, enumeration(u32be, { packets: 0, bytes: 1 })],
  flags: [5, bits(u32be, { invert: 1 })],
  pad: [6, multi(bytes)],
})

/** Goes on with the rule while there are no more than `count` connections. */
export const connlimit = attributes({
  count: [1, u32be],
  flags: [2, bits(u32be, { invert: 1 })],
})

/** Goes on with the rule until `bytes` have come by. */
export const quota = attributes({
  bytes: [1, u64be],
  flags: [2, bits(u32be, { invert: 1, depleted: 2 })],
  pad: [3, multi(bytes)],
  consumed: [4, u64be],
})
