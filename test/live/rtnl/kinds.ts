import { expect } from 'vitest'
import type { LinkSettings } from '../../../src/rtnl/link/index.ts'

/** The index of the link that others are put on. */
export const BELOW = 100

/** Settings of new links, and what the kernel then says of the kind's data where that is not what was given. */
export const kinds: readonly (readonly [settings: LinkSettings, said?: object])[] = [
  [{ kind: 'dummy' }],
  [{ kind: 'ifb', numTxQueues: 2 }],
  [{ kind: 'nlmon' }],
  [{ kind: 'wireguard' }],
  [{ kind: 'veth', mtu: 1400, address: '02:00:00:00:00:01', data: { peer: { name: 'x1', mtu: 1300 } } }, {}],
  [
    {
      kind: 'bridge',
      data: {
        stpState: 'kernel',
        priority: 100,
        ageingTime: 10000,
        mcastSnooping: false,
        mcastRouter: 'permanent',
        groupAddr: '01:80:c2:00:00:04',
        multiBoolopt: { optval: ['no-ll-learn'], optmask: ['no-ll-learn'] },
      },
    },
    {
      stpState: 'kernel',
      priority: 100,
      ageingTime: 10000,
      mcastSnooping: false,
      mcastRouter: 'permanent',
      groupAddr: '01:80:c2:00:00:04',
      bridgeId: { prio: 100, addr: expect.any(String) },
      multiBoolopt: { optval: ['no-ll-learn'], optmask: expect.arrayContaining(['no-ll-learn']) },
    },
  ],
  [
    {
      kind: 'vlan',
      link: BELOW,
      data: { id: 10, protocol: '8021ad', flags: { flags: ['gvrp'], mask: ['gvrp'] } },
    },
    { id: 10, protocol: '8021ad', flags: { flags: ['reorder-hdr', 'gvrp'] } },
  ],
  [{ kind: 'vlan', link: BELOW, data: { id: 11, egressQos: { mapping: [{ from: 1, to: 2 }] } } }],
  [{ kind: 'macvlan', link: BELOW, data: { mode: 'source', flags: ['nodst'] } }],
  [{ kind: 'macvtap', link: BELOW, data: { mode: 'bridge' } }],
  [{ kind: 'ipvlan', link: BELOW, data: { mode: 'l3s', flags: ['vepa'] } }],
  [{ kind: 'ipvtap', link: BELOW, data: { mode: 'l2', flags: ['private'] } }],
  [{ kind: 'vrf', data: { table: 70000 } }],
  [
    {
      kind: 'vxlan',
      data: {
        id: 42,
        group: '10.0.0.2',
        local: '10.0.0.1',
        port: 4789,
        ttl: 64,
        df: 'set',
        portRange: { low: 30000, high: 40000 },
        learning: false,
      },
    },
  ],
  [{ kind: 'vxlan', data: { id: 43, group6: 'fd00::2', port: 4789, label: 0x12345, ttlInherit: true } }],
  [{ kind: 'vxlan', data: { collectMetadata: true, gbp: true, port: 4790 } }],
  [{ kind: 'geneve', data: { id: 5, remote: '10.0.0.2', ttlInherit: true, df: 'set', port: 6082 } }],
  [{ kind: 'geneve', data: { collectMetadata: true, port: 6083 } }],
  [
    {
      kind: 'gre',
      data: {
        local: '10.0.0.1',
        remote: '10.0.0.2',
        ikey: 5,
        okey: 6,
        iflags: ['key', 'csum'],
        oflags: ['key'],
        ttl: 64,
        pmtudisc: true,
      },
    },
    { local: '10.0.0.1', remote: '10.0.0.2', ikey: 5, okey: 6, iflags: ['key', 'csum'], oflags: ['key'], ttl: 64 },
  ],
  [
    {
      kind: 'gretap',
      data: { remote: '10.0.0.2', okey: 7, oflags: ['key'], tos: 1, encapDport: 5555, encapFlags: ['csum', 'remcsum'] },
    },
  ],
  [
    {
      kind: 'erspan',
      data: {
        local: '10.0.0.1',
        remote: '10.0.0.2',
        iflags: ['seq', 'key'],
        oflags: ['seq', 'key'],
        ikey: 9,
        okey: 9,
        erspanVer: 2,
        erspanDir: 'egress',
        erspanHwid: 17,
      },
    },
  ],
  [
    {
      kind: 'ip6gre',
      data: {
        local: 'fd00::1',
        remote: 'fd00::2',
        flowinfo: 0x12345,
        flags: ['rcv-dscp-copy'],
        encapLimit: 4,
        ttl: 64,
      },
    },
    { flowinfo: 0x12345, flags: expect.arrayContaining(['rcv-dscp-copy']), encapLimit: 4, ttl: 64 },
  ],
  [{ kind: 'ip6gretap', data: { collectMetadata: true } }],
  [{ kind: 'ipip', data: { local: '10.0.0.1', remote: '10.0.0.2', ttl: 64, proto: 4, pmtudisc: true } }],
  [{ kind: 'sit', data: { local: '10.0.0.1', flags: ['isatap'] } }],
  [
    { kind: 'ip6tnl', data: { local: 'fd00::1', remote: 'fd00::2', proto: 41, flags: ['ign-encap-limit'], ttl: 10 } },
    { proto: 41, flags: expect.arrayContaining(['ign-encap-limit']), ttl: 10 },
  ],
  [{ kind: 'vti', data: { local: '10.0.0.1', remote: '10.0.0.2', ikey: 1, okey: 2, fwmark: 9 } }],
  [{ kind: 'vti6', data: { local: 'fd00::1', remote: 'fd00::2', ikey: 1, okey: 2 } }],
  [
    {
      kind: 'bond',
      data: {
        mode: 'active-backup',
        arpInterval: 1000,
        arpIpTarget: ['10.0.0.1', '10.0.0.2'],
        arpValidate: 'all',
        missedMax: 5,
      },
    },
  ],
  [{ kind: 'bond', data: { mode: '802.3ad', miimon: 100, adLacpRate: 'fast', xmitHashPolicy: 'vlan+srcmac' } }],
  [{ kind: 'bond', data: { mode: 'active-backup', arpInterval: 1000, nsIp6Target: ['fd00::1', 'fd00::2'] } }],
  [{ kind: 'netkit', data: { mode: 'l3', policy: 'forward', peerPolicy: 'blackhole' } }],
]
