import { type bridge, ORIGINATORS } from '../../../rtnl/index.ts'
import { lladdrText } from '../../grammar/index.ts'
import { familyColour } from '../../ip/address/print.ts'
import type { Session } from '../../session.ts'
import { printRouterPortDetails, timerText } from '../router-port.ts'

type Database = bridge.mdb.MulticastDatabase
type Entry = bridge.mdb.MulticastEntry

const FLAG_WORDS = [
  ['offload', 'offload'],
  ['fast-leave', 'fast_leave'],
  ['star-excl', 'added_by_star_ex'],
  ['blocked', 'blocked'],
] as const

/** The groups of a bridge; `vlan` 0 for those of all VLANs. */
export function printGroups({ ifindex, mdb }: Database, session: Session, vlan: number): void {
  for (const { info = [] } of mdb?.entry ?? []) {
    for (const entry of info) {
      if (vlan !== 0 && entry.vid !== vlan) continue
      session.printer.object(undefined, () => printGroup(ifindex, entry, session))
    }
  }
}

function colourOf(address: string) {
  return familyColour(address.includes('.') ? 'inet' : /^(..:){5}..$/.test(address) ? 'packet' : 'inet6')
}

function printGroup(index: number, entry: Entry, session: Session): void {
  const { printer, devices, options } = session
  const group = typeof entry.group === 'string' ? entry.group : lladdrText(entry.group)
  printer.data('index', index)
  printer.field('dev', devices.name(index), 'dev %', { colour: 'ifname' })
  printer.field('port', devices.name(entry.ifindex), ' port %')
  printer.field('grp', group, ' grp %', { colour: colourOf(group) })
  if (entry.source !== undefined) printer.field('src', entry.source, ' src %', { colour: colourOf(entry.source) })
  const isPermanent = entry.state === 'permanent' || (typeof entry.state === 'number' && (entry.state & 1) === 1)
  printer.field('state', isPermanent ? 'permanent' : 'temp', ' %')
  if (options.details > 0) printDetails(entry, session)
  printer.array('flags', () => {
    for (const [flag, word] of FLAG_WORDS) if (entry.flags.includes(flag)) printer.item(word, ' %')
  })
  if (entry.vid !== 0) printer.field('vid', entry.vid, ' vid %')
  if (options.stats > 0 && entry.timer !== undefined) printer.field('timer', timerText(entry.timer, 4), ' %')
  printer.newLine()
}

function printDetails({ groupMode, srcList, rtprot }: Entry, { printer, names }: Session): void {
  if (groupMode !== undefined) {
    printer.field('filter_mode', groupMode === 'include' ? 'include' : 'exclude', ' filter_mode %')
  }
  if (srcList !== undefined) {
    printer.array(
      'source_list',
      () => {
        let separator = ' '
        for (const { address, timer } of srcList.entry ?? []) {
          if (address === undefined || timer === undefined) continue
          printer.object(undefined, () => {
            printer.text(separator)
            printer.field('address', address, '%', { colour: colourOf(address) })
            printer.field('timer', timerText(timer), '/%')
          })
          separator = ','
        }
      },
      ' source_list',
    )
  }
  if (rtprot === undefined) return
  const number = typeof rtprot === 'string' ? ORIGINATORS[rtprot] : rtprot
  printer.field('protocol', names.protocol.name(number), ' proto % ')
}

/** The ports of a bridge with a multicast router behind them. */
export function printRouters({ ifindex, router }: Database, { printer, devices, options }: Session): void {
  if (router === undefined) return
  const bridge = devices.name(ifindex)
  const lead = `router ports on ${bridge}: `
  const stats = options.stats > 0
  printer.array(
    bridge,
    () => {
      for (const port of router.port ?? []) {
        printer.object(undefined, () => {
          if (stats) printer.text(lead)
          printer.field('port', devices.name(port.ifindex), stats ? '%' : '% ')
          if (!stats) return
          printRouterPortDetails(port, printer)
          printer.text('\n')
        })
      }
    },
    stats ? '' : lead,
  )
  if (!stats) printer.newLine()
}

/** A port behind which a router has turned up, or gone. */
export function printNewRouter({ ifindex, router }: Database, { printer, devices }: Session): void {
  const [port] = router?.port ?? []
  if (port === undefined) return
  const [name, bridge] = [devices.name(port.ifindex), devices.name(ifindex)]
  printer.text(`router port dev ${name} master ${bridge}\n`)
  printer.array(bridge, () => printer.object(undefined, () => printer.data('port', name)))
}
