import type { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'

/** The counters of a tunnel, as `ip -s tunnel` names them. */
export function printTunnelStatistics({ stats64 }: link.Link, printer: Printer): void {
  if (stats64 === undefined || printer.json) return
  const columns = (widths: readonly number[], ...values: readonly (number | bigint)[]) => {
    return `    ${values.map((value, i) => String(value).padEnd(widths[i]!)).join(' ')}`
  }
  const s = stats64
  printer.newLine()
  printer.text('RX: Packets    Bytes        Errors CsumErrs OutOfSeq Mcasts')
  printer.newLine()
  const received = [s.rxPackets, s.rxBytes, s.rxErrors, s.rxFrameErrors, s.rxFifoErrors, s.multicast]
  printer.text(columns([10, 12, 6, 8, 8, 8], ...received))
  printer.newLine()
  printer.text('TX: Packets    Bytes        Errors DeadLoop NoRoute  NoBufs')
  printer.newLine()
  const sent = [s.txPackets, s.txBytes, s.txErrors, s.collisions, s.txCarrierErrors, s.txDropped]
  printer.text(columns([10, 12, 6, 8, 8, 6], ...sent))
}
