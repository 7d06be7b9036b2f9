import type { tcpMetrics } from '../../../netlink/index.ts'
import { general, type Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'

type TcpMetrics = tcpMetrics.TcpMetrics

/** What TCP remembers of a host, as `ip tcp_metrics` describes it. */
export function printTcpMetrics(item: TcpMetrics, { printer, hostText }: Session): void {
  const { dst4, dst6, src4, src6, age } = item
  printer.field('dst', hostText(dst4 ?? dst6 ?? ''), '%', { colour: dst4 === undefined ? 'inet6' : 'inet' })
  if (age !== undefined) {
    const seconds = Number(age) / 1000
    printer.field('age', general(seconds), ' age %sec', { as: seconds.toFixed(3) })
  }
  if (item.twTsStamp !== undefined) {
    printer.field('tw_ts_stamp', `${item.twTsval ?? 0}/${item.twTsStamp}`, ' tw_ts % ago')
  }
  if (item.vals !== undefined) printValues(item.vals, printer)
  printFastOpen(item, printer)
  const source = src4 ?? src6
  if (source !== undefined) printer.field('source', hostText(source), ' source %')
  printer.endRecord()
}

function printValues(values: NonNullable<TcpMetrics['vals']>, printer: Printer): void {
  for (const name of ['ssthresh', 'cwnd', 'reordering'] as const) {
    const value = values[name]
    if (value !== undefined) printer.field(name, value, ` ${name} %`)
  }
  const { rtt = 0, rttvar = 0, rttUs, rttvarUs } = values
  printTime('rtt', Math.floor(rttUs === undefined ? (rtt * 1000) / 8 : rttUs / 8), printer)
  printTime('rttvar', Math.floor(rttvarUs === undefined ? (rttvar * 1000) / 4 : rttvarUs / 4), printer)
}

/** Seconds in JSON, microseconds in text; nothing where it is not known. */
function printTime(name: string, microseconds: number, printer: Printer): void {
  if (microseconds > 0) printer.field(name, general(microseconds / 1e6), ` ${name} %us`, { as: String(microseconds) })
}

function printFastOpen(item: TcpMetrics, printer: Printer): void {
  if (item.fopenMss !== undefined) printer.field('fopen_miss', item.fopenMss, ' fo_mss %')
  if (item.fopenSynDrops !== undefined) {
    const since = Number(item.fopenSynDropTs ?? 0) / 1e6
    printer.field('fopen_syn_drops', item.fopenSynDrops, ' fo_syn_drops %')
    printer.field('fopen_syn_drop_ts', general(since), '/%usec ago', { as: since.toFixed(3) })
  }
  if (item.fopenCookie !== undefined) {
    const cookie = Buffer.from(item.fopenCookie.subarray(0, 16)).toString('hex')
    printer.field('fo_cookie', cookie, ' fo_cookie %')
  }
}
