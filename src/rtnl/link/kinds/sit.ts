import { attributes, bits, ipv4, ipv6, u16 } from '../../../netlink/index.ts'
import { tunnelAttributes } from './ipip.ts'

/** IPv6 inside IPv4, RFC 4213, with ISATAP and 6rd (RFC 5969). */
export const sit = attributes({
  ...tunnelAttributes,
  local: [2, ipv4],
  remote: [3, ipv4],
  /** Host byte order, though the kernel calls it __be16 (include/uapi/linux/if_tunnel.h, SIT_ISATAP). */
  flags: [8, bits(u16, { isatap: 1 })],
  '6rdPrefix': [11, ipv6],
  '6rdRelayPrefix': [12, ipv4],
  '6rdPrefixlen': [13, u16],
  '6rdRelayPrefixlen': [14, u16],
})
