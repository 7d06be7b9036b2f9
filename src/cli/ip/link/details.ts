import { toHex } from '../../../netlink/index.ts'
import type { link as links } from '../../../rtnl/index.ts'
import type { Session } from '../../session.ts'
import { findKind } from './kinds/index.ts'

type Link = links.Link
type NumberKey = { [K in keyof Link]-?: NonNullable<Link[K]> extends number ? K : never }[keyof Link]

const BEFORE_KIND: readonly (readonly [NumberKey, name: string, format: string])[] = [
  ['promiscuity', 'promiscuity', ' promiscuity % '],
  ['allmulti', 'allmulti', ' allmulti % '],
  ['minMtu', 'min_mtu', 'minmtu % '],
  ['maxMtu', 'max_mtu', 'maxmtu % '],
]
const AFTER_KIND: readonly (readonly [NumberKey, name: string, format: string])[] = [
  ['numTxQueues', 'num_tx_queues', 'numtxqueues % '],
  ['numRxQueues', 'num_rx_queues', 'numrxqueues % '],
  ['gsoMaxSize', 'gso_max_size', 'gso_max_size % '],
  ['gsoMaxSegs', 'gso_max_segs', 'gso_max_segs % '],
  ['tsoMaxSize', 'tso_max_size', 'tso_max_size % '],
  ['tsoMaxSegs', 'tso_max_segs', 'tso_max_segs % '],
  ['groMaxSize', 'gro_max_size', 'gro_max_size % '],
]
const GENERATION_WORDS: Readonly<Record<string, string>> = { 'stable-privacy': 'stable_secret' }

/** What `-d` adds. */
export function printDetails(link: Link, session: Session, asLink: boolean): void {
  const { printer } = session
  const numbers = (rows: typeof BEFORE_KIND) => {
    for (const [key, name, format] of rows) {
      const value = link[key]
      if (value !== undefined) printer.field(name, value, format)
    }
  }
  numbers(BEFORE_KIND)
  if (link.linkinfo !== undefined) printer.object('linkinfo', () => printKind(link, session))
  if (asLink) printAddressGeneration(link, session)
  numbers(AFTER_KIND)
  const { physPortName, physPortId, physSwitchId, parentDevBusName, parentDevName } = link
  if (physPortName !== undefined) printer.field('phys_port_name', physPortName, 'portname % ')
  if (physPortId !== undefined) printer.field('phys_port_id', toHex(physPortId), 'portid % ')
  if (physSwitchId !== undefined) printer.field('phys_switch_id', toHex(physSwitchId), 'switchid % ')
  if (parentDevBusName !== undefined) printer.field('parentbus', parentDevBusName, 'parentbus % ')
  if (parentDevName !== undefined) printer.field('parentdev', parentDevName, 'parentdev % ')
}

function printKind({ linkinfo }: Link, session: Session): void {
  const { printer } = session
  const { kind, data, xstats, slaveKind, slaveData } = linkinfo as {
    kind?: string
    data?: object
    xstats?: Uint8Array
    slaveKind?: string
    slaveData?: object
  }
  const show = (name: string, table: string, values: object | undefined) => {
    const print = findKind(table)?.print
    if (print !== undefined) printer.object(name, () => print(values, printer, session))
  }
  if (kind !== undefined) {
    printer.newLine()
    printer.field('info_kind', kind, '    % ')
    show('info_data', kind, data)
    const printCounters = session.options.stats > 0 ? findKind(kind)?.printCounters : undefined
    if (xstats !== undefined && printCounters !== undefined) {
      printer.object('info_xstats', () => printCounters(xstats, printer))
    }
  }
  if (slaveKind !== undefined) {
    printer.newLine()
    printer.field('info_slave_kind', slaveKind, '    %_slave ')
    show('info_slave_data', `${slaveKind}_slave`, slaveData)
  }
}

function printAddressGeneration({ afSpec }: Link, { printer }: Session): void {
  const mode = afSpec?.inet6?.addrGenMode
  if (mode === undefined) return
  const word = typeof mode === 'number' ? `0x${mode.toString(16).padStart(2, '0')}` : (GENERATION_WORDS[mode] ?? mode)
  printer.field('inet6_addr_gen_mode', word, 'addrgenmode % ')
}
