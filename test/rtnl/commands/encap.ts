import { route } from '../../../src/rtnl/index.ts'
import { fromHex } from '../../fixtures.ts'
import type { Commands } from './index.ts'

const LO = 1
const V0 = 3
const { add } = route
const via = '10.0.0.2'

export const encapCommands: Commands = {
  'route/encap': {
    'ip route add 10.6.0.0/24 encap mpls 100 via 10.0.0.2': add({
      dst: '10.6.0.0/24',
      encapType: 'mpls',
      encap: { dst: '100' },
      via,
    }),
    'ip route add 10.6.1.0/24 encap mpls 100/200/300 ttl 50 via 10.0.0.2 dev v0': add({
      dst: '10.6.1.0/24',
      encapType: 'mpls',
      encap: { dst: '100/200/300', ttl: 50 },
      via,
      oif: V0,
    }),
    'ip route add 10.6.2.0/24 encap ip id 7 dst 192.0.2.9 src 192.0.2.1 ttl 9 tos 4 via 10.0.0.2': add({
      dst: '10.6.2.0/24',
      encapType: 'ip',
      encap: { id: 7, dst: '192.0.2.9', src: '192.0.2.1', ttl: 9, tos: 4 },
      via,
    }),
    'ip route add 10.6.3.0/24 encap ip id 8 dst 192.0.2.9 key csum dev v0': add({
      dst: '10.6.3.0/24',
      encapType: 'ip',
      encap: { id: 8, dst: '192.0.2.9', flags: ['key', 'csum'] },
      oif: V0,
    }),
    'ip route add 10.6.4.0/24 encap ip6 id 9 dst fd09::1 src fd09::2 hoplimit 9 tc 4 dev v0': add({
      dst: '10.6.4.0/24',
      encapType: 'ip6',
      encap: { id: 9, dst: 'fd09::1', src: 'fd09::2', hoplimit: 9, tc: 4 },
      oif: V0,
    }),
    'ip -6 route add fd06::/64 encap seg6 mode encap segs fd07::1,fd07::2 dev v0': add({
      dst: 'fd06::/64',
      encapType: 'seg6',
      encap: { srh: { mode: 'encap', segments: ['fd07::2', 'fd07::1'] } },
      oif: V0,
    }),
    // The place of the final destination stays empty: each packet brings its own.
    'ip -6 route add fd06:1::/64 encap seg6 mode inline segs fd07::1 dev v0': add({
      dst: 'fd06:1::/64',
      encapType: 'seg6',
      encap: { srh: { mode: 'inline', segments: ['::', 'fd07::1'] } },
      oif: V0,
    }),
    'ip -6 route add fd06:2::/64 encap seg6 mode l2encap segs fd07::3 dev v0': add({
      dst: 'fd06:2::/64',
      encapType: 'seg6',
      encap: { srh: { mode: 'l2encap', segments: ['fd07::3'] } },
      oif: V0,
    }),
    'ip -6 route add fd06:3::1/128 encap seg6local action End dev v0': local(1, { action: 'End' }),
    'ip -6 route add fd06:3::2/128 encap seg6local action End.X nh6 fd00::2 dev v0': local(2, {
      action: 'End.X',
      nh6: 'fd00::2',
    }),
    'ip -6 route add fd06:3::3/128 encap seg6local action End.T table 100 dev v0': local(3, {
      action: 'End.T',
      table: 100,
    }),
    'ip -6 route add fd06:3::4/128 encap seg6local action End.DX4 nh4 10.0.0.2 dev v0': local(4, {
      action: 'End.DX4',
      nh4: '10.0.0.2',
    }),
    'ip -6 route add fd06:3::5/128 encap seg6local action End.DT6 table 100 dev v0': local(5, {
      action: 'End.DT6',
      table: 100,
    }),
    'ip -6 route add fd06:3::6/128 encap seg6local action End.B6.Encaps srh segs fd07::1,fd07::2 dev v0': local(6, {
      action: 'End.B6.Encaps',
      srh: { segments: ['fd07::2', 'fd07::1'] },
    }),
    'ip -6 route add fd06:3::7/128 encap seg6local action End count dev v0': local(7, {
      action: 'End',
      counters: { packets: 0, bytes: 0, errors: 0 },
    }),
    'ip -6 route add fd06:4::/64 encap rpl segs fd07::1,fd07::2 dev v0': add({
      dst: 'fd06:4::/64',
      encapType: 'rpl',
      encap: { srh: fromHex('0004030200000000fd070000000000000000000000000002fd070000000000000000000000000001') },
      oif: V0,
    }),
    'ip -6 route add fd06:5::/64 encap ioam6 mode encap tundst fd07::9 trace prealloc type 0x800000 ns 1 size 12 dev v0':
      add({
        dst: 'fd06:5::/64',
        encapType: 'ioam6',
        encap: { freqK: 1, freqN: 1, mode: 'encap', dst: 'fd07::9', trace: fromHex('0001000380000000') },
        oif: V0,
      }),
    // ip takes the second dev for the tunnel's too.
    'ip -6 route add fd06:6::/64 encap xfrm if_id 5 link_dev v0 dev v0': add({
      dst: 'fd06:6::/64',
      encapType: 'xfrm',
      encap: { ifId: 5, link: V0 },
    }),
    'ip route add 10.6.8.0/24 nexthop encap mpls 300 via 10.0.0.2 weight 2 nexthop encap mpls 301 via 10.1.0.2': add({
      dst: '10.6.8.0/24',
      multipath: [
        { encapType: 'mpls', encap: { dst: '300' }, via, weight: 2 },
        { encapType: 'mpls', encap: { dst: '301' }, via: '10.1.0.2' },
      ],
    }),
    'ip route add 10.6.9.0/24 encap mpls 100 ttl-propagate disabled via 10.0.0.2': add({
      dst: '10.6.9.0/24',
      encapType: 'mpls',
      encap: { dst: '100' },
      ttlPropagate: 0,
      via,
    }),
    'ip -f mpls route add 100 via inet 10.0.0.2': add({ dst: '100', via }),
    'ip -f mpls route add 101 as 200/201 via inet6 fd00::2 dev v0': add({
      dst: '101',
      newdst: '200/201',
      via: 'fd00::2',
      oif: V0,
    }),
    'ip -f mpls route add 102 dev lo': add({ dst: '102', oif: LO }),
    'ip -f mpls route add 103 nexthop as to 300 via inet 10.0.0.2 nexthop as to 301 via inet 10.1.0.2': add({
      dst: '103',
      multipath: [
        { newdst: '300', via },
        { newdst: '301', via: '10.1.0.2' },
      ],
    }),
    'ip -f mpls route add 104 via inet 10.0.0.2 ttl-propagate enabled': add({ dst: '104', via, ttlPropagate: 1 }),
    'ip -f mpls route del 100': route.delete({ dst: '100' }),
  },
  'route/encap-options': {
    'ip route add 10.6.5.0/24 encap ip id 10 dst 192.0.2.9 geneve_opts 0:1:12345678 dev v0': add({
      dst: '10.6.5.0/24',
      encapType: 'ip',
      encap: {
        id: 10,
        dst: '192.0.2.9',
        opts: { geneve: [{ class: 0, type: 1, data: fromHex('12345678') }] },
      },
      oif: V0,
    }),
    'ip route add 10.6.6.0/24 encap ip id 11 dst 192.0.2.9 vxlan_opts 5 dev v0': add({
      dst: '10.6.6.0/24',
      encapType: 'ip',
      encap: { id: 11, dst: '192.0.2.9', opts: { vxlan: { gbp: 5 } } },
      oif: V0,
    }),
    'ip route add 10.6.7.0/24 encap ip id 12 dst 192.0.2.9 erspan_opts 1:2:0:0 dev v0': add({
      dst: '10.6.7.0/24',
      encapType: 'ip',
      encap: {
        id: 12,
        dst: '192.0.2.9',
        opts: { erspan: { version: 1, index: 2, direction: 0, hardwareId: 0 } },
      },
      oif: V0,
    }),
  },
}

type Local = NonNullable<Extract<route.RouteInput, { encapType: 'seg6local' }>['encap']>

function local(last: number, encap: Local) {
  return add({ dst: `fd06:3::${last}/128`, encapType: 'seg6local', encap, oif: V0 })
}
