import { link as links } from '../../../rtnl/index.ts'
import type { Printer } from '../../print/index.ts'
import type { Session } from '../../session.ts'
import { namespaceNameOf } from '../netns/ids.ts'
import { printDetails } from './details.ts'
import { printFlags } from './flags.ts'
import { hardwareAddressText, hardwareTypeText } from './hardware.ts'
import { printName } from './name.ts'
import { printState } from './state.ts'
import { printLinkStatistics } from './statistics.ts'
import { lacksVirtualFunctions, printVirtualFunctions } from './virtual-function/print.ts'
import { printXdp, printXdpPrograms } from './xdp.ts'

type Link = links.Link

export interface LinkView {
  /** Whether this is `ip link`, which says more of a link than `ip address` does. */
  readonly asLink: boolean
  /** Whether the line with the link-layer address is shown. */
  readonly hardware: boolean
  /** Whether this tells of a change, as `ip monitor` does: what happened is said, and the queue's length is not. */
  readonly news?: boolean
}

/** A link, as `ip link` and `ip address` describe it. */
export function printLink(link: Link, session: Session, { asLink, hardware, news = false }: LinkView): void {
  const { printer, devices, names, options } = session
  printer.field('ifindex', link.index, '%: ')
  const belowDown = printName(link, '%: ', session)
  printFlags(link, printer, belowDown)
  if (link.mtu !== undefined) printer.field('mtu', link.mtu, 'mtu % ')
  printXdp(link, session, asLink)
  if (link.qdisc !== undefined) printer.field('qdisc', link.qdisc, 'qdisc % ')
  if (link.master !== undefined) printer.field('master', devices.name(link.master), 'master % ')
  printState(link, printer)
  if (asLink) printMode(link, session)
  if (link.group !== undefined) printer.field('group', names.group.name(link.group), 'group % ')
  if (news) printEvent(link, printer)
  else printQueueLength(link, session)
  if (hardware || options.details > 0) printHardware(link, session)
  printOtherNamespace(link, session)
  printProtoDown(link, session)
  if (options.details > 0) printDetails(link, session, asLink)
  const full = asLink || options.details > 0
  if (full && link.alias !== undefined) {
    printer.newLine()
    printer.field('ifalias', link.alias, '    alias %')
  }
  if (full) printXdpPrograms(link, session)
  if (asLink && options.stats > 0) {
    printer.newLine()
    printLinkStatistics(link, session)
  }
  if (full) printVirtualFunctions(link, session)
  printAlternativeNames(link, session)
  printer.endRecord()
  if (full && lacksVirtualFunctions(link)) session.complain(`Truncated VF list: ${link.name}`)
}

function printMode({ linkmode }: Link, { printer }: Session): void {
  if (linkmode === undefined) return
  if (linkmode === 'default' || linkmode === 'dormant') printer.field('linkmode', linkmode.toUpperCase(), 'mode % ')
  else printer.field('linkmode_index', linkmode === 'testing' ? 2 : linkmode, 'mode % ')
}

/** What happened, by the words of ip-monitor(8); `none` says nothing. */
const EVENTS: Readonly<Record<string, string>> = {
  reboot: 'REBOOT',
  features: 'FEATURE CHANGE',
  'bonding-failover': 'BONDING FAILOVER',
  'notify-peers': 'NOTIFY PEERS',
  'igmp-resend': 'RESEND IGMP',
  'bonding-options': 'BONDING OPTION',
}

function printEvent({ event }: Link, printer: Printer): void {
  if (event === undefined || event === 'none') return
  printer.field('event', typeof event === 'number' ? event : EVENTS[event]!, 'event % ')
}

function printQueueLength({ txqlen, index }: Link, { printer, route }: Session): void {
  // Links as IPv6 sees them come without it.
  const length = txqlen ?? route.ask(links.get(index)).txqlen
  if (length) printer.field('txqlen', length | 0, 'qlen %')
}

function printHardware({ type, address, broadcast, permAddress, flags }: Link, { printer, options }: Session): void {
  printer.newLine()
  printer.field('link_type', hardwareTypeText(type, options.numeric), '    link/% ')
  const show = (name: string, value: string) => {
    printer.field(name, hardwareAddressText(value, type), '%', { colour: 'mac' })
  }
  if (address !== undefined) show('address', address)
  if (broadcast !== undefined) {
    const pointToPoint = flags.includes('point-to-point')
    printer.text(pointToPoint ? ' peer ' : ' brd ')
    if (pointToPoint) printer.data('link_pointtopoint', true)
    show('broadcast', broadcast)
  }
  if (permAddress !== undefined && permAddress !== address) {
    printer.text(' permaddr ')
    show('permaddr', permAddress)
  }
}

function printOtherNamespace({ linkNetnsid, newNetnsid, newIfindex }: Link, session: Session): void {
  const { printer } = session
  if (linkNetnsid !== undefined) {
    printer.data('link_netnsid', linkNetnsid)
    if (!printer.json) printer.text(namespaceText('link', linkNetnsid, session))
  }
  if (printer.json) return
  if (newNetnsid !== undefined) printer.text(namespaceText('new', newNetnsid, session))
  if (newIfindex !== undefined) printer.text(` new-ifindex ${newIfindex}`)
}

function namespaceText(which: 'link' | 'new', id: number, session: Session): string {
  const name = namespaceNameOf(session, id)
  if (name !== undefined) return ` ${which}-netns ${name}`
  return ` ${which}-netnsid ${id < 0 && which === 'link' ? 'unknown' : id}`
}

function printProtoDown({ protoDown, protoDownReason }: Link, { printer, names }: Session): void {
  if (protoDown) printer.field('proto_down', true, ' protodown on ')
  const reasons = protoDownReason?.value ?? 0
  if (protoDown === undefined || reasons === 0) return
  printer.array(
    'proto_down_reason',
    () => {
      let first = true
      for (let bit = 0; bit < 32; bit++) {
        if (((reasons >>> bit) & 1) === 0) continue
        printer.item(names.protodownReason.name(bit), first ? '%' : ',%')
        first = false
      }
    },
    'protodown_reason <',
    '>',
  )
}

function printAlternativeNames({ propList }: Link, { printer }: Session): void {
  if (propList === undefined) return
  printer.array('altnames', () => {
    for (const name of propList.altName ?? []) {
      printer.newLine()
      printer.item(name, '    altname %')
    }
  })
}
