import { attributes, bytes, multi, u64be } from '../../../netlink/index.ts'

/** Counts what comes by. The kernel says how much; a request may say where to begin. */
export const counter = attributes({
  bytes: [1, u64be],
  packets: [2, u64be],
  pad: [3, multi(bytes)],
})
