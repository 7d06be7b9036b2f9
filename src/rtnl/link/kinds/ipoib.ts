import { attributes, enumeration, u16 } from '../../../netlink/index.ts'

/** IP over InfiniBand, a partition of another link (IFLA_IPOIB_*). */
export const ipoib = attributes({
  pkey: [1, u16],
  mode: [2, enumeration(u16, { datagram: 0, connected: 1 })],
  umcast: [3, u16],
})
