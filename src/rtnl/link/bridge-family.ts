import { attributes, bits, bytes, enumeration, multi, NESTED, struct, u8, u16, u32 } from '../../netlink/index.ts'
import { PORT_STATES } from './kinds/bridge-port.ts'

/** BRIDGE_VLAN_INFO_* (include/uapi/linux/if_bridge.h). A range is two entries, its begin and its end. */
export const BRIDGE_VLAN_FLAGS = {
  master: 0x1,
  pvid: 0x2,
  untagged: 0x4,
  'range-begin': 0x8,
  'range-end': 0x10,
  brentry: 0x20,
  'only-opts': 0x40,
} as const

const vlanFlags = bits(u16, BRIDGE_VLAN_FLAGS)

/** IFLA_BRIDGE_*: the afSpec of a message of family `bridge`, which bridge(8) speaks. MRP and CFM stay as bytes. */
export const bridgeFamily = attributes({
  flags: [0, bits(u16, { master: 1, self: 2 })],
  mode: [1, enumeration(u16, { veb: 0, vepa: 1, undefined: 0xffff })],
  vlanInfo: [2, multi(struct({ flags: vlanFlags, vid: u16 }))],
  vlanTunnelInfo: [3, multi(attributes({ id: [1, u32], vid: [2, u16], flags: [3, vlanFlags] }))],
  mrp: [4, bytes],
  cfm: [5, bytes],
  mst: [
    6,
    attributes({ entry: [1, multi(attributes({ msti: [1, u16], state: [2, enumeration(u8, PORT_STATES)] }))] }),
    NESTED,
  ],
})
