import {
  attributes,
  bits,
  flag,
  type Infer,
  type InferInput,
  i32,
  ip,
  lladdr,
  message,
  NESTED,
  padding,
  struct,
  u8,
  u16,
  u16be,
  u32,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { originator } from '../originator.ts'
import { routeType } from '../route/index.ts'

/** NUD_* (include/uapi/linux/neighbour.h). None of them is NUD_NONE. */
export const NEIGHBOUR_STATES = {
  incomplete: 0x01,
  reachable: 0x02,
  stale: 0x04,
  delay: 0x08,
  probe: 0x10,
  failed: 0x20,
  noarp: 0x40,
  permanent: 0x80,
} as const

/** NTF_*. */
export const NEIGHBOUR_FLAGS = {
  use: 0x01,
  self: 0x02,
  master: 0x04,
  proxy: 0x08,
  'ext-learned': 0x10,
  offloaded: 0x20,
  sticky: 0x40,
  router: 0x80,
} as const

/** NTF_EXT_*. */
export const NEIGHBOUR_EXTENDED_FLAGS = { managed: 1, locked: 2, 'ext-validated': 4 } as const

const states = bits(u16, NEIGHBOUR_STATES)
const flags = bits(u8, NEIGHBOUR_FLAGS)

/** struct ndmsg. */
export const neighbourHeader = struct({ family, pad: padding(3), index: i32, state: states, flags, type: routeType })

export const neighbourAttributes = attributes({
  dst: [1, ip],
  lladdr: [2, lladdr],
  // Hundredths of a second since then.
  cacheinfo: [3, struct({ confirmed: u32, used: u32, updated: u32, refcnt: u32 })],
  probes: [4, u32],
  vlan: [5, u16],
  // The UDP port of a vxlan device's peer: drivers/net/vxlan reads and writes it as __be16.
  port: [6, u16be],
  vni: [7, u32],
  ifindex: [8, u32],
  master: [9, u32],
  linkNetnsid: [10, i32],
  srcVni: [11, u32],
  protocol: [12, originator],
  nhId: [13, u32],
  fdbExtAttrs: [
    14,
    attributes({ activityNotify: [1, bits(u8, { notify: 1, inactive: 2 })], dontRefresh: [2, flag] }),
    NESTED,
  ],
  flagsExt: [15, bits(u32, NEIGHBOUR_EXTENDED_FLAGS)],
  stateMask: [16, states],
  flagsMask: [17, flags],
})

/** RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH. */
export const neighbourMessage = message(neighbourHeader, neighbourAttributes)

/**
 * An entry of a neighbour table (ARP, NDP), or, in family `bridge`, of a forwarding table (bridge, vxlan): there `lladdr` is whose
 * station it is, and `dst` the address of a tunnel's far end.
 */
export interface Neighbour extends Infer<typeof neighbourMessage> {}
/** What may be said about a neighbour in a request, attribute by attribute. */
export type NeighbourInput = InferInput<typeof neighbourMessage>
