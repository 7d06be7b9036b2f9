import { attributes, bits, enumeration, lladdr, u8, u16, u32 } from '../../../netlink/index.ts'

/** State of a port in IEEE 802.3ad: what LACP says of itself. */
const LACP_STATE = {
  active: 0x1,
  short_timeout: 0x2,
  aggregating: 0x4,
  in_sync: 0x8,
  collecting: 0x10,
  distributing: 0x20,
  defaulted: 0x40,
  expired: 0x80,
} as const
const churn = enumeration(u8, { monitor: 0, churned: 1, none: 2 })

/** A link in a bond (IFLA_BOND_SLAVE_*). */
export const bondSlave = attributes({
  state: [1, enumeration(u8, { active: 0, backup: 1 })],
  miiStatus: [2, enumeration(u8, { up: 0, going_down: 1, down: 2, going_back: 3 })],
  linkFailureCount: [3, u32],
  permHwaddr: [4, lladdr],
  queueId: [5, u16],
  adAggregatorId: [6, u16],
  adActorOperPortState: [7, bits(u8, LACP_STATE)],
  adPartnerOperPortState: [8, bits(u16, LACP_STATE)],
  prio: [9, u32],
  actorPortPrio: [10, u16],
  adChurnActorState: [11, churn],
  adChurnPartnerState: [12, churn],
})
