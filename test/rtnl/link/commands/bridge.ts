import * as link from '../../../../src/rtnl/link/index.ts'
import type { Commands } from './index.ts'

export const bridge: Commands = {
  bridge: {
    'ip link add br0 type bridge': link.add({ name: 'br0', kind: 'bridge' }),
    'ip link add br1 type bridge forward_delay 200 hello_time 100 max_age 600 ageing_time 10000 stp_state 1 priority 100':
      link.add({
        name: 'br1',
        kind: 'bridge',
        data: { forwardDelay: 200, helloTime: 100, maxAge: 600, ageingTime: 10000, stpState: 'kernel', priority: 100 },
      }),
    'ip link add br2 type bridge mcast_snooping 0 mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_max 1024 mcast_last_member_count 3 mcast_startup_query_count 4':
      link.add({
        name: 'br2',
        kind: 'bridge',
        data: {
          mcastSnooping: false,
          mcastRouter: 'permanent',
          mcastQueryUseIfaddr: true,
          mcastQuerier: true,
          mcastHashMax: 1024,
          mcastLastMemberCnt: 3,
          mcastStartupQueryCnt: 4,
        },
      }),
    'ip link set dev br0 type bridge mcast_last_member_interval 200 mcast_membership_interval 20000 mcast_querier_interval 20001 mcast_query_interval 12000 mcast_query_response_interval 1100 mcast_startup_query_interval 3000':
      link.set({
        index: 2,
        kind: 'bridge',
        data: {
          mcastLastMemberIntvl: 200,
          mcastMembershipIntvl: 20000,
          mcastQuerierIntvl: 20001,
          mcastQueryIntvl: 12000,
          mcastQueryResponseIntvl: 1100,
          mcastStartupQueryIntvl: 3000,
        },
      }),
    'ip link set dev br0 type bridge mcast_stats_enabled 1 mcast_igmp_version 3 mcast_mld_version 2': link.set({
      index: 2,
      kind: 'bridge',
      data: { mcastStatsEnabled: true, mcastIgmpVersion: 3, mcastMldVersion: 2 },
    }),
    'ip link set dev br0 type bridge mcast_hash_elasticity 8': link.set({
      index: 2,
      kind: 'bridge',
      data: { mcastHashElasticity: 8 },
    }),
    'ip link set dev br0 type bridge group_fwd_mask 0x4000': link.set({
      index: 2,
      kind: 'bridge',
      data: { groupFwdMask: 16384 },
    }),
    'ip link set dev br0 type bridge group_address 01:80:c2:00:00:04': link.set({
      index: 2,
      kind: 'bridge',
      data: { groupAddr: '01:80:c2:00:00:04' },
    }),
    'ip link set dev br0 type bridge no_linklocal_learn 1': link.set({
      index: 2,
      kind: 'bridge',
      data: { multiBoolopt: { optval: ['no-ll-learn'], optmask: ['no-ll-learn'] } },
    }),
    'ip link set dev br0 type bridge nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 0': link.set({
      index: 2,
      kind: 'bridge',
      data: { nfCallIptables: true, nfCallIp6tables: true, nfCallArptables: false },
    }),
    'ip link set dev br0 type bridge fdb_flush': link.set({ index: 2, kind: 'bridge', data: { fdbFlush: true } }),
    'ip link set dev br0 type bridge vlan_filtering 1': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanFiltering: true },
    }),
    'ip link set dev br0 type bridge vlan_protocol 802.1ad': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanProtocol: '8021ad' },
    }),
    'ip link set dev br0 type bridge vlan_default_pvid 10': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanDefaultPvid: 10 },
    }),
    'ip link set dev br0 type bridge vlan_stats_enabled 1': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanStatsEnabled: true },
    }),
    'ip link set dev br0 type bridge vlan_stats_per_port 1': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanStatsPerPort: true },
    }),
    'ip link set dev br0 type bridge mcast_vlan_snooping 1': link.set({
      index: 2,
      kind: 'bridge',
      data: { multiBoolopt: { optval: ['mcast-vlan-snooping'], optmask: ['mcast-vlan-snooping'] } },
    }),
    'ip link set dev br0 type bridge vlan_filtering 0': link.set({
      index: 2,
      kind: 'bridge',
      data: { vlanFiltering: false },
    }),
    'ip link set dev br1 type bridge stp_state 0': link.set({ index: 3, kind: 'bridge', data: { stpState: 'none' } }),
    'ip link set dev br0 up': link.set({ index: 2, up: true }),
    'ip link del br2': link.delete({ index: 4 }),
  },
}
