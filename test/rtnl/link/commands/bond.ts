import * as link from '../../../../src/rtnl/link/index.ts'
import type { Commands } from './index.ts'

export const bond: Commands = {
  bond: {
    'ip link add bond0 type bond': link.add({ name: 'bond0', kind: 'bond' }),
    'ip link add bond1 type bond mode active-backup miimon 100 updelay 200 downdelay 200 use_carrier 1 fail_over_mac active primary_reselect better num_grat_arp 3 resend_igmp 2 all_slaves_active 1':
      link.add({
        name: 'bond1',
        kind: 'bond',
        data: {
          mode: 'active-backup',
          miimon: 100,
          updelay: 200,
          downdelay: 200,
          useCarrier: true,
          failOverMac: 'active',
          primaryReselect: 'better',
          numPeerNotif: 3,
          resendIgmp: 2,
          allSlavesActive: true,
        },
      }),
    'ip link add bond2 type bond mode 802.3ad miimon 100 lacp_rate fast lacp_active on ad_select bandwidth xmit_hash_policy layer3+4 min_links 1 ad_user_port_key 5 ad_actor_sys_prio 1000 ad_actor_system 02:00:00:00:0b:02':
      link.add({
        name: 'bond2',
        kind: 'bond',
        data: {
          mode: '802.3ad',
          miimon: 100,
          adLacpRate: 'fast',
          adLacpActive: true,
          adSelect: 'bandwidth',
          xmitHashPolicy: 'layer3+4',
          minLinks: 1,
          adUserPortKey: 5,
          adActorSysPrio: 1000,
          adActorSystem: '02:00:00:00:0b:02',
        },
      }),
    'ip link add bond3 type bond mode active-backup arp_interval 1000 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate all arp_all_targets all arp_missed_max 5':
      link.add({
        name: 'bond3',
        kind: 'bond',
        data: {
          mode: 'active-backup',
          arpInterval: 1000,
          arpIpTarget: ['10.0.0.1', '10.0.0.2'],
          arpValidate: 'all',
          arpAllTargets: 'all',
          missedMax: 5,
        },
      }),
    'ip link add bond4 type bond mode active-backup arp_interval 1000 ns_ip6_target fd00::1,fd00::2': link.add({
      name: 'bond4',
      kind: 'bond',
      data: { mode: 'active-backup', arpInterval: 1000, nsIp6Target: ['fd00::1', 'fd00::2'] },
    }),
    'ip link add bond5 type bond mode balance-tlb tlb_dynamic_lb 0 lp_interval 5 miimon 100 peer_notify_delay 300':
      link.add({
        name: 'bond5',
        kind: 'bond',
        data: { mode: 'balance-tlb', tlbDynamicLb: false, lpInterval: 5, miimon: 100, peerNotifDelay: 300 },
      }),
    'ip link add bond6 type bond mode balance-rr packets_per_slave 4': link.add({
      name: 'bond6',
      kind: 'bond',
      data: { mode: 'balance-rr', packetsPerSlave: 4 },
    }),
    'ip link add bond7 type bond mode balance-xor xmit_hash_policy vlan+srcmac': link.add({
      name: 'bond7',
      kind: 'bond',
      data: { mode: 'balance-xor', xmitHashPolicy: 'vlan+srcmac' },
    }),
    'ip link set v0 master bond1': link.set({ index: 3, master: 7 }),
    'ip link set v2 master bond1': link.set({ index: 5, master: 7 }),
    'ip link set bond1 up': link.set({ index: 7, up: true }),
    'ip link set dev bond1 type bond primary v0': link.set({ index: 7, kind: 'bond', data: { primary: 3 } }),
    'ip link set dev bond1 type bond active_slave v2': link.set({ index: 7, kind: 'bond', data: { activeSlave: 5 } }),
    'ip link set dev bond1 type bond clear_active_slave': link.set({
      index: 7,
      kind: 'bond',
      data: { activeSlave: 0 },
    }),
    'ip link set dev v0 type bond_slave queue_id 3': link.set({
      index: 3,
      slaveKind: 'bond',
      slaveData: { queueId: 3 },
    }),
    'ip link set dev v0 type bond_slave prio 10': link.set({ index: 3, slaveKind: 'bond', slaveData: { prio: 10 } }),
    'ip link set v0 nomaster': link.set({ index: 3, master: 0 }),
    'ip link del bond0': link.delete({ index: 6 }),
  },
}
