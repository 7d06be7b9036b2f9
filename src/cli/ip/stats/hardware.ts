import type { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { humanNumber } from '../link/human-number.ts'

type Offload = NonNullable<link.LinkStatistics['linkOffloadXstats']>
type Settings = NonNullable<Offload['hwSInfo']>[number]
type Count = number | bigint

/** Whether hardware is asked to count, and whether it does. */
export function printSettings(settings: Settings | undefined, printer: Printer): void {
  const { request, used } = settings ?? {}
  if (request !== undefined) printer.field('request', request, ' %', { as: request ? 'on' : 'off' })
  if (used !== undefined) printer.field('used', used, ' used %', { as: used ? 'on' : 'off' })
}

export function printHardwareInfo([l3]: NonNullable<Offload['hwSInfo']>, printer: Printer): void {
  printer.newLine()
  printer.object('info', () => {
    if (l3 === undefined) return
    printer.text('    l3_stats')
    printer.object('l3_stats', () => printSettings(l3, printer))
  })
}

const COLUMNS = ['bytes', 'packets', 'errors', 'dropped', 'mcast'] as const
const LEAST = [9, 7, 6, 7, 7]

/** What hardware has counted, received and sent. */
export function printHardwareCounters(c: NonNullable<Offload['l3Stats']>, { printer, options }: Session): void {
  const rx: readonly Count[] = [c.rxBytes, c.rxPackets, c.rxErrors, c.rxDropped, c.multicast]
  const tx: readonly Count[] = [c.txBytes, c.txPackets, c.txErrors, c.txDropped]
  if (printer.json) {
    const names = ['bytes', 'packets', 'errors', 'dropped', 'multicast'] as const
    for (const [way, counts] of [
      ['rx', rx],
      ['tx', tx],
    ] as const) {
      printer.object(way, () => {
        for (const [i, count] of counts.entries()) printer.data(names[i]!, count)
      })
    }
    return
  }
  const widths = LEAST.map((least, i) => Math.max(least, String(rx[i]).length, String(tx[i] ?? 0).length))
  const show = (count: Count) => (options.human ? humanNumber(count, options.iec) : String(count))
  for (const [way, counts] of [
    ['RX', rx],
    ['TX', tx],
  ] as const) {
    const titles = counts.map((_, i) => COLUMNS[i]!.padStart(i === 0 ? widths[0]! - 4 : widths[i]!))
    printer.text(`    ${way}: ${titles.join(' ')}`)
    printer.newLine()
    printer.text(`    ${counts.map((count, i) => `${show(count).padStart(widths[i]!)} `).join('')}`)
    if (way === 'RX') printer.newLine()
  }
}
