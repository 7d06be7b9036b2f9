import { nexthop, nsid } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const V1 = 2
const V0 = 3
const { add, replace } = nexthop
const HUNDREDTHS = 100

export const nexthopCommands: Commands = {
  'nexthop/nexthops': {
    'ip nexthop add id 1 via 10.0.0.2 dev v0': add({ id: 1, via: '10.0.0.2', oif: V0 }),
    'ip nexthop add id 2 via 10.1.0.2 dev v1': add({ id: 2, via: '10.1.0.2', oif: V1 }),
    'ip nexthop add id 3 dev v0': add({ id: 3, oif: V0 }),
    'ip nexthop add id 4 blackhole': add({ id: 4, blackhole: true }),
    'ip nexthop add id 5 via fd00::2 dev v0': add({ id: 5, via: 'fd00::2', oif: V0 }),
    'ip nexthop add id 6 via 10.99.0.2 dev v0 onlink protocol static': add({
      id: 6,
      via: '10.99.0.2',
      oif: V0,
      flags: ['onlink'],
      protocol: 'static',
    }),
    'ip nexthop add via 10.0.0.7 dev v0': add({ via: '10.0.0.7', oif: V0 }),
    'ip -6 nexthop add id 7 blackhole': add({ family: 'inet6', id: 7, blackhole: true }),
    'ip nexthop add id 10 group 1/2': add({ id: 10, group: [{ id: 1 }, { id: 2 }] }),
    'ip nexthop add id 11 group 1,5/2,10 protocol 99': add({
      id: 11,
      group: [
        { id: 1, weight: 5 },
        { id: 2, weight: 10 },
      ],
      protocol: 99,
    }),
    'ip nexthop add id 12 group 1/2 type resilient buckets 8 idle_timer 10 unbalanced_timer 60': add({
      id: 12,
      group: [{ id: 1 }, { id: 2 }],
      groupType: 'resilient',
      resGroup: { buckets: 8, idleTimer: 10 * HUNDREDTHS, unbalancedTimer: 60 * HUNDREDTHS },
    }),
    'ip nexthop add id 13 via 10.0.0.9 fdb': add({ id: 13, via: '10.0.0.9', fdb: true }),
    'ip nexthop add id 14 group 13 fdb': add({ id: 14, group: [{ id: 13 }], fdb: true }),
    'ip nexthop add id 15 encap mpls 100 via 10.0.0.2 dev v0': add({
      id: 15,
      encapType: 'mpls',
      encap: { dst: '100' },
      via: '10.0.0.2',
      oif: V0,
    }),
    'ip nexthop replace id 1 via 10.0.0.3 dev v0': replace({ id: 1, via: '10.0.0.3', oif: V0 }),
    'ip nexthop replace id 10 group 1,3/2,4': replace({
      id: 10,
      group: [
        { id: 1, weight: 3 },
        { id: 2, weight: 4 },
      ],
    }),
    'ip nexthop replace id 12 group 1,3/2 type resilient idle_timer 20': replace({
      id: 12,
      group: [{ id: 1, weight: 3 }, { id: 2 }],
      groupType: 'resilient',
      resGroup: { idleTimer: 20 * HUNDREDTHS },
    }),
    'ip nexthop del id 12': nexthop.delete({ id: 12 }),
  },
  'nsid/nsid': {
    'ip netns set red 5': nsid.add({ fd: 6, nsid: 5 }),
    'ip netns set blue auto': nsid.add({ fd: 6, nsid: nsid.NOT_ASSIGNED }),
    'ip netns set red 6': nsid.add({ fd: 6, nsid: 6 }),
    'ip -n red netns set blue 9': nsid.add({ fd: 6, nsid: 9 }),
  },
}
