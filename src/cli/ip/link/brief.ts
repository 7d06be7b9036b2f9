import type { link } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { printFlags } from './flags.ts'
import { hardwareAddressText } from './hardware.ts'
import { printName } from './name.ts'
import { printState } from './state.ts'

/** A link in one line of columns. `alone` where no addresses follow: then its own address and flags do. */
export function printBrief(item: link.Link, session: Session, alone: boolean): void {
  const { printer } = session
  const belowDown = printName(item, '%-16 ', session)
  printState(item, printer, true)
  if (!alone) return
  if (item.address !== undefined) {
    printer.field('address', hardwareAddressText(item.address, item.type), '% ', { colour: 'mac' })
  }
  printFlags(item, printer, belowDown)
  printer.endRecord()
}
