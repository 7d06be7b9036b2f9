import { attributes, bool8, enumeration, ipv4, ipv6, u8, u32 } from '../../../netlink/index.ts'

/** A GTP-U tunnel of mobile networks (IFLA_GTP_*). Its contexts are set by generic netlink, not here. */
export const gtp = attributes({
  fd0: [1, u32],
  fd1: [2, u32],
  pdpHashsize: [3, u32],
  role: [4, enumeration(u32, { ggsn: 0, sgsn: 1 })],
  /** The kernel opens the sockets, instead of being given them as `fd0` and `fd1`. */
  createSockets: [5, bool8],
  restartCount: [6, u8],
  local: [7, ipv4],
  local6: [8, ipv6],
})
