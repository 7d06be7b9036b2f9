import * as link from '../../../../src/rtnl/link/index.ts'
import { fromHex } from '../../../fixtures.ts'
import type { Commands } from './index.ts'

export const kinds: Commands = {
  ipvlan: {
    'ip link add ipv0 link v0 type ipvlan': link.add({ link: 3, name: 'ipv0', kind: 'ipvlan' }),
    'ip link add ipv1 link v2 type ipvlan mode l2 bridge': link.add({
      link: 5,
      name: 'ipv1',
      kind: 'ipvlan',
      data: { mode: 'l2', flags: [] },
    }),
    'ip link add ipv2 link v4 type ipvlan mode l3s private': link.add({
      link: 7,
      name: 'ipv2',
      kind: 'ipvlan',
      data: { mode: 'l3s', flags: ['private'] },
    }),
    'ip link add ipv3 link v2 type ipvlan mode l2': link.add({
      link: 5,
      name: 'ipv3',
      kind: 'ipvlan',
      data: { mode: 'l2', flags: [] },
    }),
    'ip link add ipvt0 link v0 type ipvtap mode l2': link.add({
      link: 3,
      name: 'ipvt0',
      kind: 'ipvtap',
      data: { mode: 'l2', flags: [] },
    }),
    'ip link set dev ipv1 type ipvlan mode l3 vepa': link.set({
      index: 9,
      kind: 'ipvlan',
      data: { mode: 'l3', flags: ['vepa'] },
    }),
    'ip link del ipv0': link.delete({ index: 8 }),
  },
  macvlan: {
    'ip link add mv0 link v0 type macvlan': link.add({ link: 3, name: 'mv0', kind: 'macvlan' }),
    'ip link add mv1 link v0 type macvlan mode private': link.add({
      link: 3,
      name: 'mv1',
      kind: 'macvlan',
      data: { mode: 'private' },
    }),
    'ip link add mv2 link v0 type macvlan mode vepa': link.add({
      link: 3,
      name: 'mv2',
      kind: 'macvlan',
      data: { mode: 'vepa' },
    }),
    'ip link add mv3 link v0 address 02:00:00:00:01:03 type macvlan mode bridge': link.add({
      address: '02:00:00:00:01:03',
      link: 3,
      name: 'mv3',
      kind: 'macvlan',
      data: { mode: 'bridge' },
    }),
    'ip link add mv4 link v2 type macvlan mode passthru flag nopromisc': link.add({
      link: 5,
      name: 'mv4',
      kind: 'macvlan',
      data: { mode: 'passthru', flags: ['nopromisc'] },
    }),
    'ip link add mv5 link v0 type macvlan mode source macaddr set 02:00:00:00:00:11 02:00:00:00:00:12': link.add({
      link: 3,
      name: 'mv5',
      kind: 'macvlan',
      data: {
        macaddrMode: 'set',
        macaddrData: { macaddr: ['02:00:00:00:00:11', '02:00:00:00:00:12'] },
        mode: 'source',
      },
    }),
    'ip link add mv6 link v0 type macvlan mode bridge bcqueuelen 5000': link.add({
      link: 3,
      name: 'mv6',
      kind: 'macvlan',
      data: { bcQueueLen: 5000, mode: 'bridge' },
    }),
    'ip link set dev mv5 type macvlan macaddr add 02:00:00:00:00:13': link.set({
      index: 11,
      kind: 'macvlan',
      data: { macaddrMode: 'add', macaddr: '02:00:00:00:00:13' },
    }),
    'ip link set dev mv5 type macvlan macaddr del 02:00:00:00:00:11': link.set({
      index: 11,
      kind: 'macvlan',
      data: { macaddrMode: 'del', macaddr: '02:00:00:00:00:11' },
    }),
    'ip link set dev mv5 type macvlan macaddr flush': link.set({
      index: 11,
      kind: 'macvlan',
      data: { macaddrMode: 'flush' },
    }),
    'ip link set dev mv6 type macvlan bcqueuelen 100': link.set({
      index: 12,
      kind: 'macvlan',
      data: { bcQueueLen: 100 },
    }),
    'ip link set dev mv1 type macvlan mode vepa': link.set({ index: 7, kind: 'macvlan', data: { mode: 'vepa' } }),
    'ip link set dev mv5 type macvlan flag nodst': link.set({ index: 11, kind: 'macvlan', data: { flags: ['nodst'] } }),
    'ip link del mv0': link.delete({ index: 6 }),
  },
  macvtap: {
    'ip link add mt0 link v0 type macvtap': link.add({ link: 3, name: 'mt0', kind: 'macvtap' }),
    'ip link add mt1 link v0 type macvtap mode bridge': link.add({
      link: 3,
      name: 'mt1',
      kind: 'macvtap',
      data: { mode: 'bridge' },
    }),
    'ip link add mt2 link v0 name mt2 type macvtap mode source macaddr add 02:00:00:00:00:21': link.add({
      link: 3,
      name: 'mt2',
      kind: 'macvtap',
      data: { macaddrMode: 'add', macaddr: '02:00:00:00:00:21', mode: 'source' },
    }),
    'ip link del mt0': link.delete({ index: 4 }),
  },
  netkit: {
    'ip link add nk0 type netkit': link.add({ name: 'nk0', kind: 'netkit' }),
    'ip link add nk1 mtu 1400 type netkit': link.add({ mtu: 1400, name: 'nk1', kind: 'netkit' }),
  },
  nlmon: {
    'ip link add nlm0 type nlmon': link.add({ name: 'nlm0', kind: 'nlmon' }),
    'ip link del nlm0': link.delete({ index: 2 }),
  },
  'other-kinds': {
    'ip link add hsr0 type hsr slave1 v0 slave2 v1 supervision 45 version 1': link.add({
      name: 'hsr0',
      kind: 'hsr',
      data: { slave1: 3, slave2: 2, multicastSpec: 45, version: 1 },
    }),
    'ip link add ms0 link v2 type macsec port 11 encrypt on cipher gcm-aes-256 send_sci on replay on window 64 validate strict':
      link.add({
        link: 6,
        name: 'ms0',
        kind: 'macsec',
        data: {
          port: 11,
          encrypt: true,
          incSci: true,
          validation: 'strict',
          cipherSuite: 36242102291529730n,
          window: 64,
          replayProtect: true,
        },
      }),
    'ip link add bu0 type bareudp dstport 6635 ethertype mpls_uc multiproto': link.add({
      name: 'bu0',
      kind: 'bareudp',
      data: { port: 6635, ethertype: 34887, multiprotoMode: true },
    }),
    'ip link add amt0 type amt discovery 10.0.0.9 mode gateway local 10.0.0.1 dev v0': link.add({
      name: 'amt0',
      kind: 'amt',
      data: fromHex('080007000a0000090800010000000000080005000a0000010800040003000000'),
    }),
    'ip link add gtp0 type gtp role sgsn hsize 1024': link.add({
      name: 'gtp0',
      kind: 'gtp',
      data: fromHex('050005000100000008000400010000000800030000040000'),
    }),
    'ip link add vcan0 type vcan': link.add({ name: 'vcan0', kind: 'vcan' }),
    'ip link add vxcan0 type vxcan peer name vxcan1': link.add({
      name: 'vxcan0',
      kind: 'vxcan',
      data: { peer: { name: 'vxcan1' } },
    }),
    'ip link add team0 type team': link.add({ name: 'team0', kind: 'team' }),
    'ip link add nsim0 type netdevsim': link.add({ name: 'nsim0', kind: 'netdevsim' }),
    'ip link add batadv0 type batadv': link.add({ name: 'batadv0', kind: 'batadv' }),
  },
  vrf: {
    'ip link add vrf0 type vrf table 100': link.add({ name: 'vrf0', kind: 'vrf', data: { table: 100 } }),
    'ip link add vrf1 type vrf table 70000': link.add({ name: 'vrf1', kind: 'vrf', data: { table: 70000 } }),
    'ip link set v0 up': link.set({ index: 3, up: true }),
    'ip link set vrf0 up': link.set({ index: 4, up: true }),
    'ip link set v0 master vrf0': link.set({ index: 3, master: 4 }),
    'ip link set v1 vrf vrf1': link.set({ index: 2, master: 5 }),
    'ip link del vrf0': link.delete({ index: 4 }),
  },
  wireguard: {
    'ip link add wg0 type wireguard': link.add({ name: 'wg0', kind: 'wireguard' }),
    'ip link add wg1 mtu 1420 type wireguard': link.add({ mtu: 1420, name: 'wg1', kind: 'wireguard' }),
  },
}
