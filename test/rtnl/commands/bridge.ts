import { bridge } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const BR0 = 2
const V0 = 4
const VX9 = 4
const { mdb, vlan, vni } = bridge
const group = (address: string, more: Partial<bridge.mdb.MulticastGroup> = {}): bridge.mdb.MulticastGroup => {
  return { index: BR0, port: V0, group: address, ...more }
}

export const bridgeCommands: Commands = {
  'link/bridge-mdb': {
    'bridge mdb add dev br0 port v0 grp 239.1.2.3': mdb.add(group('239.1.2.3')),
    'bridge mdb add dev br0 port v0 grp 239.1.2.4 permanent': mdb.add(group('239.1.2.4', { permanent: true })),
    'bridge mdb add dev br0 port v0 grp ff0e::1234 temp': mdb.add(group('ff0e::1234', { permanent: false })),
    'bridge mdb add dev br0 port v0 grp 239.1.2.5 src 10.0.0.1 permanent': mdb.add(
      group('239.1.2.5', { source: '10.0.0.1', permanent: true }),
    ),
    'bridge mdb add dev br0 port br0 grp 239.9.9.9 permanent': mdb.add(
      group('239.9.9.9', { port: BR0, permanent: true }),
    ),
    'bridge mdb add dev br0 port v0 grp 01:00:5e:01:02:09 permanent': mdb.add(
      group('01:00:5e:01:02:09', { permanent: true }),
    ),
    'bridge mdb del dev br0 port v0 grp 239.1.2.3': mdb.delete(group('239.1.2.3')),
  },
  'link/bridge-vlan': {
    'bridge vlan set vid 10 dev v0 state blocking': vlan.set({ index: V0, vid: 10, state: 'blocking' }),
    'bridge vlan set vid 10 dev v0 mcast_router 2': vlan.set({ index: V0, vid: 10, mcastRouter: 'permanent' }),
    'bridge vlan global set vid 30 dev br0 mcast_snooping 1 mcast_querier 1 mcast_igmp_version 3': vlan.setGlobal({
      index: BR0,
      id: 30,
      mcastSnooping: 1,
      mcastQuerier: 1,
      mcastIgmpVersion: 3,
    }),
  },
  'link/vxlan-vni': {
    'bridge vni add vni 1000 dev vx9': vni.add({ index: VX9, vnis: [1000] }),
    'bridge vni add vni 2000-2010 remote 10.0.0.9 dev vx9': vni.add({
      index: VX9,
      vnis: [{ start: 2000, end: 2010 }],
      group: '10.0.0.9',
    }),
    'bridge vni add vni 3000 group 239.1.1.9 dev vx9': vni.add({ index: VX9, vnis: [3000], group: '239.1.1.9' }),
    'bridge vni delete vni 1000 dev vx9': vni.delete({ index: VX9, vnis: [1000] }),
  },
}
