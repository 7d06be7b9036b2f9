import { attributes } from '../../../netlink/index.ts'

/** A WireGuard link, wg(8). Keys and peers are set by generic netlink, not here. */
export const wireguard = attributes({})
