import {
  attributes,
  bits,
  bool8,
  bytes,
  type Infer,
  list,
  message,
  NESTED,
  padding,
  struct,
  u32,
  u64,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { bridgeStatistics } from './bridge-statistics.ts'
import { counters64 } from './counters.ts'

/** Which groups of counters a request asks for (IFLA_STATS_FILTER_BIT). */
export const STATISTICS = {
  'link-64': 0x1,
  'link-xstats': 0x2,
  'link-xstats-slave': 0x4,
  'link-offload-xstats': 0x8,
  'af-spec': 0x10,
} as const

/** struct rtnl_hw_stats64. */
const hardwareCounters = struct({
  rxPackets: u64,
  txPackets: u64,
  rxBytes: u64,
  txBytes: u64,
  rxErrors: u64,
  txErrors: u64,
  rxDropped: u64,
  txDropped: u64,
  multicast: u64,
})

/** LINK_XSTATS_TYPE_*: what a kind of link counts beyond the ordinary. */
const kindStatistics = attributes({ bridge: [1, bridgeStatistics], bond: [2, bytes] })

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
    afSpec: [5, bytes],
  }),
)

export type LinkStatistics = Infer<typeof statisticsMessage>
