import type { bridge } from '../../../rtnl/index.ts'
import { multicastRouterNumber } from '../../ip/link/kinds/bridge.ts'
import type { Session } from '../../session.ts'
import { printRouterPortDetails } from '../router-port.ts'
import { printState } from '../state.ts'
import { PORT_WIDTH, printOfPort, printRange, printVlanFlags } from './print.ts'
import { printTraffic } from './print-counters.ts'

type Vlan = bridge.vlan.BridgeVlan
type Options = bridge.vlan.BridgeVlanOptions

/** VLANs with their options, or, where `global`, what holds for them on the whole bridge alone. `wanted` 0 is all of them. */
export function printOptions(
  { ifindex, entry = [], globalOptions = [] }: bridge.vlan.BridgeVlans,
  session: Session,
  wanted: number,
  global: boolean,
): void {
  const within = (first: number, last = first) => wanted === 0 || (wanted >= first && wanted <= last)
  const own = entry.filter(({ info, range }) => !global && info !== undefined && within(info.vid, range))
  const ofBridge = globalOptions.filter(({ id, range }) => id !== undefined && within(id, range))
  printOfPort(
    [
      ...own.map((vlan) => () => printVlan(vlan, session)),
      ...ofBridge.map((options) => () => printGlobal(options, session)),
    ],
    ifindex,
    session,
    (print) => print(),
  )
}

const NONE = { rxBytes: 0, rxPackets: 0, txBytes: 0, txPackets: 0 }

function printVlan({ info, range, state = 'disabled', mcastRouter, stats }: Vlan, { printer, options }: Session): void {
  const { vid, flags } = info!
  printRange('vlan', vid, range ?? vid, printer)
  printVlanFlags(flags, printer)
  printer.newLine()
  printer.text(' '.repeat(PORT_WIDTH + 4))
  printState(state, printer)
  if (mcastRouter !== undefined) {
    printer.field('mcast_router', multicastRouterNumber(mcastRouter), 'mcast_router % ')
  }
  printer.newLine()
  if (options.stats > 0) printTraffic({ ...NONE, ...stats }, printer)
}

const NUMBERS: readonly (readonly [key: keyof Options, word: string])[] = [
  ['mcastSnooping', 'mcast_snooping'],
  ['mcastQuerier', 'mcast_querier'],
  ['mcastIgmpVersion', 'mcast_igmp_version'],
  ['mcastMldVersion', 'mcast_mld_version'],
  ['mcastLastMemberCnt', 'mcast_last_member_count'],
  ['mcastLastMemberIntvl', 'mcast_last_member_interval'],
  ['mcastStartupQueryCnt', 'mcast_startup_query_count'],
  ['mcastStartupQueryIntvl', 'mcast_startup_query_interval'],
  ['mcastMembershipIntvl', 'mcast_membership_interval'],
  ['mcastQuerierIntvl', 'mcast_querier_interval'],
  ['mcastQueryIntvl', 'mcast_query_interval'],
  ['mcastQueryResponseIntvl', 'mcast_query_response_interval'],
]

function printGlobal(options: Options, session: Session): void {
  const { printer } = session
  const { id = 0, range, mcastRouterPorts } = options
  printRange('vlan', id, range ?? id, printer)
  printer.newLine()
  printer.text(' '.repeat(PORT_WIDTH + 4))
  for (const [key, word] of NUMBERS) {
    const value = options[key]
    if (typeof value === 'number' || typeof value === 'bigint') printer.field(word, value, `${word} % `)
  }
  printer.newLine()
  if (mcastRouterPorts !== undefined) printRouterPorts(mcastRouterPorts.router?.port ?? [], session)
}

function printRouterPorts(ports: readonly bridge.RouterPort[], { printer, devices, options }: Session): void {
  const lead = 'router ports: '
  printer.text(' '.repeat(PORT_WIDTH + 4))
  printer.array(
    'router_ports',
    () => {
      for (const [i, port] of ports.entries()) {
        printer.object(undefined, () => {
          if (options.stats > 0 && i > 0) {
            printer.newLine()
            printer.text(' '.repeat(PORT_WIDTH + 4 + lead.length))
          }
          printer.field('port', devices.name(port.ifindex), '% ')
          if (options.stats > 0) printRouterPortDetails(port, printer)
        })
      }
    },
    lead,
  )
  printer.newLine()
}
