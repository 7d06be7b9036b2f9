import type { addressLabel } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { familyColour } from '../address/print.ts'

/** A label of a prefix, as `ip addrlabel` describes it. */
export function printAddressLabel(item: addressLabel.AddressLabel, { printer, devices, hostText }: Session): void {
  if (item.address !== undefined) {
    const [address = '', length = ''] = item.address.split('/')
    printer.text('prefix ')
    printer.field('address', hostText(address), '%', { colour: familyColour(item.family) })
    printer.field('prefixlen', Number(length), '/% ')
  }
  if (item.index !== 0) {
    printer.text('dev ')
    printer.field('ifname', devices.name(item.index), '% ', { colour: 'ifname' })
  }
  if (item.label !== undefined) printer.field('label', item.label, 'label % ')
  printer.endRecord()
}
