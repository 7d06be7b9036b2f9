import {
  attributes,
  bits,
  bool8,
  bytes,
  enumeration,
  flag,
  ipv4,
  ipv6,
  lladdr,
  mac,
  multi,
  NESTED,
  struct,
  u8,
  u16,
  u16be,
  u32,
  u64,
} from '../../../netlink/index.ts'
import { VLAN_PROTOCOLS } from './vlan.ts'

/** struct ifla_bridge_id: the priority is two bytes, the more significant first. */
export const bridgeId = struct({ prio: u16be, addr: mac })

/** MDB_RTR_TYPE_* (include/uapi/linux/if_bridge.h): whether multicast routers are assumed behind a port. */
export const multicastRouter = enumeration(u8, { disabled: 0, 'temp-query': 1, permanent: 2, temporary: 3 })

const options = bits(u32, {
  'no-ll-learn': 0x1,
  'mcast-vlan-snooping': 0x2,
  'mst-enable': 0x4,
  'mdb-offload-fail-notification': 0x8,
  'fdb-local-vlan-0': 0x10,
})

/** BRIDGE_QUERIER_*. Timers are in hundredths of a second. */
export const querierState = attributes({
  ipAddress: [1, ipv4],
  ipPort: [2, u32],
  ipOtherTimer: [3, u64],
  pad: [4, multi(bytes)],
  ipv6Address: [5, ipv6],
  ipv6Port: [6, u32],
  ipv6OtherTimer: [7, u64],
})

/** An Ethernet bridge (IFLA_BR_*). Times, intervals and timers are in hundredths of a second (USER_HZ). */
export const bridge = attributes({
  forwardDelay: [1, u32],
  helloTime: [2, u32],
  maxAge: [3, u32],
  ageingTime: [4, u32],
  stpState: [5, enumeration(u32, { none: 0, kernel: 1, user: 2 })],
  priority: [6, u16],
  vlanFiltering: [7, bool8],
  vlanProtocol: [8, enumeration(u16be, VLAN_PROTOCOLS)],
  groupFwdMask: [9, u16],
  rootId: [10, bridgeId],
  bridgeId: [11, bridgeId],
  rootPort: [12, u16],
  rootPathCost: [13, u32],
  topologyChange: [14, bool8],
  topologyChangeDetected: [15, bool8],
  helloTimer: [16, u64],
  tcnTimer: [17, u64],
  topologyChangeTimer: [18, u64],
  gcTimer: [19, u64],
  groupAddr: [20, lladdr],
  fdbFlush: [21, flag],
  mcastRouter: [22, multicastRouter],
  mcastSnooping: [23, bool8],
  mcastQueryUseIfaddr: [24, bool8],
  mcastQuerier: [25, bool8],
  mcastHashElasticity: [26, u32],
  mcastHashMax: [27, u32],
  mcastLastMemberCnt: [28, u32],
  mcastStartupQueryCnt: [29, u32],
  mcastLastMemberIntvl: [30, u64],
  mcastMembershipIntvl: [31, u64],
  mcastQuerierIntvl: [32, u64],
  mcastQueryIntvl: [33, u64],
  mcastQueryResponseIntvl: [34, u64],
  mcastStartupQueryIntvl: [35, u64],
  nfCallIptables: [36, bool8],
  nfCallIp6tables: [37, bool8],
  nfCallArptables: [38, bool8],
  vlanDefaultPvid: [39, u16],
  pad: [40, multi(bytes)],
  vlanStatsEnabled: [41, bool8],
  mcastStatsEnabled: [42, bool8],
  mcastIgmpVersion: [43, u8],
  mcastMldVersion: [44, u8],
  vlanStatsPerPort: [45, bool8],
  /** Of the options in `optmask`, those in `optval` are on. */
  multiBoolopt: [46, struct({ optval: options, optmask: options })],
  mcastQuerierState: [47, querierState, NESTED],
  fdbNLearned: [48, u32],
  fdbMaxLearned: [49, u32],
})
