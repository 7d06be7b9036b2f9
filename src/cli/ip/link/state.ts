import type { link } from '../../../rtnl/index.ts'
import type { Colour, Printer } from '../../print/index.ts'

const COLOURS: Readonly<Record<string, Colour>> = { up: 'up', down: 'down' }

/** `state UP `; `column` for the column of brief output. */
export function printState({ operstate }: link.Link, printer: Printer, column = false): void {
  if (operstate === undefined) return
  if (typeof operstate === 'number') {
    printer.data('operstate_index', operstate)
    printer.text(`state ${operstate === 0 ? '0' : `0x${operstate.toString(16)}`}`)
    return
  }
  if (!column) printer.text('state ')
  printer.field('operstate', operstate.toUpperCase(), column ? '%-14 ' : '% ', { colour: COLOURS[operstate] })
}
