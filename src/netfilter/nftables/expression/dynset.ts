import { attributes, bits, bytes, cstring, enumeration, multi, u32be, u64be } from '../../../netlink/index.ts'

/** Adds `sregKey` to a set while packets come by, or changes it there. `timeout` is in milliseconds. */
export const dynset = attributes({
  setName: [1, cstring],
  setId: [2, u32be],
  operator: [3, enumeration(u32be, { add: 0, update: 1, delete: 2 })],
  sregKey: [4, u32be],
  sregData: [5, u32be],
  timeout: [6, u64be],
  /** An expression of the element, as it stands on the wire. */
  expression: [7, bytes],
  pad: [8, multi(bytes)],
  flags: [9, bits(u32be, { invert: 1, expressions: 2 })],
  expressions: [10, bytes],
})
