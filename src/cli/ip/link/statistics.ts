import { link as links } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { humanNumber } from './human-number.ts'

type Link = links.Link
type Count = number | bigint
type Counters = Readonly<Record<keyof NonNullable<Link['stats64']>, Count>>

/** The widths of the columns with nothing in them; that of the first is without the four columns of indentation. */
const WIDTHS = [10, 7, 6, 7, 7, 7, 10, 9]

/** The counters of a link, from whichever attribute has them. */
function countersOf({
  stats64,
  stats,
  protinfo,
}: Link): { readonly name: string; readonly counters: Counters } | undefined {
  if (stats64 !== undefined) return { name: 'stats64', counters: stats64 }
  if (stats !== undefined) return { name: 'stats', counters: { ...stats, rxOtherhostDropped: 0 } }
  const inet6 = protinfo?.stats
  if (inet6 === undefined) return undefined
  const of = (name: (typeof links.INET6_COUNTERS)[number]) => inet6[links.INET6_COUNTERS.indexOf(name)] ?? 0
  return {
    name: 'stats64',
    counters: {
      ...NONE,
      rxPackets: of('inpkts'),
      rxBytes: of('inoctets'),
      txPackets: of('outpkts'),
      txBytes: of('outoctets'),
      rxErrors: of('indiscards'),
      txErrors: of('outdiscards'),
      multicast: of('inmcastpkts'),
      rxFrameErrors: of('csumerrors'),
    },
  }
}

const NONE: Counters = {
  rxPackets: 0,
  txPackets: 0,
  rxBytes: 0,
  txBytes: 0,
  rxErrors: 0,
  txErrors: 0,
  rxDropped: 0,
  txDropped: 0,
  multicast: 0,
  collisions: 0,
  rxLengthErrors: 0,
  rxOverErrors: 0,
  rxCrcErrors: 0,
  rxFrameErrors: 0,
  rxFifoErrors: 0,
  rxMissedErrors: 0,
  txAbortedErrors: 0,
  txCarrierErrors: 0,
  txFifoErrors: 0,
  txHeartbeatErrors: 0,
  txWindowErrors: 0,
  rxCompressed: 0,
  txCompressed: 0,
  rxNohandler: 0,
  rxOtherhostDropped: 0,
}

/** The counters of a link; twice `-s` shows the errors by kind. */
export function printLinkStatistics(link: Link, session: Session): void {
  const found = countersOf(link)
  if (found === undefined) return
  printCounters(found.name, found.counters, session, link.carrierChanges)
}

/** Counters by themselves, wherever they come from. */
export function printCounters(
  name: string,
  counters: Partial<Counters>,
  session: Session,
  carrierChanges?: number,
): void {
  const all = { ...NONE, ...counters }
  if (session.printer.json) printObject(name, all, carrierChanges, session)
  else printTable(all, carrierChanges, session)
}

function printObject(name: string, c: Counters, carrierChanges: number | undefined, session: Session): void {
  const { printer, options } = session
  const all = options.stats > 1
  const put = (rows: Readonly<Record<string, Count>>) => {
    for (const [key, value] of Object.entries(rows)) printer.data(key, value)
  }
  const putIf = (key: string, value: Count | undefined) => {
    if (value) printer.data(key, value)
  }
  printer.object(name, () => {
    printer.object('rx', () => {
      put({ bytes: c.rxBytes, packets: c.rxPackets, errors: c.rxErrors, dropped: c.rxDropped })
      put({ over_errors: c.rxOverErrors, multicast: c.multicast })
      putIf('compressed', c.rxCompressed)
      if (!all) return
      put({ length_errors: c.rxLengthErrors, crc_errors: c.rxCrcErrors, frame_errors: c.rxFrameErrors })
      put({ fifo_errors: c.rxFifoErrors, missed_errors: c.rxMissedErrors })
      putIf('nohandler', c.rxNohandler)
      putIf('otherhost', c.rxOtherhostDropped)
    })
    printer.object('tx', () => {
      put({ bytes: c.txBytes, packets: c.txPackets, errors: c.txErrors, dropped: c.txDropped })
      put({ carrier_errors: c.txCarrierErrors, collisions: c.collisions })
      putIf('compressed', c.txCompressed)
      if (!all) return
      put({ aborted_errors: c.txAbortedErrors, fifo_errors: c.txFifoErrors, window_errors: c.txWindowErrors })
      put({ heartbeat_errors: c.txHeartbeatErrors })
      if (carrierChanges !== undefined) printer.data('carrier_changes', carrierChanges)
    })
  })
}

type Cell = readonly [header: string, value: Count]

function printTable(c: Counters, carrierChanges: number | undefined, session: Session): void {
  const { options, printer } = session
  const all = options.stats > 1
  const rx: Cell[] = [
    ['bytes', c.rxBytes],
    ['packets', c.rxPackets],
    ['errors', c.rxErrors],
    ['dropped', c.rxDropped],
    ['missed', c.rxMissedErrors],
    ['mcast', c.multicast],
    ['compressed', c.rxCompressed],
  ]
  const rxErrors: Cell[] = [
    ['length', c.rxLengthErrors],
    ['crc', c.rxCrcErrors],
    ['frame', c.rxFrameErrors],
    ['fifo', c.rxFifoErrors],
    ['overrun', c.rxOverErrors],
    ['nohandler', c.rxNohandler],
    ['otherhost', c.rxOtherhostDropped],
  ]
  const tx: Cell[] = [
    ['bytes', c.txBytes],
    ['packets', c.txPackets],
    ['errors', c.txErrors],
    ['dropped', c.txDropped],
    ['carrier', c.txCarrierErrors],
    ['collsns', c.collisions],
    ['compressed', c.txCompressed],
  ]
  const txErrors: Cell[] = [
    ['aborted', c.txAbortedErrors],
    ['fifo', c.txFifoErrors],
    ['window', c.txWindowErrors],
    ['heartbt', c.txHeartbeatErrors],
    [carrierChanges === undefined ? '' : 'transns', carrierChanges ?? 0],
  ]
  const widths = [...WIDTHS]
  if (!options.human) {
    widen(widths, rx, 0)
    widen(widths, tx, 0)
    if (all) {
      widen(widths, rxErrors, 1)
      // The columns that iproute2 widens for these are each one to the right of where it shows them.
      widen(widths, txErrors, 2)
    }
  }
  const show = (value: Count, width: number) => {
    return `${(options.human ? humanNumber(value, options.iec) : String(value)).padStart(width)} `
  }
  const traffic = (title: string, cells: readonly Cell[]) => {
    const [, compressed] = cells[6]!
    const headers = cells.map(([header], i) =>
      (i === 6 && !compressed ? '' : header).padStart(widths[i]! - (i ? 0 : 4)),
    )
    printer.text(`    ${title}: ${headers.join(' ')}`)
    printer.newLine()
    const shown = compressed ? cells : cells.slice(0, 6)
    printer.text(`    ${shown.map(([, value], i) => show(value, widths[i]!)).join('')}`)
  }
  const errors = (title: string, cells: readonly Cell[]) => {
    printer.newLine()
    // The two last of the received ones are there only when they count something.
    const shown = cells.filter(([, value], i) => i < 5 || value)
    const place = (i: number) => widths[i + 1]!
    const headers = cells.map(([header, value], i) => (i < 5 || value ? ` ${header.padStart(place(i))}` : ''))
    printer.text(`    ${title} errors:${' '.repeat(widths[0]! - 10)}${headers.join('')}`)
    printer.newLine()
    const values = shown.map((cell) => (cell[0] === '' ? '' : show(cell[1], place(cells.indexOf(cell)))))
    printer.text(`${' '.repeat(widths[0]! + 5)}${values.join('')}`)
  }
  traffic('RX', rx)
  if (all) errors('RX', rxErrors)
  printer.newLine()
  traffic('TX', tx)
  if (all) errors('TX', txErrors)
}

function widen(widths: number[], cells: readonly Cell[], from: number): void {
  for (const [i, [, value]] of cells.entries()) {
    widths[from + i] = Math.max(widths[from + i] ?? 0, String(value).length)
  }
}
