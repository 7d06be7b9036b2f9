import {
  attributes,
  bits,
  bool8,
  bytes,
  enumeration,
  type Infer,
  type InferInput,
  message,
  multi,
  NESTED,
  padding,
  struct,
  u8,
  u16,
  u32,
  u64,
} from '../../../netlink/index.ts'
import { family } from '../../family.ts'
import { BRIDGE_VLAN_FLAGS, multicastRouter, PORT_STATES, querierState } from '../../link/index.ts'
import { routerPorts } from '../router-ports.ts'

/** struct br_vlan_msg. */
const vlanHeader = struct({ family, reserved: padding(3), ifindex: u32 })

/** BRIDGE_VLANDB_ENTRY_*: a VLAN, or with `range` those up to that one, of a port. */
const vlanEntry = attributes({
  info: [1, struct({ flags: bits(u16, BRIDGE_VLAN_FLAGS), vid: u16 })],
  range: [2, u16],
  state: [3, enumeration(u8, PORT_STATES)],
  tunnelInfo: [4, attributes({ id: [1, u32], cmd: [2, u32] }), NESTED],
  stats: [
    5,
    attributes({
      rxBytes: [1, u64],
      rxPackets: [2, u64],
      txBytes: [3, u64],
      txPackets: [4, u64],
      pad: [5, multi(bytes)],
    }),
    NESTED,
  ],
  mcastRouter: [6, multicastRouter],
  mcastNGroups: [7, u32],
  mcastMaxGroups: [8, u32],
  neighSuppress: [9, bool8],
})

/** BRIDGE_VLANDB_GOPTS_*: what holds for a VLAN, or with `range` those up to that one, on a whole bridge. Times in hundredths of a second. */
const vlanOptions = attributes({
  id: [1, u16],
  range: [2, u16],
  mcastSnooping: [3, u8],
  mcastIgmpVersion: [4, u8],
  mcastMldVersion: [5, u8],
  mcastLastMemberCnt: [6, u32],
  mcastStartupQueryCnt: [7, u32],
  mcastLastMemberIntvl: [8, u64],
  pad: [9, multi(bytes)],
  mcastMembershipIntvl: [10, u64],
  mcastQuerierIntvl: [11, u64],
  mcastQueryIntvl: [12, u64],
  mcastQueryResponseIntvl: [13, u64],
  mcastStartupQueryIntvl: [14, u64],
  mcastQuerier: [15, u8],
  mcastRouterPorts: [16, attributes({ router: [2, routerPorts] }), NESTED],
  mcastQuerierState: [17, querierState, NESTED],
  msti: [18, u16],
})

/** RTM_NEWVLAN and RTM_DELVLAN: BRIDGE_VLANDB_*. */
export const vlanMessage = message(
  vlanHeader,
  attributes({
    entry: [1, multi(vlanEntry), NESTED],
    globalOptions: [2, multi(vlanOptions), NESTED],
  }),
)

/** RTM_GETVLAN: BRIDGE_VLANDB_DUMP_*. */
export const vlanDumpMessage = message(vlanHeader, attributes({ flags: [1, bits(u32, { stats: 1, global: 2 })] }))

/** VLANs of the port, or the bridge, with index `ifindex`: its own (`entry`), or what holds on the whole bridge. */
export type BridgeVlans = Infer<typeof vlanMessage>
/** A VLAN of a port with its options. */
export type BridgeVlan = Infer<typeof vlanEntry>
/** Options of a VLAN on a whole bridge. */
export type BridgeVlanOptions = Infer<typeof vlanOptions>
export type BridgeVlanInput = InferInput<typeof vlanEntry>
export type BridgeVlanOptionsInput = InferInput<typeof vlanOptions>
