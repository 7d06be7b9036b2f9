import type { link } from '../../../../rtnl/index.ts'
import type { Printer } from '../../../print/index.ts'
import { INDENT, type KindStatistics } from './kind.ts'

type Counters = NonNullable<NonNullable<link.LinkStatistics['linkXstats']>['bridge']>
type Multicast = NonNullable<Counters['mcast']>
type SpanningTree = NonNullable<Counters['stp']>
type Count = number | bigint
type Both = readonly Count[]

/** A group of versions, received and sent: `RX: v1 0 v2 0` and `TX: v1 0 v2 0`. */
function versions(printer: Printer, name: string, title: string, counts: readonly Both[]): void {
  printer.object(name, () => {
    printer.text(`${INDENT}${title}:\n`)
    for (const [way, direction] of ['rx', 'tx'].entries()) {
      printer.text(`${INDENT}  ${direction.toUpperCase()}: `)
      for (const [i, both] of counts.entries()) {
        const end = i === counts.length - 1 ? '\n' : ' '
        printer.field(`${direction}_v${i + 1}`, both[way] ?? 0, `v${i + 1} %${end}`)
      }
    }
  })
}

function leaves(printer: Printer, name: string, title: string, [received = 0, sent = 0]: Both): void {
  printer.object(name, () => {
    printer.text(`${INDENT}${title}: `)
    printer.field('rx', received, 'RX: % ')
    printer.field('tx', sent, 'TX: %\n')
  })
}

function errors(printer: Printer, name: string, title: string, count: Count): void {
  printer.text(`${INDENT}${title}: `)
  printer.field(name, count, '%\n')
}

/** What a bridge counts of group membership. */
export function printMulticast(counters: Multicast, printer: Printer): void {
  printer.object('multicast', () => {
    const { igmpV1Queries, igmpV2Queries, igmpV3Queries, igmpV1Reports, igmpV2Reports, igmpV3Reports } = counters
    versions(printer, 'igmp_queries', 'IGMP queries', [igmpV1Queries, igmpV2Queries, igmpV3Queries])
    versions(printer, 'igmp_reports', 'IGMP reports', [igmpV1Reports, igmpV2Reports, igmpV3Reports])
    leaves(printer, 'igmp_leaves', 'IGMP leaves', counters.igmpLeaves)
    errors(printer, 'igmp_parse_errors', 'IGMP parse errors', counters.igmpParseErrors)
    versions(printer, 'mld_queries', 'MLD queries', [counters.mldV1Queries, counters.mldV2Queries])
    versions(printer, 'mld_reports', 'MLD reports', [counters.mldV1Reports, counters.mldV2Reports])
    leaves(printer, 'mld_leaves', 'MLD leaves', counters.mldLeaves)
    errors(printer, 'mld_parse_errors', 'MLD parse errors', counters.mldParseErrors)
  })
}

/** What it counts of the spanning tree. */
export function printSpanningTree(counters: SpanningTree, printer: Printer): void {
  printer.object('stp', () => {
    printer.text(`${INDENT}STP BPDU:  `)
    printer.field('rx_bpdu', counters.rxBpdu, 'RX: % ')
    printer.field('tx_bpdu', counters.txBpdu, 'TX: %\n')
    printer.text(`${INDENT}STP TCN:   `)
    printer.field('rx_tcn', counters.rxTcn, 'RX: % ')
    printer.field('tx_tcn', counters.txTcn, 'TX: %\n')
    printer.text(`${INDENT}STP Transitions: `)
    printer.field('transition_blk', counters.transitionBlk, 'Blocked: % ')
    printer.field('transition_fwd', counters.transitionFwd, 'Forwarding: %\n')
  })
}

const PARTS: Readonly<Record<string, keyof Counters>> = { igmp: 'mcast', mcast: 'mcast', stp: 'stp' }

export const bridgeStatistics: KindStatistics = {
  words: 'igmp',
  parts: PARTS,
  print({ bridge }, part, name, printer) {
    if (bridge === undefined) return
    printer.object(undefined, () => {
      printer.field('ifname', name, '%-16\n')
      if (bridge.mcast !== undefined && part !== 'stp') printMulticast(bridge.mcast, printer)
      if (bridge.stp !== undefined && part !== 'mcast') printSpanningTree(bridge.stp, printer)
    })
  },
}
