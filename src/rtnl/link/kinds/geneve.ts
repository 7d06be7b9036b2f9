import { attributes, bool8, flag, ipv4, ipv6, struct, u8, u16be, u32, u32be } from '../../../netlink/index.ts'
import { tunnelDf } from './tunnel.ts'

/** Geneve, RFC 8926 (IFLA_GENEVE_*). */
export const geneve = attributes({
  id: [1, u32],
  remote: [2, ipv4],
  ttl: [3, u8],
  tos: [4, u8],
  port: [5, u16be],
  collectMetadata: [6, flag],
  remote6: [7, ipv6],
  udpCsum: [8, bool8],
  udpZeroCsum6Tx: [9, bool8],
  udpZeroCsum6Rx: [10, bool8],
  label: [11, u32be],
  ttlInherit: [12, bool8],
  df: [13, tunnelDf],
  innerProtoInherit: [14, flag],
  /** Source ports. */
  portRange: [15, struct({ low: u16be, high: u16be })],
})
