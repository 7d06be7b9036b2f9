import { toHex } from '../../../../netlink/index.ts'
import type { link as links } from '../../../../rtnl/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import { hardwareAddressText, hardwareTypeText } from '../hardware.ts'
import { humanNumber } from '../human-number.ts'
import { vlanProtocolName } from '../kinds/vlan-protocol.ts'

type Link = links.Link
type VirtualFunction = NonNullable<NonNullable<Link['vfinfoList']>['info']>[number]
type Vlan = Pick<NonNullable<VirtualFunction['vlan']>, 'vlan' | 'qos'>

const UNKNOWN = 0xffffffff
const ETHERNET = 6
const INFINIBAND = 20

/** The virtual functions of an SR-IOV device, a line each. */
export function printVirtualFunctions(link: Link, session: Session): void {
  const { vfinfoList, numVf } = link
  if (vfinfoList === undefined || numVf === undefined) return
  const all = vfinfoList.info ?? []
  session.printer.array('vfinfo_list', () => {
    for (const item of all) session.printer.object(undefined, () => printOne(item, link, session))
  })
}

/** Whether not all of them fitted into the kernel's message. */
export function lacksVirtualFunctions({ vfinfoList, numVf }: Link): boolean {
  return vfinfoList !== undefined && numVf !== undefined && (vfinfoList.info ?? []).length !== numVf
}

function printOne(item: VirtualFunction, link: Link, session: Session): void {
  const { printer, options } = session
  const { mac, broadcast, vlan, vlanList, txRate, rate, spoofchk, ibNodeGuid, ibPortGuid, linkState, trust } = item
  const address = (text: string) => hardwareAddressText(sized(text, link), link.type)
  printer.newLine()
  printer.text('    ')
  printer.field('vf', mac?.vf ?? 0, 'vf % ')
  printer.field('link_type', hardwareTypeText(link.type, options.numeric), '    link/% ')
  if (mac !== undefined) printer.field('address', address(mac.mac), '%', { colour: 'mac' })
  if (broadcast !== undefined) {
    const pointToPoint = link.flags.includes('point-to-point')
    printer.text(pointToPoint ? ' peer ' : ' brd ')
    if (pointToPoint) printer.data('link_pointtopoint', true)
    const text = toHex(broadcast).replace(/..(?=.)/g, '$&:')
    printer.field('broadcast', address(text), '%', { colour: 'mac' })
  }
  if (vlanList !== undefined) printVlans(vlanList.info ?? [], session)
  else if (vlan !== undefined) printVlan(vlan, printer)
  if (txRate !== undefined && txRate.rate !== 0) printer.field('tx_rate', txRate.rate, ', tx rate % (Mbps)')
  if (rate !== undefined) printRates(rate, printer)
  printSwitch(spoofchk, 'spoofchk', 'spoof checking', printer)
  if (ibNodeGuid !== undefined) printer.field('node guid', guidText(ibNodeGuid.guid), ', NODE_GUID %')
  if (ibPortGuid !== undefined) printer.field('port guid', guidText(ibPortGuid.guid), ', PORT_GUID %')
  if (linkState !== undefined) {
    const state = linkState.linkState
    printer.field('link_state', typeof state === 'string' ? state : 'disable', ', link-state %')
  }
  printSwitch(trust, 'trust', 'trust', printer)
  printSwitch(item.rssQueryEn, 'query_rss_en', 'query_rss', printer)
  if (item.stats !== undefined && options.stats > 0) printStatistics(item.stats, session)
}

/** An address as long as those of the link's kind are: Ethernet's or InfiniBand's. */
function sized(text: string, { type }: Link): string {
  const length = type === 'ether' ? ETHERNET : INFINIBAND
  return Array.from({ length }, (_, i) => text.split(':')[i] ?? '00').join(':')
}

function printVlan({ vlan, qos }: Vlan, printer: Printer): void {
  if (vlan !== 0) printer.field('vlan', vlan, ', vlan %')
  if (qos !== 0) printer.field('qos', qos, ', qos %')
}

function printVlans(all: NonNullable<NonNullable<VirtualFunction['vlanList']>['info']>, session: Session): void {
  const { printer } = session
  printer.array('vlan_list', () => {
    for (const one of all) {
      printer.object(undefined, () => {
        printVlan(one, printer)
        if (one.vlanProto === 0 || one.vlanProto === '8021q') return
        printer.field('protocol', vlanProtocolName(one.vlanProto, session), ', vlan protocol %')
      })
    }
  })
}

function printRates({ maxTxRate, minTxRate }: NonNullable<VirtualFunction['rate']>, printer: Printer): void {
  printer.object('rate', () => {
    printer.data('max_tx', maxTxRate)
    printer.data('min_tx', minTxRate)
  })
  if (maxTxRate !== 0) printer.text(`, max_tx_rate ${maxTxRate}Mbps`)
  if (minTxRate !== 0) printer.text(`, min_tx_rate ${minTxRate}Mbps`)
}

function printSwitch(
  of: { readonly setting: number } | undefined,
  name: string,
  words: string,
  printer: Printer,
): void {
  if (of === undefined || of.setting === UNKNOWN) return
  printer.field(name, of.setting !== 0, `, ${words} ${of.setting !== 0 ? 'on' : 'off'}`)
}

function guidText(guid: number | bigint): string {
  return BigInt(guid)
    .toString(16)
    .padStart(16, '0')
    .replace(/..(?=.)/g, '$&:')
}

type Statistics = NonNullable<VirtualFunction['stats']>

function printStatistics(of: Statistics, { printer, options }: Session): void {
  const {
    rxBytes = 0,
    rxPackets = 0,
    multicast = 0,
    broadcast = 0,
    rxDropped,
    txBytes = 0,
    txPackets = 0,
    txDropped,
  } = of
  if (printer.json) {
    printer.object('stats', () => {
      printer.object('rx', () => {
        printer.data('bytes', rxBytes)
        printer.data('packets', rxPackets)
        printer.data('multicast', multicast)
        printer.data('broadcast', broadcast)
        if (rxDropped !== undefined) printer.data('dropped', rxDropped)
      })
      printer.object('tx', () => {
        printer.data('tx_bytes', txBytes)
        printer.data('tx_packets', txPackets)
        if (txDropped !== undefined) printer.data('dropped', txDropped)
      })
    })
    return
  }
  const show = (value: number | bigint, width: number) => {
    return `${(options.human ? humanNumber(value, options.iec) : String(value)).padStart(width)} `
  }
  const dropped = (count: number | bigint | undefined) => (count === undefined ? '' : show(count, 8))
  const title = (count: number | bigint | undefined) => (count === undefined ? '' : '  dropped ')
  printer.newLine()
  printer.text(`    RX: bytes  packets  mcast   bcast ${title(rxDropped)}`)
  printer.newLine()
  printer.text(
    `    ${show(rxBytes, 10)}${show(rxPackets, 8)}${show(multicast, 7)}${show(broadcast, 7)}${dropped(rxDropped)}`,
  )
  printer.newLine()
  printer.text(`    TX: bytes  packets ${title(txDropped)}`)
  printer.newLine()
  printer.text(`    ${show(txBytes, 10)}${show(txPackets, 8)}${dropped(txDropped)}`)
}
