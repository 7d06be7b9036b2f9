import { route } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const V1 = 2
const V0 = 3
const { add, append, change, prepend, replace } = route
const via = '10.0.0.2'

export const routeCommands: Commands = {
  'route/unicast': {
    'ip route add 10.2.0.0/24 via 10.0.0.2': add({ dst: '10.2.0.0/24', via }),
    'ip route add 10.2.1.0/24 dev v0': add({ dst: '10.2.1.0/24', oif: V0 }),
    'ip route add 10.2.2.0/24 via 10.0.0.2 dev v0 src 10.0.0.1 metric 100': add({
      dst: '10.2.2.0/24',
      via,
      oif: V0,
      prefsrc: '10.0.0.1',
      metric: 100,
    }),
    'ip route add 10.2.3.0/24 via 10.0.0.2 table 50': add({ dst: '10.2.3.0/24', via, table: 50 }),
    'ip route add 10.2.4.0/24 via 10.0.0.2 table 1000': add({ dst: '10.2.4.0/24', via, table: 1000 }),
    'ip route add 10.2.5.0/24 via 10.0.0.2 proto static': add({ dst: '10.2.5.0/24', via, protocol: 'static' }),
    'ip route add 10.2.6.0/24 dev v0 scope link proto 200': add({
      dst: '10.2.6.0/24',
      oif: V0,
      scope: 'link',
      protocol: 200,
    }),
    'ip route add 10.2.7.0/24 dev v0 scope host': add({ dst: '10.2.7.0/24', oif: V0, scope: 'host' }),
    'ip route add 10.2.8.1 via 10.0.0.2': add({ dst: '10.2.8.1', via }),
    'ip route add 10.2.9.0/24 via 10.0.0.2 tos 0x10': add({ dst: '10.2.9.0/24', via, tos: 0x10 }),
    'ip route add 10.2.10.0/24 via 10.99.0.1 dev v0 onlink': add({
      dst: '10.2.10.0/24',
      via: '10.99.0.1',
      oif: V0,
      flags: ['onlink'],
    }),
    'ip route add 10.2.11.0/24 via 10.0.0.2 realms 5/6': add({ dst: '10.2.11.0/24', via, flow: (5 << 16) | 6 }),
    'ip route add 10.2.12.0/24 via inet6 fd00::2 dev v0': add({ dst: '10.2.12.0/24', via: 'fd00::2', oif: V0 }),
    'ip route add default via 10.0.0.2': add({ dst: 'default', via }),
    'ip route add default via 10.1.0.2 metric 50': add({ via: '10.1.0.2', metric: 50 }),
    'ip route add default dev v1 table 300': add({ oif: V1, table: 300 }),
    'ip route change 10.2.0.0/24 via 10.0.0.3': change({ dst: '10.2.0.0/24', via: '10.0.0.3' }),
    'ip route replace 10.2.0.0/24 via 10.0.0.4': replace({ dst: '10.2.0.0/24', via: '10.0.0.4' }),
    'ip route append 10.2.0.0/24 via 10.0.0.5': append({ dst: '10.2.0.0/24', via: '10.0.0.5' }),
    'ip route prepend 10.2.0.0/24 via 10.0.0.6': prepend({ dst: '10.2.0.0/24', via: '10.0.0.6' }),
    'ip route del 10.2.0.0/24': route.delete({ dst: '10.2.0.0/24' }),
    'ip route del default via 10.1.0.2 metric 50': route.delete({ dst: 'default', via: '10.1.0.2', metric: 50 }),
    'ip route del default': route.delete({ dst: 'default' }),
  },
  'route/types': {
    'ip route add blackhole 10.3.0.0/24': add({ dst: '10.3.0.0/24', type: 'blackhole' }),
    'ip route add unreachable 10.3.1.0/24': add({ dst: '10.3.1.0/24', type: 'unreachable' }),
    'ip route add prohibit 10.3.2.0/24 metric 7': add({ dst: '10.3.2.0/24', type: 'prohibit', metric: 7 }),
    'ip route add throw 10.3.3.0/24 table 60': add({ dst: '10.3.3.0/24', type: 'throw', table: 60 }),
    'ip route add local 10.3.4.1 dev v0': add({ dst: '10.3.4.1', type: 'local', oif: V0 }),
    'ip route add broadcast 10.3.5.255 dev v0': add({ dst: '10.3.5.255', type: 'broadcast', oif: V0 }),
    'ip route add multicast 239.0.0.0/8 dev v0': add({ dst: '239.0.0.0/8', type: 'multicast', oif: V0 }),
    'ip route add nat 10.3.6.0/24 via 10.0.0.2': add({ dst: '10.3.6.0/24', type: 'nat', via }),
    'ip route add unreachable default metric 4278198272': add({ type: 'unreachable', metric: 4278198272 }),
    'ip route del blackhole 10.3.0.0/24': route.delete({ dst: '10.3.0.0/24', type: 'blackhole' }),
  },
  'route/multipath': {
    'ip route add 10.4.0.0/24 nexthop via 10.0.0.2 dev v0 weight 1 nexthop via 10.1.0.2 dev v1 weight 10': add({
      dst: '10.4.0.0/24',
      multipath: [
        { via, oif: V0 },
        { via: '10.1.0.2', oif: V1, weight: 10 },
      ],
    }),
    'ip route add 10.4.1.0/24 nexthop via 10.0.0.2 nexthop dev v1': add({
      dst: '10.4.1.0/24',
      multipath: [{ via }, { oif: V1 }],
    }),
    'ip route add 10.4.2.0/24 nexthop via 10.99.0.2 dev v0 onlink weight 256 nexthop via inet6 fd01::2 dev v1': add({
      dst: '10.4.2.0/24',
      multipath: [
        { via: '10.99.0.2', oif: V0, flags: ['onlink'], weight: 256 },
        { via: 'fd01::2', oif: V1 },
      ],
    }),
    'ip route add default proto static metric 20 nexthop via 10.0.0.2 weight 3 nexthop via 10.1.0.2 weight 2': add({
      dst: 'default',
      protocol: 'static',
      metric: 20,
      multipath: [
        { via, weight: 3 },
        { via: '10.1.0.2', weight: 2 },
      ],
    }),
    'ip route add 10.4.3.0/24 mtu 1300 nexthop via 10.0.0.2 realm 3 nexthop via 10.1.0.2': add({
      dst: '10.4.3.0/24',
      metrics: { mtu: 1300 },
      multipath: [{ via, flow: 3 }, { via: '10.1.0.2' }],
    }),
    'ip route replace 10.4.1.0/24 nexthop via 10.0.0.3 nexthop via 10.1.0.3': replace({
      dst: '10.4.1.0/24',
      multipath: [{ via: '10.0.0.3' }, { via: '10.1.0.3' }],
    }),
    'ip route del 10.4.0.0/24': route.delete({ dst: '10.4.0.0/24' }),
  },
  'route/metrics': {
    'ip route add 10.5.0.0/24 via 10.0.0.2 mtu 1400': add({ dst: '10.5.0.0/24', via, metrics: { mtu: 1400 } }),
    'ip route add 10.5.1.0/24 via 10.0.0.2 mtu lock 1400 advmss 1360': add({
      dst: '10.5.1.0/24',
      via,
      metrics: { mtu: 1400, advmss: 1360, lock: ['mtu'] },
    }),
    'ip route add 10.5.2.0/24 via 10.0.0.2 rtt 100ms rttvar 50ms rto_min 200ms': add({
      dst: '10.5.2.0/24',
      via,
      metrics: { rtt: 100 * 8, rttvar: 50 * 4, rtoMin: 200, lock: ['rtoMin'] },
    }),
    'ip route add 10.5.3.0/24 via 10.0.0.2 window 65536 cwnd lock 10 ssthresh 20 initcwnd 30 initrwnd 40': add({
      dst: '10.5.3.0/24',
      via,
      metrics: { window: 65536, cwnd: 10, ssthresh: 20, initcwnd: 30, initrwnd: 40, lock: ['cwnd'] },
    }),
    'ip route add 10.5.4.0/24 via 10.0.0.2 hoplimit 64 quickack 1 features ecn fastopen_no_cookie 1': add({
      dst: '10.5.4.0/24',
      via,
      metrics: { hoplimit: 64, quickack: 1, features: ['ecn'], fastopenNoCookie: 1 },
    }),
    'ip route add 10.5.5.0/24 via 10.0.0.2 congctl reno': add({
      dst: '10.5.5.0/24',
      via,
      metrics: { ccAlgo: 'reno' },
    }),
    'ip route add 10.5.6.0/24 via 10.0.0.2 congctl lock cubic reordering 5': add({
      dst: '10.5.6.0/24',
      via,
      metrics: { ccAlgo: 'cubic', reordering: 5, lock: ['ccAlgo'] },
    }),
    'ip route add 10.5.7.0/24 via 10.0.0.2 mtu lock 1200 hoplimit lock 5 rtt lock 80ms': add({
      dst: '10.5.7.0/24',
      via,
      metrics: { mtu: 1200, hoplimit: 5, rtt: 80 * 8, lock: ['mtu', 'hoplimit', 'rtt'] },
    }),
  },
  'route/ipv6': {
    'ip -6 route add fd02::/64 via fd00::2': add({ dst: 'fd02::/64', via: 'fd00::2' }),
    'ip -6 route add fd02:1::/64 dev v0': add({ dst: 'fd02:1::/64', oif: V0 }),
    'ip -6 route add fd02:2::/64 via fd00::2 dev v0 metric 10 pref high': add({
      dst: 'fd02:2::/64',
      via: 'fd00::2',
      oif: V0,
      metric: 10,
      pref: 'high',
    }),
    'ip -6 route add fd02:3::/64 via fd00::2 pref low': add({ dst: 'fd02:3::/64', via: 'fd00::2', pref: 'low' }),
    'ip -6 route add fd02:4::/64 via fd00::2 expires 600': add({ dst: 'fd02:4::/64', via: 'fd00::2', expires: 600 }),
    'ip -6 route add fd02:5::/64 via fd00::2 src fd00::1 table 2000': add({
      dst: 'fd02:5::/64',
      via: 'fd00::2',
      prefsrc: 'fd00::1',
      table: 2000,
    }),
    'ip -6 route add fd02:6::1 via fe80::1 dev v0': add({ dst: 'fd02:6::1', via: 'fe80::1', oif: V0 }),
    'ip -6 route add fd02:7::/64 from fd00::/64 via fd00::2': add({
      dst: 'fd02:7::/64',
      src: 'fd00::/64',
      via: 'fd00::2',
    }),
    // With -6, ip says a default route's destination.
    'ip -6 route add default via fd00::2': add({ dst: '::/0', via: 'fd00::2' }),
    'ip -6 route add blackhole fd02:8::/64': add({ dst: 'fd02:8::/64', type: 'blackhole' }),
    'ip -6 route add unreachable fd02:9::/64 metric 5': add({ dst: 'fd02:9::/64', type: 'unreachable', metric: 5 }),
    'ip -6 route add prohibit fd02:a::/64': add({ dst: 'fd02:a::/64', type: 'prohibit' }),
    'ip -6 route add throw fd02:b::/64': add({ dst: 'fd02:b::/64', type: 'throw' }),
    'ip -6 route add fd02:c::/64 via fd00::2 mtu 1300 hoplimit 10 advmss 1200': add({
      dst: 'fd02:c::/64',
      via: 'fd00::2',
      metrics: { mtu: 1300, hoplimit: 10, advmss: 1200 },
    }),
    'ip -6 route add fd02:d::/64 nexthop via fd00::2 weight 1 nexthop via fd01::2 dev v1 weight 5': add({
      dst: 'fd02:d::/64',
      multipath: [
        { via: 'fd00::2', weight: 1 },
        { via: 'fd01::2', oif: V1, weight: 5 },
      ],
    }),
    'ip -6 route append fd02::/64 via fd00::3': append({ dst: 'fd02::/64', via: 'fd00::3' }),
    'ip -6 route replace fd02:1::/64 dev v1': replace({ dst: 'fd02:1::/64', oif: V1 }),
    'ip -6 route del fd02:1::/64': route.delete({ dst: 'fd02:1::/64' }),
  },
  'route/nhid': {
    'ip route add 10.7.0.0/24 nhid 1': add({ dst: '10.7.0.0/24', nhId: 1 }),
    'ip route add 10.7.1.0/24 nhid 3': add({ dst: '10.7.1.0/24', nhId: 3 }),
    'ip -6 route add fd07::/64 nhid 4': add({ dst: 'fd07::/64', nhId: 4 }),
    'ip route add 10.7.2.0/24 nhid 4': add({ dst: '10.7.2.0/24', nhId: 4 }),
    'ip route del 10.7.0.0/24 nhid 1': route.delete({ dst: '10.7.0.0/24', nhId: 1 }),
  },
}
