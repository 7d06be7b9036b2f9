import type { neighbour } from '../../../rtnl/index.ts'
import { familyColour } from '../../ip/address/print.ts'
import { hardwareAddressText } from '../../ip/link/hardware.ts'
import type { Session } from '../../session.ts'
import { stateText } from './state.ts'

type Neighbour = neighbour.Neighbour

const USER_HZ = 100

const FLAG_WORDS = [
  ['self', 'self'],
  ['router', 'router'],
  ['ext-learned', 'extern_learn'],
  ['offloaded', 'offload'],
  ['master', 'master'],
  ['sticky', 'sticky'],
] as const

/** An entry of a forwarding table. `deviceKnown` where all are of one device, which is then not shown. */
export function printEntry(entry: Neighbour, session: Session, deviceKnown: boolean): void {
  const { printer, options, devices } = session
  const { lladdr, dst, vlan = 0, port, vni, srcVni, ifindex, nhId, linkNetnsid, cacheinfo, flags, master } = entry
  if (lladdr !== undefined) {
    const text = hardwareAddressText(lladdr, devices.known(entry.index)?.type ?? 'void')
    printer.field('mac', text, '% ', { colour: 'mac' })
  }
  if (!deviceKnown && entry.index !== 0) {
    printer.text('dev ')
    printer.field('ifname', devices.name(entry.index), '% ', { colour: 'ifname' })
  }
  if (dst !== undefined) {
    printer.text('dst ')
    printer.field('dst', dst, '% ', { colour: familyColour(dst.includes(':') ? 'inet6' : 'inet') })
  }
  if (vlan !== 0) printer.field('vlan', vlan, 'vlan % ')
  if (port !== undefined) printer.field('port', port, 'port % ')
  if (vni !== undefined) printer.field('vni', vni, 'vni % ')
  if (srcVni !== undefined) printer.field('src_vni', srcVni, 'src_vni % ')
  if (ifindex !== undefined) {
    if (linkNetnsid !== undefined) printer.field('viaIfIndex', ifindex, 'via ifindex % ')
    else printer.field('viaIf', devices.name(ifindex), 'via % ')
  }
  if (nhId !== undefined) printer.field('nhid', nhId, 'nhid % ')
  // In JSON iproute2 shows it without its sign.
  if (linkNetnsid !== undefined) {
    printer.field('linkNetNsId', linkNetnsid >>> 0, 'link-netnsid % ', { as: String(linkNetnsid) })
  }
  if (options.stats > 0 && cacheinfo !== undefined) {
    const [used, updated] = [cacheinfo.used, cacheinfo.updated].map((time) => Math.trunc(time / USER_HZ)) as [
      number,
      number,
    ]
    printer.text(`used ${used}/${updated} `)
    printer.data('used', used)
    printer.data('updated', updated)
  }
  printer.array('flags', () => {
    for (const [flag, word] of FLAG_WORDS) if (flags.includes(flag)) printer.item(word, '% ')
  })
  if (master !== undefined) printer.field('master', devices.name(master), 'master % ')
  printer.field('state', stateText(entry, printer.json), '%\n')
}
