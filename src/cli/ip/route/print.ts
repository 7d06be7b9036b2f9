import { ORIGINATORS, route } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { familyColour, scopeNumber } from '../address/print.ts'
import { printEncap } from '../encap/index.ts'
import { nexthopNamed } from '../nexthop/cache.ts'
import { printNexthopFields } from '../nexthop/print.ts'
import { printCache, printCacheInfo } from './cache.ts'
import { printDevice, printGateway, printRouteFlags } from './fields.ts'
import { isWhole, type RouteFilter } from './filter.ts'
import { printMetrics } from './metrics.ts'
import { routeTypeText } from './values.ts'

type Route = route.Route
type Hop = NonNullable<Route['multipath']>[number]

/** What is the same for all routes shown, and is left out. */
export type RouteView = Partial<RouteFilter>

/** A route, as `ip route` describes it. */
export function printRoute(item: Route, session: Session, view: RouteView): void {
  const { printer, options, names, devices } = session
  const details = options.details > 0
  const colour = familyColour(item.family)
  const cloned = item.flags.includes('cloned')
  if (item.type !== 'unicast' || details) printer.field('type', routeTypeText(item.type, options.numeric), '% ')
  printer.field('dst', prefixText(item.dst, item, session), '% ', {
    colour: item.dst === 'default' ? undefined : colour,
  })
  if (item.src !== undefined) printer.field('from', prefixText(item.src, item, session), 'from % ', { colour })
  if (item.nhId !== undefined) printer.field('nhid', item.nhId, 'nhid % ')
  if (item.newdst !== undefined) printNewDestination(item.newdst, item, session)
  printEncap(item, session)
  if (item.tos !== 0 && view.tos === undefined) printer.field('tos', names.dsfield.name(item.tos), 'tos % ')
  printGateway(isWhole(view.via, item) ? { ...item, via: undefined } : item, item.family, session)
  if (item.oif !== undefined && view.oif === undefined) printDevice('dev', devices.name(item.oif), printer)
  if (item.table !== 0 && (item.table !== route.TABLES.main || details) && !view.table) {
    printer.field('table', names.table.name(item.table), 'table % ')
  }
  if (!cloned) printOrigin(item, session, view)
  if (item.prefsrc !== undefined && !isWhole(view.prefsrc, item)) {
    printer.text('src ')
    printer.field('prefsrc', item.prefsrc, '% ', { colour })
  }
  if (item.metric !== undefined && view.metric === undefined) printer.field('metric', item.metric, 'metric % ')
  printRouteFlags(item.flags, printer)
  if (item.mark) printer.field('mark', item.mark, 'mark % ', { as: markText(item.mark) })
  if (item.flow !== undefined && view.realm?.mask !== 0xffffffff) printRealms(item.flow, session)
  if (item.uid !== undefined) printer.field('uid', item.uid, 'uid % ')
  if (item.family === 'inet' && cloned) printCache(item.flags, printer)
  if (item.cacheinfo !== undefined) printCacheInfo(item.cacheinfo, session)
  if (item.metrics !== undefined) printMetrics(item.metrics, printer)
  if (item.iif !== undefined && view.iif === undefined) printDevice('iif', devices.name(item.iif), printer)
  if (item.pref !== undefined) printPreference(item.pref, printer)
  if (item.ttlPropagate !== undefined) {
    const on = item.ttlPropagate !== 0
    printer.field('ttl-propogate', on, 'ttl-propogate %', { as: on ? 'enabled' : 'disabled' })
  }
  if (item.nhId !== undefined && details) printNexthopInfo(item.nhId, session)
  if (item.multipath !== undefined) printHops(item, item.multipath, session)
  printer.endRecord()
}

/** The next hop that a route refers to, where it is still there. */
function printNexthopInfo(id: number, session: Session): void {
  const found = nexthopNamed(session, id)
  if (found === undefined) return
  session.printer.text('\n\tnh_info ')
  session.printer.object('nh_info', () => printNexthopFields(found, session))
}

/** A prefix that is a whole address goes without its length. */
function prefixText(prefix: string, { family }: Route, { hostText }: Session): string {
  const address = prefix.replace(family === 'inet6' ? /\/128$/ : family === 'inet' ? /\/32$/ : /\/20$/, '')
  return address === prefix ? prefix : hostText(address)
}

function printNewDestination(newdst: string, { family }: Route, { printer, hostText }: Session): void {
  printer.text('as to ')
  printer.field('to', hostText(newdst), '% ', { colour: familyColour(family) })
}

function printOrigin(item: Route, { printer, names, options }: Session, view: RouteView): void {
  const details = options.details > 0
  const protocol = typeof item.protocol === 'number' ? item.protocol : ORIGINATORS[item.protocol]
  if ((protocol !== ORIGINATORS.boot || details) && view.protocol === undefined) {
    printer.field('protocol', names.protocol.name(protocol), 'proto % ')
  }
  const scope = scopeNumber(item.scope)
  if ((scope !== 0 || details) && view.scope === undefined) printer.field('scope', names.scope.name(scope), 'scope % ')
}

function markText(mark: number): string {
  return mark >= 16 ? `0x${mark.toString(16)}` : String(mark)
}

function printRealms(flow: number, { printer, names }: Session): void {
  const [from, to] = [flow >>> 16, names.realm.name(flow & 0xffff)]
  printer.text(from === 0 ? `realm ${to} ` : `realms ${names.realm.name(from)}/${to} `)
  if (!printer.json) return
  printer.object('flow', () => {
    if (from !== 0) printer.data('from', names.realm.name(from))
    printer.data('to', to)
  })
}

function printPreference(pref: NonNullable<Route['pref']>, printer: Printer): void {
  if (typeof pref === 'number') printer.field('pref', pref, '%')
  else if (pref === 'invalid') printer.field('pref', route.ROUTER_PREFERENCES.invalid, '%')
  else printer.field('pref', pref, 'pref %')
}

function printHops(item: Route, hops: readonly Hop[], session: Session): void {
  const { printer } = session
  const multicast = item.flags.includes('cloned') && item.type === 'multicast'
  printer.array('nexthops', () => {
    for (const [i, hop] of hops.entries()) {
      printer.object(undefined, () => {
        if (multicast) printer.text(i === 0 ? 'Oifs: ' : ' ')
        else {
          printer.newLine()
          printer.text('\tnexthop ')
        }
        printHop(hop, item, session, multicast)
      })
    }
  })
}

function printHop(hop: Hop, item: Route, session: Session, multicast: boolean): void {
  const { printer, devices } = session
  printEncap(hop, session)
  if (hop.newdst !== undefined) printNewDestination(hop.newdst, item, session)
  printGateway(hop, item.family, session)
  if (hop.flow !== undefined) printRealms(hop.flow, session)
  const device = devices.name(hop.oif)
  if (multicast) {
    printer.field('dev', device, '%')
    if (hop.weight !== 2) printer.field('ttl', hop.weight - 1, '(ttl>%)')
    printer.text(' ')
  } else {
    printer.field('dev', device, 'dev % ')
    if (item.family !== 'mpls') printer.field('weight', hop.weight, 'weight % ')
  }
  printRouteFlags(hop.flags, printer)
}
