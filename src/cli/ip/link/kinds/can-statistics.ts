import type { Printer } from '../../../print/index.ts'

/** struct can_device_stats: six counters. */
const NAMES = ['bus_error', 'error_warning', 'error_passive', 'bus_off', 'arbitration_lost', 'restarts'] as const
const SIZE = 4 * NAMES.length

const SHOWN = ['restarts', 'bus_error', 'arbitration_lost', 'error_warning', 'error_passive', 'bus_off'] as const

/** What a CAN controller counts of errors. */
export function showCanStatistics(bytes: Uint8Array, printer: Printer): void {
  if (bytes.length !== SIZE) return
  const view = new DataView(bytes.buffer, bytes.byteOffset, SIZE)
  printer.newLine()
  printer.text('\t  re-started bus-errors arbit-lost error-warn error-pass bus-off')
  printer.newLine()
  printer.text('\t ')
  for (const name of SHOWN) printer.field(name, view.getUint32(4 * NAMES.indexOf(name), true), ' %-10')
}
