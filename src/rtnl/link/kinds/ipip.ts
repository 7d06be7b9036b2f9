import {
  type AttributeDeclaration,
  attributes,
  bool8,
  flag,
  ipv4,
  ipv6,
  u8,
  u16,
  u16be,
  u32,
  u32be,
} from '../../../netlink/index.ts'
import { encapFlags, encapType } from './tunnel.ts'

/** What ipip, sit and ip6tnl share (IFLA_IPTUN_*, include/uapi/linux/if_tunnel.h). */
export const tunnelAttributes = {
  link: [1, u32],
  ttl: [4, u8],
  tos: [5, u8],
  encapLimit: [6, u8],
  flowinfo: [7, u32be],
  /** IPPROTO_*: 4 carries IPv4, 41 IPv6, 137 MPLS, 0 any. */
  proto: [9, u8],
  pmtudisc: [10, bool8],
  encapType: [15, encapType],
  encapFlags: [16, encapFlags],
  encapSport: [17, u16be],
  encapDport: [18, u16be],
  collectMetadata: [19, flag],
  fwmark: [20, u32],
} as const satisfies AttributeDeclaration

/** IPv4 or MPLS inside IPv4, RFC 2003. The members named 6rd mean something only to sit, which has the same numbers. */
export const ipip = attributes({
  ...tunnelAttributes,
  local: [2, ipv4],
  remote: [3, ipv4],
  flags: [8, u16be],
  '6rdPrefix': [11, ipv6],
  '6rdRelayPrefix': [12, ipv4],
  '6rdPrefixlen': [13, u16],
  '6rdRelayPrefixlen': [14, u16],
})
