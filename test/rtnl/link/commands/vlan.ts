import * as link from '../../../../src/rtnl/link/index.ts'
import type { Commands } from './index.ts'

export const vlan: Commands = {
  vlan: {
    'ip link add link v0 name v0.10 type vlan id 10': link.add({
      link: 3,
      name: 'v0.10',
      kind: 'vlan',
      data: { id: 10 },
    }),
    'ip link add v0.20 link v0 type vlan protocol 802.1ad id 20 reorder_hdr off gvrp off loose_binding on': link.add({
      link: 3,
      name: 'v0.20',
      kind: 'vlan',
      data: {
        protocol: '8021ad',
        id: 20,
        flags: { flags: ['loose-binding'], mask: ['reorder-hdr', 'gvrp', 'loose-binding'] },
      },
    }),
    'ip link add v0.30 link v0 type vlan id 30 ingress-qos-map 0:1 2:5 egress-qos-map 1:2 3:4 7:7': link.add({
      link: 3,
      name: 'v0.30',
      kind: 'vlan',
      data: {
        id: 30,
        ingressQos: {
          mapping: [
            { from: 0, to: 1 },
            { from: 2, to: 5 },
          ],
        },
        egressQos: {
          mapping: [
            { from: 1, to: 2 },
            { from: 3, to: 4 },
            { from: 7, to: 7 },
          ],
        },
      },
    }),
    'ip link add v0.40 link v0 type vlan id 40 gvrp on': link.add({
      link: 3,
      name: 'v0.40',
      kind: 'vlan',
      data: { id: 40, flags: { flags: ['gvrp'], mask: ['gvrp'] } },
    }),
    'ip link add v0.41 link v0 type vlan id 41 mvrp on': link.add({
      link: 3,
      name: 'v0.41',
      kind: 'vlan',
      data: { id: 41, flags: { flags: ['mvrp'], mask: ['mvrp'] } },
    }),
    'ip link add v0.42 link v0 type vlan id 42 bridge_binding on': link.add({
      link: 3,
      name: 'v0.42',
      kind: 'vlan',
      data: { id: 42, flags: { flags: ['bridge-binding'], mask: ['bridge-binding'] } },
    }),
    'ip link set dev v0.30 type vlan egress-qos-map 5:6': link.set({
      index: 6,
      kind: 'vlan',
      data: { egressQos: { mapping: [{ from: 5, to: 6 }] } },
    }),
    'ip link set dev v0.10 type vlan reorder_hdr off': link.set({
      index: 4,
      kind: 'vlan',
      data: { flags: { flags: [], mask: ['reorder-hdr'] } },
    }),
    'ip link set v0.10 up': link.set({ index: 4, up: true }),
    'ip link add v0.10.5 link v0.10 type vlan id 5': link.add({
      link: 4,
      name: 'v0.10.5',
      kind: 'vlan',
      data: { id: 5 },
    }),
    'ip link del v0.10': link.delete({ index: 4 }),
  },
}
