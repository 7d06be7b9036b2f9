import { attributes, bool8, enumeration, u8, u32 } from '../../../netlink/index.ts'

/** A link whose other end is a process (IFLA_TUN_*). The kernel says it; one is made through /dev/net/tun. */
export const tun = attributes({
  owner: [1, u32],
  group: [2, u32],
  type: [3, enumeration(u8, { tun: 1, tap: 2 })],
  pi: [4, bool8],
  vnetHdr: [5, bool8],
  persist: [6, bool8],
  multiQueue: [7, bool8],
  numQueues: [8, u32],
  numDisabledQueues: [9, u32],
})
