import {
  bits,
  type FixedCodec,
  fixedArray,
  type Infer,
  i32,
  ipv4,
  ipv6,
  padding,
  struct,
  u8,
  u16,
  u16be,
  u32,
  u32be,
} from '../../netlink/index.ts'
import { ip6TunnelFlags } from '../link/kinds/tunnel.ts'

const NAME_SIZE = 16

/** A link's name in IFNAMSIZ bytes, ended by a NUL. */
const name: FixedCodec<string> = {
  form: { is: 'bytes' },
  size: NAME_SIZE,
  at(bytes, offset) {
    const end = bytes.indexOf(0, offset)
    return new TextDecoder().decode(bytes.subarray(offset, Math.min(end, offset + NAME_SIZE)))
  },
  read(bytes, offset) {
    return this.at(bytes, offset)
  },
  write(writer, value) {
    const text = new TextEncoder().encode(value).subarray(0, NAME_SIZE - 1)
    writer.put(text)
    writer.zero(NAME_SIZE - text.length)
  },
}

/** GRE_* of linux/if_tunnel.h. `special` is SIT_ISATAP of a tunnel that carries IPv6, and VTI_ISVTI of the others. */
const flags = bits(u16be, { csum: 0x8000, routing: 0x4000, key: 0x2000, seq: 0x1000, strict: 0x0800, special: 0x0100 })

/** What GRE has: keys, sequence numbers and checksums, in and out. */
const gre = { iflags: flags, oflags: flags, ikey: u32be, okey: u32be }

/**
 * struct ip_tunnel_parm (linux/if_tunnel.h): a tunnel over IPv4, as its ioctls have it. The last part is the outer header. `link`
 * is the index of the link below, `protocol` what is carried (4 IPv4, 41 IPv6, 47 GRE), `fragment` 0x4000 where
 * fragments are not wanted.
 */
export const ipv4Parameters = struct({
  name,
  link: i32,
  ...gre,
  version: u8,
  tos: u8,
  length: u16be,
  id: u16be,
  fragment: u16be,
  ttl: u8,
  protocol: u8,
  checksum: u16be,
  local: ipv4,
  remote: ipv4,
})
export type Ipv4Parameters = Infer<typeof ipv4Parameters>

/** struct ip6_tnl_parm2 (linux/ip6_tunnel.h): a tunnel over IPv6. `flowinfo` is the traffic class and the flow label. */
export const ipv6Parameters = struct({
  name,
  link: i32,
  protocol: u8,
  encapLimit: u8,
  hopLimit: u8,
  pad: padding(1),
  flowinfo: u32be,
  flags: ip6TunnelFlags,
  local: ipv6,
  remote: ipv6,
  ...gre,
})
export type Ipv6Parameters = Infer<typeof ipv6Parameters>

/** struct ip_tunnel_prl: a potential router of an ISATAP link, RFC 5214. `flags` 1 is a default router. */
export const router = struct({ address: ipv4, flags: u16, pad: padding(2), size: u32, rest: padding(4) })
export type Router = Infer<typeof router>

export const ROUTERS = 16
export const routers = fixedArray(router, ROUTERS)

/** struct ip_tunnel_6rd: IPv6 rapid deployment, RFC 5969. */
export const rapidDeployment = struct({ prefix: ipv6, relayPrefix: ipv4, prefixLength: u16, relayPrefixLength: u16 })
export type RapidDeployment = Infer<typeof rapidDeployment>
