import {
  type AttributeDeclaration,
  attributes,
  bool8,
  enumeration,
  flag,
  ipv4,
  u8,
  u16,
  u16be,
  u32,
  u32be,
} from '../../../netlink/index.ts'
import { encapFlags, encapType, greFlags, ip6TunnelFlags } from './tunnel.ts'

/** What GRE over IPv4 and over IPv6 share (IFLA_GRE_*, include/uapi/linux/if_tunnel.h). */
export const greAttributes = {
  link: [1, u32],
  iflags: [2, greFlags],
  oflags: [3, greFlags],
  ikey: [4, u32be],
  okey: [5, u32be],
  ttl: [8, u8],
  tos: [9, u8],
  pmtudisc: [10, bool8],
  encapLimit: [11, u8],
  flowinfo: [12, u32be],
  flags: [13, ip6TunnelFlags],
  encapType: [14, encapType],
  encapFlags: [15, encapFlags],
  encapSport: [16, u16be],
  encapDport: [17, u16be],
  collectMetadata: [18, flag],
  ignoreDf: [19, bool8],
  fwmark: [20, u32],
  erspanIndex: [21, u32],
  erspanVer: [22, u8],
  erspanDir: [23, enumeration(u8, { ingress: 0, egress: 1 })],
  erspanHwid: [24, u16],
} as const satisfies AttributeDeclaration

/** GRE over IPv4 carrying IP, RFC 2784; gretap carries Ethernet, erspan mirrored Ethernet. `ttl` 0 inherits. */
export const gre = attributes({ ...greAttributes, local: [6, ipv4], remote: [7, ipv4] })
