import { device, offOn, type Reader, u8, u16, u32 } from '../../../grammar/index.ts'
import { bridgeIdText, multicastRouterNumber } from './bridge.ts'
import type { SlaveDataOf, SlaveInputOf } from './data.ts'
import { fields, timer } from './fields.ts'
import { kindRows, linkKind } from './kind.ts'

const usage = `Usage: ... bridge_slave [ fdb_flush ]
			[ state STATE ]
			[ priority PRIO ]
			[ cost COST ]
			[ guard {on | off} ]
			[ hairpin {on | off} ]
			[ fastleave {on | off} ]
			[ root_block {on | off} ]
			[ learning {on | off} ]
			[ flood {on | off} ]
			[ proxy_arp {on | off} ]
			[ proxy_arp_wifi {on | off} ]
			[ mcast_router MULTICAST_ROUTER ]
			[ mcast_fast_leave {on | off} ]
			[ mcast_flood {on | off} ]
			[ bcast_flood {on | off} ]
			[ mcast_to_unicast {on | off} ]
			[ group_fwd_mask MASK ]
			[ neigh_suppress {on | off} ]
			[ vlan_tunnel {on | off} ]
			[ isolated {on | off} ]
			[ locked {on | off} ]
			[ backup_port DEVICE ] [ nobackup_port ]`

type Input = SlaveInputOf<'bridge'>
type Port = SlaveDataOf<'bridge'>

const { option, flag } = kindRows<Input>()
const { number, hex, onOff, when } = fields<Port>()

const switched = (notation: string): Reader<boolean> => offOn(notation.replace('*', ''), 1, { ends: true })

// Protocols of link-local groups that a port may be told to forward, by the last nibble of the group's address.
const GROUPS: Readonly<Record<number, string>> = { 0: 'stp', 2: 'lacp', 14: 'lldp' }

function groupNames(mask: number): string {
  const names = Array.from({ length: 16 }, (_, bit) => bit)
    .filter((bit) => (mask >> bit) & 1)
    .map((bit) => GROUPS[bit] ?? `0x${(1 << bit).toString(16)}`)
  return names.length === 0 ? '0x0' : names.join(',')
}

export const bridgeSlave = linkKind<Input>('bridge_slave', () => ({
  usage,
  unknown: 'option',
  keywords: [
    flag('fdb_flush*', 'flush', true),
    option('state*', u8('state is invalid'), 'state'),
    option('priority*', u16('priority is invalid'), 'priority'),
    option('cost*', u32('cost is invalid'), 'cost'),
    option('hairpin*', switched('hairpin'), 'mode'),
    option('guard*', switched('guard'), 'guard'),
    option('root_block*', switched('root_block'), 'protect'),
    option('fastleave*', switched('fastleave'), 'fastLeave'),
    option('learning*', switched('learning'), 'learning'),
    option('flood*', switched('flood'), 'unicastFlood'),
    option('mcast_flood*', switched('mcast_flood'), 'mcastFlood'),
    option('bcast_flood*', switched('bcast_flood'), 'bcastFlood'),
    option('mcast_to_unicast*', switched('mcast_to_unicast'), 'mcastToUcast'),
    option('proxy_arp*', switched('proxy_arp'), 'proxyarp'),
    option('proxy_arp_wifi*', switched('proxy_arp_wifi'), 'proxyarpWifi'),
    option('mcast_router*', u8('invalid mcast_router'), 'multicastRouter'),
    option('mcast_fast_leave*', switched('mcast_fast_leave'), 'fastLeave'),
    option('neigh_suppress*', switched('neigh_suppress'), 'neighSuppress'),
    option('group_fwd_mask*', u16('invalid group_fwd_mask'), 'groupFwdMask'),
    option('vlan_tunnel*', switched('vlan_tunnel'), 'vlanTunnel'),
    option('isolated*', switched('isolated'), 'isolated'),
    option('locked*', switched('locked'), 'locked'),
    option('backup_port*', device('Device does not exist\n'), 'backupPort'),
    flag('nobackup_port*', 'backupPort', 0),
  ],
  print: [
    when('state', (state, printer) => {
      if (typeof state === 'string') printer.field('state', state, 'state % ')
      else printer.field('state_index', state, 'state (%) ')
    }),
    number('priority', 'priority'),
    number('cost', 'cost'),
    onOff('mode', 'hairpin'),
    onOff('guard', 'guard'),
    onOff('protect', 'root_block'),
    onOff('fastLeave', 'fastleave'),
    onOff('learning', 'learning'),
    onOff('unicastFlood', 'flood'),
    hex('id', 'id', 'port_id'),
    hex('no', 'no', 'port_no'),
    number('designatedPort', 'designated_port'),
    number('designatedCost', 'designated_cost'),
    when('bridgeId', (id, printer) => printer.field('bridge_id', bridgeIdText(id), 'designated_bridge % ')),
    when('rootId', (id, printer) => printer.field('root_id', bridgeIdText(id), 'designated_root % ')),
    when('holdTimer', timer('hold_timer')),
    when('messageAgeTimer', timer('message_age_timer')),
    when('forwardDelayTimer', timer('forward_delay_timer')),
    number('topologyChangeAck', 'topology_change_ack'),
    number('configPending', 'config_pending'),
    onOff('proxyarp', 'proxy_arp'),
    onOff('proxyarpWifi', 'proxy_arp_wifi'),
    when('multicastRouter', (router, printer) => {
      printer.field('multicast_router', multicastRouterNumber(router), 'mcast_router % ')
    }),
    // JSON has it as "fastleave".
    when('fastLeave', (on, printer) => printer.text(`mcast_fast_leave ${on ? 'on' : 'off'} `)),
    onOff('mcastFlood', 'mcast_flood'),
    onOff('bcastFlood', 'bcast_flood'),
    onOff('mcastToUcast', 'mcast_to_unicast'),
    onOff('neighSuppress', 'neigh_suppress'),
    hex('groupFwdMask', 'group_fwd_mask'),
    when('groupFwdMask', (mask, printer) => {
      printer.field('group_fwd_mask_str', groupNames(mask), 'group_fwd_mask_str % ')
    }),
    onOff('vlanTunnel', 'vlan_tunnel'),
    onOff('isolated', 'isolated'),
    onOff('locked', 'locked'),
    when('backupPort', (index, printer, { devices }) => {
      printer.field('backup_port', devices.name(index), 'backup_port % ')
    }),
  ],
}))
