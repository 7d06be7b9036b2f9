import { attributes, ipv6 } from '../../../netlink/index.ts'
import { greAttributes } from './gre.ts'

/** GRE over IPv6; ip6gretap carries Ethernet, ip6erspan mirrored Ethernet. `ttl` is the hop limit. */
export const ip6gre = attributes({ ...greAttributes, local: [6, ipv6], remote: [7, ipv6] })
