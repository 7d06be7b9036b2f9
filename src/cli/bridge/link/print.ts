import type { link } from '../../../rtnl/index.ts'
import { printFlags } from '../../ip/link/flags.ts'
import { multicastRouterNumber } from '../../ip/link/kinds/bridge.ts'
import { printName } from '../../ip/link/name.ts'
import type { Session } from '../../session.ts'
import { printState } from '../state.ts'

type Port = NonNullable<link.Link['protinfo']>

const SWITCHES: readonly (readonly [key: keyof Port, word: string])[] = [
  ['mode', 'hairpin'],
  ['guard', 'guard'],
  ['protect', 'root_block'],
  ['fastLeave', 'fastleave'],
  ['learning', 'learning'],
  ['learningSync', 'learning_sync'],
  ['unicastFlood', 'flood'],
  ['mcastFlood', 'mcast_flood'],
  ['bcastFlood', 'bcast_flood'],
]
const LATER: typeof SWITCHES = [
  ['mcastToUcast', 'mcast_to_unicast'],
  ['neighSuppress', 'neigh_suppress'],
  ['vlanTunnel', 'vlan_tunnel'],
]
const LAST: typeof SWITCHES = [
  ['isolated', 'isolated'],
  ['locked', 'locked'],
]

const MODES: Readonly<Record<string, string>> = { veb: 'VEB', vepa: 'VEPA' }

/** A port of a bridge, or a bridge itself, as `bridge link` describes it. */
export function printPort(item: link.Link, session: Session): void {
  const { printer, devices } = session
  printer.field('ifindex', item.index, '%: ')
  const belowDown = printName(item, '%: ', session)
  printFlags(item, printer, belowDown)
  if (item.mtu !== undefined) printer.field('mtu', item.mtu, 'mtu % ')
  if (item.master !== undefined) printer.field('master', devices.name(item.master), 'master % ')
  if (item.protinfo !== undefined) printSettings(item.protinfo, session)
  const mode = item.afSpec?.mode
  if (mode !== undefined) {
    const word = typeof mode === 'number' ? `0x${mode.toString(16)}` : (MODES[mode] ?? '0xffff')
    printer.field('hwmode', word, 'hwmode % ')
  }
  printer.endRecord()
}

function printSettings(port: Port, { printer, options, devices }: Session): void {
  if (port.state !== undefined) printState(port.state, printer)
  if (port.priority !== undefined) printer.field('priority', port.priority, 'priority % ')
  if (port.cost !== undefined) printer.field('cost', port.cost, 'cost % ')
  if (options.details === 0) return
  printer.newLine()
  printer.text('    ')
  const show = (switches: typeof SWITCHES) => {
    for (const [key, word] of switches) {
      const on = port[key]
      if (typeof on === 'boolean') printer.field(word, on, `${word} % `, { as: on ? 'on' : 'off' })
    }
  }
  show(SWITCHES)
  if (port.multicastRouter !== undefined) {
    printer.field('mcast_router', multicastRouterNumber(port.multicastRouter), 'mcast_router % ')
  }
  show(LATER)
  if (port.backupPort !== undefined) printer.field('backup_port', devices.name(port.backupPort), 'backup_port % ')
  show(LAST)
}
