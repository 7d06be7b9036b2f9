import { attributes, flag, u16, u16be } from '../../../netlink/index.ts'

/** Layer-3 packets straight in UDP (IFLA_BAREUDP_*). */
export const bareudp = attributes({
  port: [1, u16be],
  ethertype: [2, u16be],
  srcportMin: [3, u16],
  multiprotoMode: [4, flag],
})
