import {
  attributes,
  bits,
  bytes,
  type Infer,
  ipv4,
  ipv6,
  message,
  multi,
  NESTED,
  padding,
  struct,
  u8,
  u32,
  u64,
} from '../../../netlink/index.ts'
import { family } from '../../family.ts'

const statistics = attributes({
  rxBytes: [1, u64],
  rxPkts: [2, u64],
  rxDrops: [3, u64],
  rxErrors: [4, u64],
  txBytes: [5, u64],
  txPkts: [6, u64],
  txDrops: [7, u64],
  txErrors: [8, u64],
  pad: [9, multi(bytes)],
})

/** VXLAN_VNIFILTER_ENTRY_*: the network `start`, or those from there to `end`, and where what is for nobody in particular goes. */
const vniEntry = attributes({
  start: [1, u32],
  end: [2, u32],
  group: [3, ipv4],
  group6: [4, ipv6],
  stats: [5, statistics, NESTED],
})

/** RTM_NEWTUNNEL, RTM_DELTUNNEL and RTM_GETTUNNEL: struct tunnel_msg and VXLAN_VNIFILTER_*. */
export const vniMessage = message(
  struct({ family, flags: bits(u8, { stats: 1 }), reserved: padding(2), ifindex: u32 }),
  attributes({ entry: [1, multi(vniEntry), NESTED] }),
)

/** The networks that the vxlan device with index `ifindex`, which has `vnifilter`, takes. */
export type Vnis = Infer<typeof vniMessage>
export type Vni = Infer<typeof vniEntry>
