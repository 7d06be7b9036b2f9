import * as link from '../../../../src/rtnl/link/index.ts'
import type { Commands } from './index.ts'

export const bridgePort: Commands = {
  'bridge-port': {
    'ip link set v0 master br0': link.set({ index: 4, master: 2 }),
    'ip link set v2 master br0': link.set({ index: 6, master: 2 }),
    'ip link set dev v0 type bridge_slave state 3 priority 20 cost 50': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { state: 'forwarding', priority: 20, cost: 50 },
    }),
    'ip link set dev v0 type bridge_slave guard on hairpin on fastleave on root_block on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { guard: true, mode: true, fastLeave: true, protect: true },
    }),
    'ip link set dev v0 type bridge_slave learning off flood off': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { learning: false, unicastFlood: false },
    }),
    'ip link set dev v0 type bridge_slave proxy_arp on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { proxyarp: true },
    }),
    'ip link set dev v0 type bridge_slave proxy_arp off proxy_arp_wifi on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { proxyarp: false, proxyarpWifi: true },
    }),
    'ip link set dev v0 type bridge_slave mcast_router 2 mcast_fast_leave on mcast_flood off bcast_flood off': link.set(
      {
        index: 4,
        slaveKind: 'bridge',
        slaveData: { multicastRouter: 'permanent', fastLeave: true, mcastFlood: false, bcastFlood: false },
      },
    ),
    'ip link set dev v0 type bridge_slave mcast_to_unicast on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { mcastToUcast: true },
    }),
    'ip link set dev v0 type bridge_slave group_fwd_mask 0x4000': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { groupFwdMask: 16384 },
    }),
    'ip link set dev v0 type bridge_slave neigh_suppress on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { neighSuppress: true },
    }),
    'ip link set dev v0 type bridge_slave vlan_tunnel on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { vlanTunnel: true },
    }),
    'ip link set dev v0 type bridge_slave isolated on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { isolated: true },
    }),
    'ip link set dev v0 type bridge_slave locked on': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { locked: true },
    }),
    'ip link set dev v0 type bridge_slave backup_port v2': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { backupPort: 6 },
    }),
    'ip link set dev v0 type bridge_slave nobackup_port': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { backupPort: 0 },
    }),
    'ip link set dev v0 type bridge_slave fdb_flush': link.set({
      index: 4,
      slaveKind: 'bridge',
      slaveData: { flush: true },
    }),
    'bridge link set dev v0 cost 4 priority 10 state forwarding': link.set({
      family: 'bridge',
      index: 4,
      protinfo: { cost: 4, priority: 10, state: 'forwarding' },
    }),
    'bridge link set dev v0 guard off hairpin off fastleave off root_block off': link.set({
      family: 'bridge',
      index: 4,
      protinfo: { guard: false, mode: false, fastLeave: false, protect: false },
    }),
    'bridge link set dev v0 learning on flood on mcast_router 1 mcast_flood on bcast_flood on mcast_to_unicast off':
      link.set({
        family: 'bridge',
        index: 4,
        protinfo: {
          unicastFlood: true,
          multicastRouter: 'temp-query',
          mcastFlood: true,
          bcastFlood: true,
          mcastToUcast: false,
          learning: true,
        },
      }),
    'bridge link set dev v0 neigh_suppress off vlan_tunnel off isolated off locked off': link.set({
      family: 'bridge',
      index: 4,
      protinfo: { neighSuppress: false, vlanTunnel: false, isolated: false, locked: false },
    }),
    'bridge link set dev v0 backup_port v2 self master': link.set({
      family: 'bridge',
      index: 4,
      protinfo: { backupPort: 6 },
      afSpec: { flags: ['master', 'self'] },
    }),
    'bridge link set dev v0 nobackup_port': link.set({ family: 'bridge', index: 4, protinfo: { backupPort: 0 } }),
    'bridge link set dev v0 learning_sync on self': link.set({
      family: 'bridge',
      index: 4,
      protinfo: { learningSync: true },
      afSpec: { flags: ['self'] },
    }),
    'bridge link set dev v0 hwmode veb': link.set({
      family: 'bridge',
      index: 4,
      protinfo: {},
      afSpec: { flags: ['self'], mode: 'veb' },
    }),
    'ip link set v2 nomaster': link.set({ index: 6, master: 0 }),
  },
  'bridge-vlan': {
    'bridge vlan add vid 10 dev v0': link.set({
      family: 'bridge',
      index: 4,
      afSpec: { vlanInfo: [{ flags: [], vid: 10 }] },
    }),
    'bridge vlan add vid 20 dev v0 pvid untagged': link.set({
      family: 'bridge',
      index: 4,
      afSpec: { vlanInfo: [{ flags: ['pvid', 'untagged'], vid: 20 }] },
    }),
    'bridge vlan add vid 100-110 dev v0': link.set({
      family: 'bridge',
      index: 4,
      afSpec: {
        vlanInfo: [
          { flags: ['range-begin'], vid: 100 },
          { flags: ['range-end'], vid: 110 },
        ],
      },
    }),
    'bridge vlan add vid 30 dev br0 self': link.set({
      family: 'bridge',
      index: 2,
      afSpec: { flags: ['self'], vlanInfo: [{ flags: [], vid: 30 }] },
    }),
    'bridge vlan del vid 10 dev v0': link.delete({
      family: 'bridge',
      index: 4,
      afSpec: { vlanInfo: [{ flags: [], vid: 10 }] },
    }),
    'bridge vlan del vid 100-110 dev v0': link.delete({
      family: 'bridge',
      index: 4,
      afSpec: {
        vlanInfo: [
          { flags: ['range-begin'], vid: 100 },
          { flags: ['range-end'], vid: 110 },
        ],
      },
    }),
  },
}
