import { attributes, u32 } from '../../../netlink/index.ts'

/** A routing domain with a table of its own (IFLA_VRF_*). */
export const vrf = attributes({ table: [1, u32] })

/** A link in such a domain (IFLA_VRF_PORT_*). */
export const vrfPort = attributes({ table: [1, u32] })
