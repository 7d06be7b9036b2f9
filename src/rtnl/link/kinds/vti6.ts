import { attributes, ipv6 } from '../../../netlink/index.ts'
import { vti } from './vti.ts'

/** A tunnel for IPsec over IPv6. */
export const vti6 = attributes({ ...vti.declaration, local: [4, ipv6], remote: [5, ipv6] })
