import type { link } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { printMplsTable } from '../link/family-statistics.ts'
import { printCounters } from '../link/statistics.ts'
import { printLacp } from '../link/xstats/bond.ts'
import { printMulticast, printSpanningTree } from '../link/xstats/bridge.ts'
import { printHardwareCounters, printHardwareInfo, printSettings } from './hardware.ts'

type Statistics = link.LinkStatistics

/** One thing that is counted: where it stands among the others, what to ask for, and its text. */
export interface Suite {
  /** Group, subgroup and suite, as far as there are. */
  readonly path: readonly string[]
  readonly group: keyof typeof link.STATISTICS
  show(statistics: Statistics, session: Session): void
}

/** The counters of a kind, of the link itself or of it as a port. */
function ofKind(group: 'xstats' | 'xstats_slave', path: readonly string[], show: ShowKind): Suite {
  const slave = group === 'xstats_slave'
  return {
    path: [group, ...path],
    group: slave ? 'link-xstats-slave' : 'link-xstats',
    show: (statistics, session) => show((slave ? statistics.linkXstatsSlave : statistics.linkXstats) ?? {}, session),
  }
}
type ShowKind = (counters: NonNullable<Statistics['linkXstats']>, session: Session) => void

const lacp: ShowKind = ({ bond }, { printer }) => {
  if (bond?.['3ad'] === undefined) return
  printer.newLine()
  printLacp(bond['3ad'], printer)
}
const multicast: ShowKind = ({ bridge }, { printer }) => {
  if (bridge?.mcast === undefined) return
  printer.newLine()
  printMulticast(bridge.mcast, printer)
}
const spanningTree: ShowKind = ({ bridge }, { printer }) => {
  if (bridge?.stp === undefined) return
  printer.newLine()
  printSpanningTree(bridge.stp, printer)
}

/** In the order in which they are shown, whichever are asked for. */
export const SUITES: readonly Suite[] = [
  {
    path: ['afstats', 'mpls'],
    group: 'af-spec',
    show({ afSpec }, session) {
      const counters = afSpec?.mpls?.link
      if (counters === undefined) return
      session.printer.newLine()
      session.printer.object('mpls_stats', () => printMplsTable(counters, session, '    '))
    },
  },
  {
    path: ['link'],
    group: 'link-64',
    show({ link64 }, session) {
      session.printer.newLine()
      if (link64 !== undefined) printCounters('stats64', link64, session)
    },
  },
  {
    path: ['offload', 'l3_stats'],
    group: 'link-offload-xstats',
    show({ linkOffloadXstats: { hwSInfo, l3Stats } = {} }, session) {
      if (hwSInfo === undefined) return
      session.printer.object('info', () => printSettings(hwSInfo[0], session.printer))
      if (l3Stats === undefined) return
      session.printer.newLine()
      session.printer.object('stats64', () => printHardwareCounters(l3Stats, session))
    },
  },
  {
    path: ['offload', 'hw_stats_info'],
    group: 'link-offload-xstats',
    show({ linkOffloadXstats: { hwSInfo } = {} }, { printer }) {
      if (hwSInfo !== undefined) printHardwareInfo(hwSInfo, printer)
    },
  },
  {
    path: ['offload', 'cpu_hit'],
    group: 'link-offload-xstats',
    show({ linkOffloadXstats: { cpuHit } = {} }, session) {
      session.printer.newLine()
      if (cpuHit !== undefined) printCounters('stats64', cpuHit, session)
    },
  },
  ofKind('xstats_slave', ['bond', '802.3ad'], lacp),
  ofKind('xstats', ['bond', '802.3ad'], lacp),
  ofKind('xstats_slave', ['bridge', 'mcast'], multicast),
  ofKind('xstats_slave', ['bridge', 'stp'], spanningTree),
  ofKind('xstats', ['bridge', 'mcast'], multicast),
  ofKind('xstats', ['bridge', 'stp'], spanningTree),
]
