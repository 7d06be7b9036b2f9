import { attributes, ipv6 } from '../../../netlink/index.ts'
import { tunnelAttributes } from './ipip.ts'
import { ip6TunnelFlags } from './tunnel.ts'

/** IPv4 or IPv6 inside IPv6, RFC 2473. `ttl` is the hop limit. */
export const ip6tnl = attributes({
  ...tunnelAttributes,
  local: [2, ipv6],
  remote: [3, ipv6],
  flags: [8, ip6TunnelFlags],
})
