import { type nexthop, ORIGINATORS } from '../../../rtnl/index.ts'
import { general, type Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { scopeNumber } from '../address/print.ts'
import { printEncap } from '../encap/index.ts'
import { printDevice, printGateway, printRouteFlags } from '../route/fields.ts'

type Nexthop = nexthop.Nexthop

const USER_HZ = 100

/** A next hop, as `ip nexthop` describes it. */
export function printNexthop(item: Nexthop, session: Session): void {
  printNexthopFields(item, session)
  session.printer.endRecord()
}

/** The same without the end of the line, as it stands among what is said of a route. */
export function printNexthopFields(item: Nexthop, session: Session): void {
  const { printer, names, devices, options } = session
  const details = options.details > 0
  printer.field('id', item.id ?? 0, 'id % ')
  if (item.group !== undefined) printGroup(item.group, printer)
  if (item.groupType !== undefined && item.groupType !== 'mpath') {
    const type = typeof item.groupType === 'number' ? '<unknown type>' : item.groupType
    printer.field('type', type, 'type % ')
  }
  if (item.resGroup !== undefined) printResilience(item.resGroup, printer)
  printEncap(item as Parameters<typeof printEncap>[0], session)
  if (item.via !== undefined) printGateway({ via: item.via }, item.family, session)
  if (item.oif !== undefined && item.oif !== 0) printDevice('dev', devices.name(item.oif), printer)
  const scope = scopeNumber(item.scope)
  if (scope !== 0 || details) printer.field('scope', names.scope.name(scope), 'scope % ')
  if (item.blackhole) printer.field('blackhole', null, 'blackhole ')
  const protocol = typeof item.protocol === 'number' ? item.protocol : ORIGINATORS[item.protocol]
  if (protocol !== 0 || details) printer.field('protocol', names.protocol.name(protocol), 'proto % ')
  printRouteFlags(item.flags, printer)
  if (item.fdb) printer.field('fdb', null, 'fdb')
}

function printGroup(group: NonNullable<Nexthop['group']>, printer: Printer): void {
  printer.text('group ')
  printer.array('group', () => {
    for (const [i, { id, weight }] of group.entries()) {
      printer.object(undefined, () => {
        if (i > 0) printer.text('/')
        printer.field('id', id, '%')
        if (weight !== 1) printer.field('weight', weight, ',%')
      })
    }
  })
  printer.text(' ')
}

/** Hundredths of a second as seconds. */
const seconds = (time: number | bigint | undefined) => general(Number(time ?? 0) / USER_HZ)

function printResilience(group: NonNullable<Nexthop['resGroup']>, printer: Printer): void {
  printer.object('resilient_args', () => {
    printer.field('buckets', group.buckets ?? 0, 'buckets % ')
    printer.field('idle_timer', seconds(group.idleTimer), 'idle_timer % ')
    printer.field('unbalanced_timer', seconds(group.unbalancedTimer), 'unbalanced_timer % ')
    printer.field('unbalanced_time', seconds(group.unbalancedTime), 'unbalanced_time % ')
  })
}

/** A bucket of a resilient group. */
export function printBucket(item: Nexthop, { printer }: Session): void {
  if (item.id !== undefined) printer.field('id', item.id, 'id % ')
  const { resBucket } = item
  if (resBucket !== undefined) {
    printer.object('bucket', () => {
      if (resBucket.index !== undefined) printer.field('index', resBucket.index, 'index % ')
      if (resBucket.idleTime !== undefined) printer.field('idle_time', seconds(resBucket.idleTime), 'idle_time % ')
      if (resBucket.nhId !== undefined) printer.field('nhid', resBucket.nhId, 'nhid % ')
    })
  }
  printRouteFlags(item.flags, printer)
  printer.endRecord()
}
