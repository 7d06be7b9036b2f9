import { attributes, bits, enumeration, u16 } from '../../../netlink/index.ts'

/** A link that shares another's Ethernet address; ipvtap is the same with a character device (IFLA_IPVLAN_*). */
export const ipvlan = attributes({
  mode: [1, enumeration(u16, { l2: 0, l3: 1, l3s: 2 })],
  flags: [2, bits(u16, { private: 1, vepa: 2 })],
})
