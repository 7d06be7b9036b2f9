import { route } from '../../../rtnl/index.ts'
import { general } from '../../print/index.ts'
import type { Session } from '../../session.ts'

type Route = route.Route

const USER_HZ = 100

/** A multicast route, as `ip mroute` describes it. `tableKnown` where all are of one table, which is then not shown. */
export function printMulticastRoute(item: Route, session: Session, tableKnown: boolean): void {
  const { printer, devices, names, options } = session
  const src = item.src?.split('/')[0] ?? 'unknown'
  const dst = item.dst === 'default' ? 'unknown' : item.dst.split('/')[0]!
  printer.text(`${`(${src},${dst})`.padEnd(32)} Iif: `)
  printer.data('src', src)
  printer.data('dst', dst)
  if (item.iif) printer.field('iif', devices.name(item.iif), '%-10 ', { colour: 'ifname' })
  else printer.field('iif', 'unresolved', '% ')
  if (item.multipath !== undefined) printOutputs(item.multipath, session)
  printer.field('state', item.flags.includes('unresolved') ? 'unresolved' : 'resolved', ' State: %')
  if (item.flags.includes('offload')) printer.field('offload', null, ' offload')
  if (options.stats > 0) printUse(item, session)
  if (item.table !== 0 && (item.table !== route.TABLES.main || options.details > 0) && !tableKnown) {
    printer.field('table', names.table.name(item.table), ' Table: %')
  }
  printer.endRecord()
}

function printOutputs(outputs: NonNullable<Route['multipath']>, { printer, devices }: Session): void {
  printer.array('multipath', () => {
    for (const [i, { oif, weight }] of outputs.entries()) {
      printer.object(undefined, () => {
        if (i === 0) printer.text('Oifs: ')
        printer.field('oif', devices.name(oif), '%', { colour: 'ifname' })
        // What is a next hop's share elsewhere is the least time to live here, one less on the wire in either case.
        if (weight > 2) printer.field('ttl', weight - 1, '(ttl %) ')
        else printer.text(' ')
      })
    }
  })
}

function printUse({ mfcStats, expires }: Route, { printer }: Session): void {
  if (mfcStats !== undefined) {
    printer.newLine()
    printer.field('packets', mfcStats.packets, '  % packets,')
    printer.field('bytes', mfcStats.bytes, ' % bytes')
    if (BigInt(mfcStats.wrongIf) !== 0n) printer.field('wrong_if', mfcStats.wrongIf, ', % arrived on wrong iif.')
  }
  if (expires !== undefined) {
    const age = Number(expires) / USER_HZ
    printer.field('expires', general(age), ', Age %', { as: age.toFixed(2) })
  }
}
