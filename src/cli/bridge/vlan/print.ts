import type { link } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'

export const PORT_WIDTH = 16
const VLAN_WIDTH = 9

type AfSpec = NonNullable<link.Link['afSpec']>
type VlanInfo = NonNullable<AfSpec['vlanInfo']>[number]
type Flags = VlanInfo['flags']

/** The members of a port: its name stands before the first of them, and as much space before the others. */
export function printOfPort<T>(
  items: readonly T[],
  index: number,
  session: Session,
  print: (item: T) => void,
  array = 'vlans',
): void {
  if (items.length === 0) return
  const { printer, devices } = session
  printer.object(undefined, () => {
    printer.field('ifname', devices.name(index), `%-${PORT_WIDTH}  `, { colour: 'ifname' })
    printer.array(array, () => {
      for (const [i, item] of items.entries()) {
        if (i > 0) printer.text(' '.repeat(PORT_WIDTH + 2))
        printer.object(undefined, () => print(item))
      }
    })
  })
}

/** A number, or from one to another; in JSON the last has the same name with "End" after it. Returns the width in text. */
export function printRange(name: string, first: number, last: number, printer: Printer): number {
  printer.field(name, first, '%')
  if (first === last) return String(first).length
  printer.field(`${name}End`, last, '-%')
  return `${first}-${last}`.length
}

export function printVlanFlags(flags: Flags, printer: Printer): void {
  if (flags.length === 0) return
  printer.array('flags', () => {
    if (flags.includes('pvid')) printer.item('PVID', ' %')
    if (flags.includes('untagged')) printer.item('Egress Untagged', ' %')
  })
}

interface Ranged<T> {
  readonly item: T
  /** The first of the range that the item ends; undefined where it was not said. */
  readonly first: T | undefined
}

/** The VLANs to be shown: those of a range once, at its end. With one VLAN asked for, those before it are passed over. */
function shown<T extends { readonly vid?: number; readonly flags?: Flags }>(
  list: readonly T[],
  wanted: number,
): Ranged<T>[] {
  const found: Ranged<T>[] = []
  let first: T | undefined
  for (const item of list) {
    const { vid, flags = [] } = item
    if (vid === undefined) continue
    const ends = flags.includes('range-end')
    if (!ends) first = item
    if (wanted !== 0 && vid > wanted && !ends) break
    if (!flags.includes('range-begin') && vid >= wanted) found.push({ item, first })
  }
  return found
}

/** The VLANs of a port as its link says them. */
export function printVlans({ index, afSpec }: link.Link, vlan: number, session: Session): void {
  const { printer } = session
  printOfPort(shown(afSpec?.vlanInfo ?? [], vlan), index, session, ({ item, first }) => {
    printRange('vlan', first?.vid ?? 0, item.vid, printer)
    printVlanFlags(item.flags, printer)
    printer.newLine()
  })
}

/** The tunnels that a port's VLANs are in. */
export function printTunnels({ index, afSpec }: link.Link, vlan: number, session: Session): void {
  const { printer } = session
  printOfPort(
    shown(afSpec?.vlanTunnelInfo ?? [], vlan),
    index,
    session,
    ({ item, first }) => {
      const width = printRange('vlan', first?.vid ?? 0, item.vid!, printer)
      printer.text(' '.repeat(Math.max(0, VLAN_WIDTH - width) + 2))
      printRange('tunid', first?.id ?? 0, item.id ?? 0, printer)
      printer.newLine()
    },
    'tunnels',
  )
}
