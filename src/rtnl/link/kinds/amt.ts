import { attributes, enumeration, ipv4, u16be, u32 } from '../../../netlink/index.ts'

/** Multicast through a tunnel, RFC 7450 (IFLA_AMT_*). `link` is the index of the link below. */
export const amt = attributes({
  mode: [1, enumeration(u32, { gateway: 0, relay: 1 })],
  relayPort: [2, u16be],
  gatewayPort: [3, u16be],
  link: [4, u32],
  localIp: [5, ipv4],
  remoteIp: [6, ipv4],
  discoveryIp: [7, ipv4],
  maxTunnels: [8, u32],
})
