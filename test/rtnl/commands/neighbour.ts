import { neighbour } from '../../../src/rtnl/index.ts'
import type { Commands } from './index.ts'

const V0 = 3
const BR0 = 4
const V2 = 6
const VX0 = 7
const VX1 = 8
const { add, append, change, replace } = neighbour
const station = (last: string) => `02:00:00:00:00:${last}`

export const neighbourCommands: Commands = {
  'neighbour/neighbours': {
    'ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev v0': add({ dst: '10.0.0.2', lladdr: station('02'), index: V0 }),
    'ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:03 dev v0 nud reachable': add({
      dst: '10.0.0.3',
      lladdr: station('03'),
      index: V0,
      state: ['reachable'],
    }),
    'ip neigh add 10.0.0.4 lladdr 02:00:00:00:00:04 nud stale dev v0': add({
      dst: '10.0.0.4',
      lladdr: station('04'),
      index: V0,
      state: ['stale'],
    }),
    'ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 nud noarp dev v0': add({
      dst: '10.0.0.5',
      lladdr: station('05'),
      index: V0,
      state: ['noarp'],
    }),
    'ip neigh add 10.0.0.6 dev v0 nud none': add({ dst: '10.0.0.6', index: V0, state: [] }),
    'ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev v0 nud permanent protocol static': add({
      dst: '10.0.0.7',
      lladdr: station('07'),
      index: V0,
      protocol: 'static',
    }),
    'ip neigh add 10.0.0.8 lladdr 02:00:00:00:00:08 dev v0 nud delay': add({
      dst: '10.0.0.8',
      lladdr: station('08'),
      index: V0,
      state: ['delay'],
    }),
    'ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0 nud probe': add({
      dst: '10.0.0.9',
      lladdr: station('09'),
      index: V0,
      state: ['probe'],
    }),
    'ip neigh add 10.0.0.10 lladdr 02:00:00:00:00:10 dev v0 extern_learn': add({
      dst: '10.0.0.10',
      lladdr: station('10'),
      index: V0,
      flags: ['ext-learned'],
    }),
    'ip neigh add 10.0.0.11 dev v0 use': add({ dst: '10.0.0.11', index: V0, flags: ['use'] }),
    'ip neigh add 10.0.0.12 dev v0 managed': add({ dst: '10.0.0.12', index: V0, flagsExt: ['managed'] }),
    'ip neigh change 10.0.0.2 lladdr 02:00:00:00:00:22 dev v0': change({
      dst: '10.0.0.2',
      lladdr: station('22'),
      index: V0,
    }),
    'ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:23 dev v0 nud stale': replace({
      dst: '10.0.0.2',
      lladdr: station('23'),
      index: V0,
      state: ['stale'],
    }),
    'ip neigh replace 10.0.0.20 lladdr 02:00:00:00:00:20 dev v0': replace({
      dst: '10.0.0.20',
      lladdr: station('20'),
      index: V0,
    }),
    'ip neigh add fd00::2 lladdr 02:00:00:00:00:62 dev v0': add({ dst: 'fd00::2', lladdr: station('62'), index: V0 }),
    'ip neigh add fd00::3 lladdr 02:00:00:00:00:63 dev v0 router': add({
      dst: 'fd00::3',
      lladdr: station('63'),
      index: V0,
      flags: ['router'],
    }),
    'ip neigh add proxy 10.0.0.30 dev v0': add({ dst: '10.0.0.30', index: V0, flags: ['proxy'] }),
    'ip neigh add proxy fd00::30 dev v0 router protocol 99': add({
      dst: 'fd00::30',
      index: V0,
      flags: ['proxy', 'router'],
      protocol: 99,
    }),
    'ip neigh del 10.0.0.2 dev v0': neighbour.delete({ dst: '10.0.0.2', index: V0 }),
    'ip neigh del proxy 10.0.0.30 dev v0': neighbour.delete({ dst: '10.0.0.30', index: V0, flags: ['proxy'] }),
    'ip ntable change name arp_cache dev v0 base_reachable 30001 retrans 1001 queue 50 locktime 999':
      neighbour.changeTable({
        name: 'arp_cache',
        parms: { ifindex: V0, baseReachableTime: 30001, retransTime: 1001, queueLen: 50, locktime: 999 },
      }),
    'ip ntable change name arp_cache thresh1 100': neighbour.changeTable({ name: 'arp_cache', thresh1: 100 }),
  },
  'neighbour/fdb': {
    'bridge fdb add 02:00:00:00:00:f0 dev v2 master': add({ lladdr: station('f0'), index: V2, flags: ['master'] }),
    'bridge fdb add 02:00:00:00:00:f1 dev v2 master static': add({
      lladdr: station('f1'),
      index: V2,
      flags: ['master'],
      state: ['noarp', 'reachable'],
    }),
    'bridge fdb add 02:00:00:00:00:f2 dev v2 master dynamic': add({
      lladdr: station('f2'),
      index: V2,
      flags: ['master'],
      state: ['reachable'],
    }),
    'bridge fdb add 02:00:00:00:00:f3 dev v2 master temp sticky': add({
      lladdr: station('f3'),
      index: V2,
      flags: ['master', 'sticky'],
      state: ['noarp', 'reachable'],
    }),
    'bridge fdb add 02:00:00:00:00:f4 dev br0 self local': add({ lladdr: station('f4'), index: BR0 }),
    'bridge fdb add 02:00:00:00:00:f5 dev v2 master extern_learn': add({
      lladdr: station('f5'),
      index: V2,
      flags: ['master', 'ext-learned'],
    }),
    'bridge fdb add 02:00:00:00:00:f6 dev vx0 dst 10.0.0.9': add({
      family: 'bridge',
      lladdr: station('f6'),
      index: VX0,
      dst: '10.0.0.9',
    }),
    'bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.9': append({
      family: 'bridge',
      lladdr: '00:00:00:00:00:00',
      index: VX0,
      dst: '10.0.0.9',
    }),
    'bridge fdb add 02:00:00:00:00:f9 dev vx0 dst 10.0.0.9 port 4791 vni 78 via v0': add({
      family: 'bridge',
      lladdr: station('f9'),
      index: VX0,
      dst: '10.0.0.9',
      port: 4791,
      vni: 78,
      ifindex: V0,
    }),
    'bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.10 port 4790 vni 77 via v0': append({
      family: 'bridge',
      lladdr: '00:00:00:00:00:00',
      index: VX0,
      dst: '10.0.0.10',
      port: 4790,
      vni: 77,
      ifindex: V0,
    }),
    'bridge fdb add 02:00:00:00:00:f7 dev vx1 dst 10.0.0.9 src_vni 1000 vni 2000': add({
      family: 'bridge',
      lladdr: station('f7'),
      index: VX1,
      dst: '10.0.0.9',
      srcVni: 1000,
      vni: 2000,
    }),
    'bridge fdb add 02:00:00:00:00:f8 dev vx0 nhid 12': add({ lladdr: station('f8'), index: VX0, nhId: 12 }),
    'bridge fdb replace 02:00:00:00:00:f6 dev vx0 dst 10.0.0.19': replace({
      family: 'bridge',
      lladdr: station('f6'),
      index: VX0,
      dst: '10.0.0.19',
    }),
    'bridge fdb del 02:00:00:00:00:f0 dev v2 master': neighbour.delete({
      lladdr: station('f0'),
      index: V2,
      flags: ['master'],
    }),
    'bridge fdb del 00:00:00:00:00:00 dev vx0 dst 10.0.0.9': neighbour.delete({
      family: 'bridge',
      lladdr: '00:00:00:00:00:00',
      index: VX0,
      dst: '10.0.0.9',
    }),
  },
}
