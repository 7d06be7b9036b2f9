import { lladdr, type Reader, u8, u16, u32, u64 } from '../../../grammar/index.ts'
import { decided } from './bit-names.ts'
import type { DataOf, InputOf } from './data.ts'
import { fields, timer } from './fields.ts'
import { kindRows, linkKind } from './kind.ts'
import { vlanProtocol, vlanProtocolName } from './vlan-protocol.ts'

const usage = `Usage: ... bridge [ fdb_flush ]
		  [ forward_delay FORWARD_DELAY ]
		  [ hello_time HELLO_TIME ]
		  [ max_age MAX_AGE ]
		  [ ageing_time AGEING_TIME ]
		  [ stp_state STP_STATE ]
		  [ priority PRIORITY ]
		  [ group_fwd_mask MASK ]
		  [ group_address ADDRESS ]
		  [ no_linklocal_learn NO_LINKLOCAL_LEARN ]
		  [ vlan_filtering VLAN_FILTERING ]
		  [ vlan_protocol VLAN_PROTOCOL ]
		  [ vlan_default_pvid VLAN_DEFAULT_PVID ]
		  [ vlan_stats_enabled VLAN_STATS_ENABLED ]
		  [ vlan_stats_per_port VLAN_STATS_PER_PORT ]
		  [ mcast_snooping MULTICAST_SNOOPING ]
		  [ mcast_vlan_snooping MULTICAST_VLAN_SNOOPING ]
		  [ mcast_router MULTICAST_ROUTER ]
		  [ mcast_query_use_ifaddr MCAST_QUERY_USE_IFADDR ]
		  [ mcast_querier MULTICAST_QUERIER ]
		  [ mcast_hash_elasticity HASH_ELASTICITY ]
		  [ mcast_hash_max HASH_MAX ]
		  [ mcast_last_member_count LAST_MEMBER_COUNT ]
		  [ mcast_startup_query_count STARTUP_QUERY_COUNT ]
		  [ mcast_last_member_interval LAST_MEMBER_INTERVAL ]
		  [ mcast_membership_interval MEMBERSHIP_INTERVAL ]
		  [ mcast_querier_interval QUERIER_INTERVAL ]
		  [ mcast_query_interval QUERY_INTERVAL ]
		  [ mcast_query_response_interval QUERY_RESPONSE_INTERVAL ]
		  [ mcast_startup_query_interval STARTUP_QUERY_INTERVAL ]
		  [ mcast_stats_enabled MCAST_STATS_ENABLED ]
		  [ mcast_igmp_version IGMP_VERSION ]
		  [ mcast_mld_version MLD_VERSION ]
		  [ nf_call_iptables NF_CALL_IPTABLES ]
		  [ nf_call_ip6tables NF_CALL_IP6TABLES ]
		  [ nf_call_arptables NF_CALL_ARPTABLES ]

Where: VLAN_PROTOCOL := { 802.1Q | 802.1ad }`

type Input = InputOf<'bridge'>
type Bridge = DataOf<'bridge'>

const { option, flag } = kindRows<Input>()
const { number, hex, text, when } = fields<Bridge>()

/** Zero or not, in a byte. */
const bit = (name: string): Reader<boolean> => {
  const { hint, read } = u8(`invalid ${name}`)
  return { hint, read: (words, draft) => read(words, draft) !== 0 }
}

type BooleanOption = 'no-ll-learn' | 'mcast-vlan-snooping'
/** One of the switches that share an attribute. */
const shared = (name: string, of: BooleanOption) =>
  option(name, bit(name), ({ request }, on) => {
    const { value, mask } = decided(request.multiBoolopt?.optval, request.multiBoolopt?.optmask, of, on)
    request.multiBoolopt = { optval: value, optmask: mask }
  })

const STP_STATES: Readonly<Record<string, number>> = { none: 0, kernel: 1, user: 2 }
const ROUTERS: Readonly<Record<string, number>> = { disabled: 0, 'temp-query': 1, permanent: 2, temporary: 3 }
const numberOf = (names: Readonly<Record<string, number>>, value: string | number) => {
  return typeof value === 'number' ? value : (names[value] ?? 0)
}

/** Priority in hexadecimal, then the address without leading zeros. */
export function bridgeIdText({ prio, addr }: { readonly prio: number; readonly addr: string }): string {
  return `${prio.toString(16).padStart(4, '0')}.${addr
    .split(':')
    .map((byte) => Number.parseInt(byte, 16).toString(16))
    .join(':')}`
}

export const multicastRouterNumber = (value: string | number) => numberOf(ROUTERS, value)

export const bridge = linkKind<Input>('bridge', () => ({
  usage,
  unknown: 'command',
  keywords: [
    option('forward_delay*', u32('invalid forward_delay'), 'forwardDelay'),
    option('hello_time*', u32('invalid hello_time'), 'helloTime'),
    option('max_age*', u32('invalid max_age'), 'maxAge'),
    option('ageing_time*', u32('invalid ageing_time'), 'ageingTime'),
    option('stp_state*', u32('invalid stp_state'), 'stpState'),
    option('priority*', u16('invalid priority'), 'priority'),
    option('vlan_filtering*', bit('vlan_filtering'), 'vlanFiltering'),
    option('vlan_protocol*', vlanProtocol('invalid vlan_protocol'), 'vlanProtocol'),
    option('group_fwd_mask*', u16('invalid group_fwd_mask'), 'groupFwdMask'),
    option('group_address*', lladdr, 'groupAddr'),
    shared('no_linklocal_learn', 'no-ll-learn'),
    flag('fdb_flush*', 'fdbFlush', true),
    option('vlan_default_pvid*', u16('invalid vlan_default_pvid'), 'vlanDefaultPvid'),
    option('vlan_stats_enabled*', bit('vlan_stats_enabled'), 'vlanStatsEnabled'),
    option('vlan_stats_per_port*', bit('vlan_stats_per_port'), 'vlanStatsPerPort'),
    option('mcast_router*', u8('invalid mcast_router'), 'mcastRouter'),
    option('mcast_snooping*', bit('mcast_snooping'), 'mcastSnooping'),
    shared('mcast_vlan_snooping', 'mcast-vlan-snooping'),
    option('mcast_query_use_ifaddr*', bit('mcast_query_use_ifaddr'), 'mcastQueryUseIfaddr'),
    option('mcast_querier*', bit('mcast_querier'), 'mcastQuerier'),
    option('mcast_hash_elasticity*', u32('invalid mcast_hash_elasticity'), 'mcastHashElasticity'),
    option('mcast_hash_max*', u32('invalid mcast_hash_max'), 'mcastHashMax'),
    option('mcast_last_member_count*', u32('invalid mcast_last_member_count'), 'mcastLastMemberCnt'),
    option('mcast_startup_query_count*', u32('invalid mcast_startup_query_count'), 'mcastStartupQueryCnt'),
    option('mcast_last_member_interval*', u64('invalid mcast_last_member_interval'), 'mcastLastMemberIntvl'),
    option('mcast_membership_interval*', u64('invalid mcast_membership_interval'), 'mcastMembershipIntvl'),
    option('mcast_querier_interval*', u64('invalid mcast_querier_interval'), 'mcastQuerierIntvl'),
    option('mcast_query_interval*', u64('invalid mcast_query_interval'), 'mcastQueryIntvl'),
    option('mcast_query_response_interval*', u64('invalid mcast_query_response_interval'), 'mcastQueryResponseIntvl'),
    option('mcast_startup_query_interval*', u64('invalid mcast_startup_query_interval'), 'mcastStartupQueryIntvl'),
    option('mcast_stats_enabled*', bit('mcast_stats_enabled'), 'mcastStatsEnabled'),
    option('mcast_igmp_version*', u8('invalid mcast_igmp_version'), 'mcastIgmpVersion'),
    option('mcast_mld_version*', u8('invalid mcast_mld_version'), 'mcastMldVersion'),
    option('nf_call_iptables*', bit('nf_call_iptables'), 'nfCallIptables'),
    option('nf_call_ip6tables*', bit('nf_call_ip6tables'), 'nfCallIp6tables'),
    option('nf_call_arptables*', bit('nf_call_arptables'), 'nfCallArptables'),
  ],
  print: [
    number('forwardDelay', 'forward_delay'),
    number('helloTime', 'hello_time'),
    number('maxAge', 'max_age'),
    number('ageingTime', 'ageing_time'),
    when('stpState', (state, printer) => printer.field('stp_state', numberOf(STP_STATES, state), 'stp_state % ')),
    number('priority', 'priority'),
    number('vlanFiltering', 'vlan_filtering'),
    text('vlanProtocol', 'vlan_protocol', 'vlan_protocol', vlanProtocolName),
    text('bridgeId', 'bridge_id', 'bridge_id', bridgeIdText),
    when('rootId', (_rootId, printer, _session, { bridgeId }) => {
      // iproute2 6.1 shows the bridge's own identifier here.
      if (bridgeId !== undefined) printer.field('root_id', bridgeIdText(bridgeId), 'designated_root % ')
    }),
    number('rootPort', 'root_port'),
    number('rootPathCost', 'root_path_cost'),
    number('topologyChange', 'topology_change'),
    number('topologyChangeDetected', 'topology_change_detected'),
    when('helloTimer', timer('hello_timer')),
    when('tcnTimer', timer('tcn_timer')),
    when('topologyChangeTimer', timer('topology_change_timer')),
    when('gcTimer', timer('gc_timer')),
    number('vlanDefaultPvid', 'vlan_default_pvid'),
    number('vlanStatsEnabled', 'vlan_stats_enabled'),
    number('vlanStatsPerPort', 'vlan_stats_per_port'),
    hex('groupFwdMask', 'group_fwd_mask'),
    when('groupAddr', (address, printer) => printer.field('group_addr', address, 'group_address % ')),
    number('mcastSnooping', 'mcast_snooping'),
    when('multiBoolopt', ({ optval, optmask }, printer) => {
      for (const [name, of] of [
        ['no_linklocal_learn', 'no-ll-learn'],
        ['mcast_vlan_snooping', 'mcast-vlan-snooping'],
      ] as const) {
        if (optmask.includes(of)) printer.field(name, Number(optval.includes(of)), `${name} % `)
      }
    }),
    when('mcastRouter', (router, printer) => {
      printer.field('mcast_router', multicastRouterNumber(router), 'mcast_router % ')
    }),
    number('mcastQueryUseIfaddr', 'mcast_query_use_ifaddr'),
    number('mcastQuerier', 'mcast_querier'),
    number('mcastHashElasticity', 'mcast_hash_elasticity'),
    number('mcastHashMax', 'mcast_hash_max'),
    number('mcastLastMemberCnt', 'mcast_last_member_cnt', 'mcast_last_member_count'),
    number('mcastStartupQueryCnt', 'mcast_startup_query_cnt', 'mcast_startup_query_count'),
    number('mcastLastMemberIntvl', 'mcast_last_member_intvl', 'mcast_last_member_interval'),
    number('mcastMembershipIntvl', 'mcast_membership_intvl', 'mcast_membership_interval'),
    number('mcastQuerierIntvl', 'mcast_querier_intvl', 'mcast_querier_interval'),
    number('mcastQueryIntvl', 'mcast_query_intvl', 'mcast_query_interval'),
    number('mcastQueryResponseIntvl', 'mcast_query_response_intvl', 'mcast_query_response_interval'),
    number('mcastStartupQueryIntvl', 'mcast_startup_query_intvl', 'mcast_startup_query_interval'),
    number('mcastStatsEnabled', 'mcast_stats_enabled'),
    number('mcastIgmpVersion', 'mcast_igmp_version'),
    number('mcastMldVersion', 'mcast_mld_version'),
    number('nfCallIptables', 'nf_call_iptables'),
    number('nfCallIp6tables', 'nf_call_ip6tables'),
    number('nfCallArptables', 'nf_call_arptables'),
  ],
}))
