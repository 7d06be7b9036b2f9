import { describe, expect, test } from 'vitest'
import { CommandFailure, dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/link/index.ts'
import { encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

const links = [
  { index: 1, name: 'lo' },
  { index: 2, name: 'v0', address: '02:00:00:00:00:01' },
]

/** What is sent of the kind after `ip link add x`. */
async function dataOf(words: string, tables: Readonly<Record<string, readonly unknown[]>> = {}) {
  const session = testSession({}, links, tables)
  await dispatch(command, session, new Words(words.split(' ')))
  const request = session.changes[0]!
  expect(() => encodeRequest(request)).not.toThrow()
  const { linkinfo } = request.value as { linkinfo: { kind: string; data?: object; slaveData?: object } }
  return { kind: linkinfo.kind, data: linkinfo.data ?? linkinfo.slaveData }
}

const noEncap = { encapType: 'none', encapFlags: [], encapSport: 0, encapDport: 0 }
const noFlags = { ikey: 0, okey: 0, iflags: [], oflags: [] }
const gre = { ...noFlags, pmtudisc: true, tos: 0, ttl: 0, fwmark: 0, ...noEncap }
const outer6 = { ttl: 64, encapLimit: 4, flowinfo: 0, flags: [], fwmark: 0 }
const encap6 = { ...noEncap, encapFlags: ['csum6'] }
const ipip = { proto: 0, pmtudisc: true, tos: 0, ttl: 0, link: 0, fwmark: 0, ...noEncap }

describe('what ip link sends of each kind', () => {
  test.each([
    ['dummy', undefined],
    ['dummy passed over', {}],
    [
      'bond mode 1 miimon 100 arp_ip_target 10.0.0.1,10.0.0.2 primary v0 lacp_active on',
      {
        mode: 'active-backup',
        miimon: 100,
        arpIpTarget: ['10.0.0.1', '10.0.0.2'],
        primary: 2,
        adLacpActive: true,
      },
    ],
    ['bond clear num_u 3 ns_ip6_target fd00::1', { activeSlave: 0, numPeerNotif: 3, nsIp6Target: ['fd00::1'] }],
    [
      'geneve id 5 remote 10.0.0.1 ttl inherit df set',
      { id: 5, remote: '10.0.0.1', ttl: 0, ttlInherit: true, df: 'set', label: 0, tos: 0 },
    ],
    ['geneve external', { id: 0, collectMetadata: true, label: 0, ttl: 0, tos: 0 }],
    ['geneve id 6 remote fd00::1', { id: 6, remote6: 'fd00::1', label: 0, ttl: 0, tos: 0 }],
    ['gre ttl 5 remote 10.0.0.2', { ...gre, ttl: 5, remote: '10.0.0.2' }],
    [
      'gre key 1.2.3.4 oseq icsum',
      { ...gre, ikey: 0x01020304, okey: 0x01020304, iflags: ['key', 'csum'], oflags: ['key', 'seq'] },
    ],
    [
      'gre remote 239.0.0.1 local 10.0.0.1',
      {
        ...gre,
        remote: '239.0.0.1',
        local: '10.0.0.1',
        ikey: 0xef000001,
        okey: 0xef000001,
        iflags: ['key'],
        oflags: ['key'],
      },
    ],
    ['gre external ttl 7', { collectMetadata: true }],
    ['gretap encap gue encap-dport 7 encap-csum', { ...gre, encapType: 'gue', encapDport: 7, encapFlags: ['csum'] }],
    ['erspan erspan 9', { ...gre, erspanVer: 1, erspanIndex: 9 }],
    ['erspan erspan_ver 2 erspan_dir egress', { ...gre, erspanVer: 2, erspanDir: 'egress', erspanHwid: 0 }],
    [
      'ip6gre remote fd00::2 tclass 10 flowlabel 5 encaplimit none',
      {
        ...noFlags,
        ...outer6,
        ...encap6,
        remote: 'fd00::2',
        flowinfo: 0x01000005,
        flags: ['ign-encap-limit'],
        erspanVer: 1,
      },
    ],
    ['ip6gretap external', { collectMetadata: true }],
    ['ip6erspan erspan_ver 0', { ...noFlags, ...outer6, ...encap6, erspanVer: 0 }],
    ['ipip mode mplsip local 10.0.0.1', { ...ipip, proto: 137, local: '10.0.0.1' }],
    ['ipip external mode any', { proto: 0, collectMetadata: true }],
    ['sit isatap remote any', { ...ipip, flags: ['isatap'] }],
    [
      'sit 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8',
      {
        ...ipip,
        flags: [],
        '6rdPrefix': '2001:db8::',
        '6rdPrefixlen': 32,
        '6rdRelayPrefix': '10.0.0.0',
        '6rdRelayPrefixlen': 8,
      },
    ],
    ['sit 6rd-reset', { ...ipip, flags: [], '6rdPrefix': '2002::', '6rdPrefixlen': 16 }],
    ['ip6tnl mode ipip6 hoplimit inherit', { proto: 4, ...outer6, ttl: 0, link: 0, ...encap6 }],
    ['vti key 7 dev v0', { ikey: 7, okey: 7, fwmark: 0, link: 2 }],
    ['vti6 remote fd00::1 okey 1.1.1.1', { ikey: 0, okey: 0x01010101, fwmark: 0, remote: 'fd00::1' }],
    ['xfrm dev v0 if_id 5', { link: 2, ifId: 5 }],
    ['xfrm external', { collectMetadata: true }],
    ['hsr slave1 lo slave2 v0 proto 1', { slave1: 1, slave2: 2, protocol: 1 }],
    ['bareudp dstport 5 ethertype mpls_uc multiproto', { port: 5, ethertype: 0x8847, multiprotoMode: true }],
    ['rmnet mux_id 5', { muxId: 5 }],
    ['wwan linkid 7', { linkId: 7 }],
    ['batadv ra BATMAN_V', { algoName: 'BATMAN_V' }],
    ['dsa conduit v0', { conduit: 2 }],
    ['ipoib pkey 0x8003 mode connected umcast 1', { pkey: 0x8003, mode: 'connected', umcast: 1 }],
    ['gtp role sgsn', { role: 'sgsn', pdpHashsize: 1024, createSockets: true }],
    ['amt mode relay local 10.0.0.1 dev v0', { mode: 'relay', localIp: '10.0.0.1', link: 2 }],
    [
      'macsec address 02:00:00:00:00:05 port 6 cipher GCM-AES-256 replay on window 7',
      { sci: 0x0200000000050006n, cipherSuite: 0x0080c20001000002n, replayProtect: true, window: 7 },
    ],
    ['macsec port 9', { port: 9 }],
    [
      'can bitrate 500000 sample-point 0.875 loopback on fd off tdc-mode off tdcv 5',
      {
        bittiming: { bitrate: 500000, samplePoint: 875 },
        ctrlmode: { mask: ['loopback', 'fd', 'tdc-auto', 'tdc-manual'], flags: ['loopback'] },
        tdc: { tdcv: 5 },
      },
    ],
    ['vxcan peer name y mtu 72', { peer: { mtu: 72, name: 'y' } }],
  ])('%s', async (words, data) => {
    expect(await dataOf(`add x type ${words}`)).toEqual({ kind: words.split(' ')[0], data })
  })

  test('a port of a bond', async () => {
    const sent = await dataOf('set v0 type bond_slave queue_id 5 prio -7')
    expect(sent).toEqual({ kind: 'bond_slave', data: { queueId: 5, prio: 0xfffffff9 } })
  })
})

describe('a tunnel that is changed', () => {
  const has = (kind: string, data: object) => ({
    'get link with index 2': [{ index: 2, name: 'v0', linkinfo: { kind, data } }],
  })

  test('keeps what is not said', async () => {
    const before = { ...gre, ttl: 9, ikey: 5, iflags: ['key'], local: '10.0.0.1', remote: '10.0.0.2', link: 0 }
    const { data } = await dataOf('set v0 type gre ttl 3 remote 10.0.0.3', has('gre', before))
    expect(data).toEqual({ ...before, ttl: 3, remote: '10.0.0.3', link: undefined })
  })

  test('but for the encapsulation of an ip6tnl', async () => {
    const before = { proto: 41, ...outer6, link: 0, ...encap6, encapType: 'fou', encapDport: 5 }
    const { data } = await dataOf('set v0 type ip6tnl hoplimit 3', has('ip6tnl', before))
    expect(data).toEqual({ ...before, ...encap6, ttl: 3 })
  })

  test('and is no other kind of link', async () => {
    const refused = dataOf('set v0 type gre ttl 3', { 'get link with index 2': [{ index: 2, name: 'v0' }] })
    await expect(refused).rejects.toEqual(new CommandFailure('Failed to get existing tunnel info.', 1))
  })
})
