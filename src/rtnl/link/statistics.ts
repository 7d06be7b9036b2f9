import {
  attributes,
  bits,
  bool8,
  bytes,
  type Infer,
  list,
  message,
  multi,
  NESTED,
  padding,
  struct,
  u32,
  u64,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { bridgeStatistics } from './bridge-statistics.ts'
import { counters64, traffic } from './counters.ts'

/** Which groups of counters a request asks for (IFLA_STATS_FILTER_BIT). */
export const STATISTICS = {
  'link-64': 0x1,
  'link-xstats': 0x2,
  'link-xstats-slave': 0x4,
  'link-offload-xstats': 0x8,
  'af-spec': 0x10,
} as const

/** struct rtnl_hw_stats64. */
const hardwareCounters = struct({ ...traffic(u64), multicast: u64 })

/** BOND_3AD_STAT_*: what LACP counts of a bond or of a link in one (include/uapi/linux/if_bonding.h). */
const lacpStatistics = attributes({
  lacpduRx: [0, u64],
  lacpduTx: [1, u64],
  lacpduUnknownRx: [2, u64],
  lacpduIllegalRx: [3, u64],
  markerRx: [4, u64],
  markerTx: [5, u64],
  markerRespRx: [6, u64],
  markerRespTx: [7, u64],
  markerUnknownRx: [8, u64],
  pad: [9, multi(bytes)],
})

const bondStatistics = attributes({ '3ad': [1, lacpStatistics] })

/** struct mpls_link_stats (include/uapi/linux/mpls.h). */
const mplsCounters = struct({ ...traffic(u64), rxNoroute: u64 })

/** What address families count of a link, by the number of the family. */
const familyStatistics = attributes({ mpls: [28, attributes({ link: [1, mplsCounters] })] })

/** LINK_XSTATS_TYPE_*: what a kind of link counts beyond the ordinary. */
const kindStatistics = attributes({ bridge: [1, bridgeStatistics], bond: [2, bondStatistics] })

/** RTM_NEWSTATS and RTM_GETSTATS: struct if_stats_msg, then IFLA_STATS_* (include/uapi/linux/if_link.h). */
export const statisticsMessage = message(
  struct({ family, pad: padding(3), index: u32, filterMask: bits(u32, STATISTICS) }),
  attributes({
    link64: [1, counters64],
    linkXstats: [2, kindStatistics],
    /** As a port of such a link. */
    linkXstatsSlave: [3, kindStatistics],
    linkOffloadXstats: [
      4,
      attributes({
        cpuHit: [1, counters64],
        /** By the group that it is about, of which there is one: l3-stats, 3. */
        hwSInfo: [2, list(attributes({ request: [1, bool8], used: [2, bool8] }), { first: 3, flags: NESTED }), NESTED],
        l3Stats: [3, hardwareCounters],
      }),
    ],
    afSpec: [5, familyStatistics],
  }),
)

/** RTM_SETSTATS: struct if_stats_msg, then IFLA_STATS_SET_*: what hardware is asked to count. */
export const statisticsSetting = message(
  struct({ family, pad: padding(3), index: u32, filterMask: bits(u32, STATISTICS) }),
  attributes({ getFilters: [1, bytes], l3Stats: [2, bool8] }),
)

export type LinkStatistics = Infer<typeof statisticsMessage>
