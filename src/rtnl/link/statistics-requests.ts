import {
  acknowledged,
  answered,
  asObject,
  bitsValue,
  type DumpRequest,
  dumped,
  type Request,
} from '../../netlink/index.ts'
import { RTM_GETSTATS, RTM_SETSTATS } from './messages.ts'
import { type LinkStatistics, STATISTICS, statisticsMessage, statisticsSetting } from './statistics.ts'

type Group = keyof typeof STATISTICS

/** Asks for groups of counters of all links. Links that count nothing of the kind are left out, or say nothing. Throws EncodeError. */
export function listStatistics(...groups: readonly Group[]): DumpRequest<LinkStatistics> {
  return dumped(
    {
      operation: `list ${wordsOf(groups)} of links`,
      type: RTM_GETSTATS,
      codec: statisticsMessage,
      value: { filterMask: groups },
    },
    statisticsMessage,
  )
}

/** Asks for groups of counters of one link. Throws EncodeError. */
export function getStatistics(index: number, ...groups: readonly Group[]): Request<LinkStatistics> {
  return answered(
    {
      operation: `get ${wordsOf(groups)} of link ${index}`,
      type: RTM_GETSTATS,
      codec: statisticsMessage,
      value: { index, filterMask: groups },
    },
    statisticsMessage,
  )
}

/** Says whether a link's hardware is to count what it forwards by itself. Fails with EOPNOTSUPP where it cannot. */
export function setStatistics(index: number, settings: { readonly l3Stats: boolean }): Request<void> {
  const { l3Stats } = asObject(settings)
  return acknowledged({
    operation: `set statistics of link ${index}`,
    type: RTM_SETSTATS,
    codec: statisticsSetting,
    value: { index, l3Stats },
  })
}

function wordsOf(groups: readonly Group[]): string {
  bitsValue(STATISTICS, groups)
  return groups.join(', ')
}
