import * as link from '../../../../src/rtnl/link/index.ts'
import type { Commands } from './index.ts'

export const vxlan: Commands = {
  vxlan: {
    'ip link add vx0 type vxlan id 42': link.add({ name: 'vx0', kind: 'vxlan', data: { id: 42, learning: true } }),
    'ip link add vx1 type vxlan id 100 group 239.1.1.1 dev v0 dstport 4789': link.add({
      name: 'vx1',
      kind: 'vxlan',
      data: { link: 3, id: 100, group: '239.1.1.1', learning: true, port: 4789 },
    }),
    'ip link add vx2 type vxlan id 101 remote 10.0.0.2 local 10.0.0.1 dstport 4789 ttl 64 tos 8 df set': link.add({
      name: 'vx2',
      kind: 'vxlan',
      data: { ttl: 64, tos: 8, df: 'set', id: 101, local: '10.0.0.1', group: '10.0.0.2', learning: true, port: 4789 },
    }),
    'ip link add vx3 type vxlan id 102 remote fd00::2 local fd00::1 dev v0 dstport 8472 flowlabel 0x12345 udp6zerocsumtx udp6zerocsumrx':
      link.add({
        name: 'vx3',
        kind: 'vxlan',
        data: {
          link: 3,
          label: 74565,
          udpZeroCsum6Tx: true,
          udpZeroCsum6Rx: true,
          id: 102,
          local6: 'fd00::1',
          group6: 'fd00::2',
          learning: true,
          port: 8472,
        },
      }),
    'ip link add vx4 type vxlan id 103 group ff05::100 dev v0 dstport 4790 ttl auto tos inherit': link.add({
      name: 'vx4',
      kind: 'vxlan',
      data: { link: 3, ttl: 0, tos: 1, id: 103, group6: 'ff05::100', learning: true, port: 4790 },
    }),
    'ip link add vx5 type vxlan id 104 dstport 4791 srcport 30000 40000 nolearning proxy rsc l2miss l3miss ageing 300 maxaddress 1000 noudpcsum':
      link.add({
        name: 'vx5',
        kind: 'vxlan',
        data: {
          portRange: { low: 30000, high: 40000 },
          proxy: true,
          rsc: true,
          l2miss: true,
          l3miss: true,
          ageing: 300,
          limit: 1000,
          udpCsum: false,
          id: 104,
          learning: false,
          port: 4791,
        },
      }),
    'ip link add vx6 type vxlan id 105 dstport 4792 noudp6zerocsumtx noudp6zerocsumrx remcsumtx remcsumrx gbp udpcsum':
      link.add({
        name: 'vx6',
        kind: 'vxlan',
        data: {
          udpZeroCsum6Tx: false,
          udpZeroCsum6Rx: false,
          remcsumTx: true,
          remcsumRx: true,
          gbp: true,
          udpCsum: true,
          id: 105,
          learning: true,
          port: 4792,
        },
      }),
    'ip link add vx7 type vxlan dstport 4793 external': link.add({
      name: 'vx7',
      kind: 'vxlan',
      data: { collectMetadata: true, learning: false, port: 4793 },
    }),
    'ip link add vx8 type vxlan dstport 4794 external gpe': link.add({
      name: 'vx8',
      kind: 'vxlan',
      data: { collectMetadata: true, gpe: true, learning: false, port: 4794 },
    }),
    'ip link add vx9 type vxlan dstport 4795 external vnifilter': link.add({
      name: 'vx9',
      kind: 'vxlan',
      data: { collectMetadata: true, vnifilter: true, learning: false, port: 4795 },
    }),
    'ip link add vx10 type vxlan id 106 dstport 4796 ttl inherit df inherit remote 10.0.0.3': link.add({
      name: 'vx10',
      kind: 'vxlan',
      data: { ttlInherit: true, df: 'inherit', id: 106, group: '10.0.0.3', learning: true, port: 4796 },
    }),
    'ip link set dev vx1 type vxlan ageing 100 ttl 5': link.set({
      index: 5,
      kind: 'vxlan',
      data: { ageing: 100, ttl: 5 },
    }),
    'ip link set dev vx1 type vxlan id 100 group 239.1.1.2 dev v0': link.set({
      index: 5,
      kind: 'vxlan',
      data: { link: 3, id: 100, group: '239.1.1.2' },
    }),
    'ip link del vx10': link.delete({ index: 14 }),
  },
  geneve: {
    'ip link add gnv0 type geneve id 5 remote 10.0.0.2': link.add({
      name: 'gnv0',
      kind: 'geneve',
      data: { id: 5, remote: '10.0.0.2', label: 0, ttl: 0, tos: 0 },
    }),
    'ip link add gnv1 type geneve id 6 remote fd00::2 ttl 64 tos 8 flowlabel 0x54321 udp6zerocsumtx noudp6zerocsumrx dstport 6082':
      link.add({
        name: 'gnv1',
        kind: 'geneve',
        data: {
          id: 6,
          remote6: 'fd00::2',
          label: 344865,
          ttl: 64,
          tos: 8,
          port: 6082,
          udpZeroCsum6Tx: true,
          udpZeroCsum6Rx: false,
        },
      }),
    'ip link add gnv2 type geneve external dstport 6083': link.add({
      name: 'gnv2',
      kind: 'geneve',
      data: { id: 0, label: 0, ttl: 0, tos: 0, port: 6083, collectMetadata: true },
    }),
    'ip link add gnv3 type geneve id 7 remote 10.0.0.3 ttl inherit df set noudpcsum dstport 6084': link.add({
      name: 'gnv3',
      kind: 'geneve',
      data: {
        ttlInherit: true,
        df: 'set',
        id: 7,
        remote: '10.0.0.3',
        label: 0,
        ttl: 0,
        tos: 0,
        port: 6084,
        udpCsum: false,
      },
    }),
    'ip link add gnv4 type geneve id 8 remote 10.0.0.4 innerprotoinherit dstport 6085': link.add({
      name: 'gnv4',
      kind: 'geneve',
      data: { id: 8, remote: '10.0.0.4', label: 0, ttl: 0, tos: 0, port: 6085, innerProtoInherit: true },
    }),
    'ip link set dev gnv0 type geneve id 5 remote 10.0.0.5 ttl 10': link.set({
      index: 2,
      kind: 'geneve',
      data: { id: 5, remote: '10.0.0.5', ttl: 10 },
    }),
    'ip link del gnv0': link.delete({ index: 2 }),
  },
}
