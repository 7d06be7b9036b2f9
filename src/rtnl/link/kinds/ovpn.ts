import { attributes, enumeration, u8 } from '../../../netlink/index.ts'

/** An OpenVPN link (IFLA_OVPN_*): point to point, or to many peers. Peers are set by generic netlink, not here. */
export const ovpn = attributes({ mode: [1, enumeration(u8, { p2p: 0, mp: 1 })] })
