import { bits, enumeration, u8, u16, u16be, u32 } from '../../../netlink/index.ts'

/** TUNNEL_ENCAP_* (include/uapi/linux/if_tunnel.h): UDP around the tunnel's own header, see ip-link(8) on `encap`. */
export const encapType = enumeration(u16, { none: 0, fou: 1, gue: 2, mpls: 3 })
export const encapFlags = bits(u16, { csum: 1, csum6: 2, remcsum: 4 })

/** GRE_* (include/uapi/linux/if_tunnel.h), in network byte order. */
export const greFlags = bits(u16be, { csum: 0x8000, routing: 0x4000, key: 0x2000, seq: 0x1000, strict: 0x0800 })

/** IP6_TNL_F_* (include/uapi/linux/ip6_tunnel.h); those named cap are what the kernel found the addresses fit for. */
export const ip6TunnelFlags = bits(u32, {
  'ign-encap-limit': 0x1,
  'use-orig-tclass': 0x2,
  'use-orig-flowlabel': 0x4,
  mip6: 0x8,
  'rcv-dscp-copy': 0x10,
  'use-orig-fwmark': 0x20,
  'allow-local-remote': 0x40,
  'cap-xmit': 0x10000,
  'cap-rcv': 0x20000,
  'cap-per-packet': 0x40000,
})

/** What becomes of the outer header's "don't fragment" bit. */
export const tunnelDf = enumeration(u8, { unset: 0, set: 1, inherit: 2 })
