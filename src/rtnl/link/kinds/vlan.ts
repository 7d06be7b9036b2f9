import { attributes, bits, enumeration, multi, struct, u16, u16be, u32 } from '../../../netlink/index.ts'

/** EtherTypes of VLAN tags. */
export const VLAN_PROTOCOLS = { '8021q': 0x8100, '8021ad': 0x88a8 } as const

const flags = bits(u32, { 'reorder-hdr': 0x1, gvrp: 0x2, 'loose-binding': 0x4, mvrp: 0x8, 'bridge-binding': 0x10 })
const qos = attributes({ mapping: [1, multi(struct({ from: u32, to: u32 }))] })

/** A VLAN of another link (IFLA_VLAN_*). Of the flags in `flags.mask`, those in `flags.flags` are on. */
export const vlan = attributes({
  id: [1, u16],
  flags: [2, struct({ flags, mask: flags })],
  egressQos: [3, qos],
  ingressQos: [4, qos],
  protocol: [5, enumeration(u16be, VLAN_PROTOCOLS)],
})
