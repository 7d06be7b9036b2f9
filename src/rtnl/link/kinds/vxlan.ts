import {
  attributes,
  bool8,
  enumeration,
  flag,
  flagOrByte,
  ipv4,
  ipv6,
  struct,
  u8,
  u16be,
  u32,
  u32be,
} from '../../../netlink/index.ts'
import { tunnelDf } from './tunnel.ts'

/**
 * VXLAN, RFC 7348 (IFLA_VXLAN_*, include/uapi/linux/if_link.h). `group` and `group6` are the multicast group or the remote
 * address, `link` the index of the link below, `ageing` seconds.
 */
export const vxlan = attributes({
  id: [1, u32],
  group: [2, ipv4],
  link: [3, u32],
  local: [4, ipv4],
  ttl: [5, u8],
  tos: [6, u8],
  learning: [7, bool8],
  ageing: [8, u32],
  limit: [9, u32],
  /** Source ports. */
  portRange: [10, struct({ low: u16be, high: u16be })],
  proxy: [11, bool8],
  rsc: [12, bool8],
  l2miss: [13, bool8],
  l3miss: [14, bool8],
  /** Destination port. */
  port: [15, u16be],
  group6: [16, ipv6],
  local6: [17, ipv6],
  udpCsum: [18, bool8],
  udpZeroCsum6Tx: [19, bool8],
  udpZeroCsum6Rx: [20, bool8],
  remcsumTx: [21, bool8],
  remcsumRx: [22, bool8],
  gbp: [23, flag],
  remcsumNopartial: [24, flag],
  collectMetadata: [25, bool8],
  label: [26, u32be],
  gpe: [27, flag],
  /** Taken as a flag, said as a byte: `false` is only ever said. */
  ttlInherit: [28, flagOrByte],
  df: [29, tunnelDf],
  vnifilter: [30, bool8],
  localbypass: [31, bool8],
  labelPolicy: [32, enumeration(u32, { fixed: 0, inherit: 1 })],
  reservedBits: [33, struct({ flags: u32be, vni: u32be })],
  mcRoute: [34, bool8],
})
