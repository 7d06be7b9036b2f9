import type { Printer } from '../../../print/index.ts'
import { INDENT, type KindStatistics, type Statistics } from './kind.ts'

type Lacp = NonNullable<NonNullable<Statistics['bond']>['3ad']>
type Key = Exclude<keyof Lacp, 'pad' | 'unknown'>

const ROWS: readonly (readonly [Key, name: string, title: string])[] = [
  ['lacpduRx', 'lacpdu_rx', 'LACPDU Rx'],
  ['lacpduTx', 'lacpdu_tx', 'LACPDU Tx'],
  ['lacpduUnknownRx', 'lacpdu_unknown_rx', 'LACPDU Unknown type Rx'],
  ['lacpduIllegalRx', 'lacpdu_illegal_rx', 'LACPDU Illegal Rx'],
  ['markerRx', 'marker_rx', 'Marker Rx'],
  ['markerTx', 'marker_tx', 'Marker Tx'],
  ['markerRespRx', 'marker_response_rx', 'Marker response Rx'],
  ['markerRespTx', 'marker_response_tx', 'Marker response Tx'],
  ['markerUnknownRx', 'marker_unknown_rx', 'Marker unknown type Rx'],
]

/** What LACP counts. */
export function printLacp(counters: Lacp, printer: Printer): void {
  printer.object('802.3ad', () => {
    for (const [key, name, title] of ROWS) {
      const count = counters[key]
      if (count === undefined) continue
      printer.text(INDENT)
      printer.field(name, count, `${title} %\n`)
    }
  })
}

export const bondStatistics: KindStatistics = {
  words: '802.3ad',
  parts: { lacp: '3ad', '802.3ad': '3ad' },
  print({ bond }, _part, name, printer) {
    if (bond === undefined) return
    printer.object(undefined, () => {
      printer.field('ifname', name, '%-16\n')
      if (bond['3ad'] !== undefined) printLacp(bond['3ad'], printer)
    })
  },
}
