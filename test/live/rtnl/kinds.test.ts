import { spawnSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { NetlinkError, type Request, type Socket } from '../../../src/netlink/index.ts'
import * as netns from '../../../src/netns/index.ts'
import { link, nsid, openRoute } from '../../../src/rtnl/index.ts'
import { ip, noIpReason } from '../netns/ip.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

/** Indexes of the links that others are put on. */
const BELOW = 100
const BESIDE = 101

type Settings = Omit<link.LinkSettings, 'name' | 'kind'>

interface Case {
  /** How we make a link of the kind; absent where that is not done by netlink. */
  readonly ours?: Settings
  /** How ip-link(8) makes the same, after `ip link add x0`; absent where iproute2 6.1 does not know the kind. */
  readonly theirs?: string
}

// Every kind of the table: a new one does not compile without a line here.
const cases: Record<link.LinkKind, Case> = {
  amt: {
    ours: { data: { mode: 'gateway', localIp: '10.0.0.1', discoveryIp: '10.0.0.2', link: BELOW } },
    theirs: 'type amt mode gateway local 10.0.0.1 discovery 10.0.0.2 dev below',
  },
  bareudp: { ours: { data: { port: 6635, ethertype: 0x8847 } }, theirs: 'type bareudp dstport 6635 ethertype mpls_uc' },
  batadv: { ours: {}, theirs: 'type batadv' },
  bond: {
    ours: {
      data: { mode: 'active-backup', arpInterval: 1000, arpIpTarget: ['10.0.0.1', '10.0.0.2'], arpValidate: 'all' },
    },
    theirs: 'type bond mode active-backup arp_interval 1000 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate all',
  },
  bridge: {
    ours: {
      data: {
        forwardDelay: 200,
        stpState: 'kernel',
        priority: 100,
        ageingTime: 10000,
        mcastRouter: 'permanent',
        groupFwdMask: 0x4000,
        multiBoolopt: { optval: ['no-ll-learn'], optmask: ['no-ll-learn'] },
      },
    },
    theirs:
      'type bridge forward_delay 200 stp_state 1 priority 100 ageing_time 10000 mcast_router 2 group_fwd_mask 0x4000 no_linklocal_learn 1',
  },
  // The hardware's.
  can: {},
  dsa: {},
  dummy: {
    ours: { mtu: 1400, address: '02:00:00:00:00:01', txqlen: 5 },
    theirs: 'mtu 1400 address 02:00:00:00:00:01 txqueuelen 5 type dummy',
  },
  erspan: {
    ours: {
      data: {
        local: '10.0.0.1',
        remote: '10.0.0.2',
        iflags: ['seq', 'key'],
        oflags: ['seq', 'key'],
        ikey: 9,
        okey: 9,
        pmtudisc: true,
        erspanVer: 2,
        erspanDir: 'egress',
        erspanHwid: 17,
      },
    },
    theirs: 'type erspan local 10.0.0.1 remote 10.0.0.2 seq key 9 erspan_ver 2 erspan_dir egress erspan_hwid 17',
  },
  geneve: {
    ours: { data: { id: 5, remote: '10.0.0.2', ttl: 7, tos: 8, df: 'set', port: 6082, udpCsum: true } },
    theirs: 'type geneve id 5 remote 10.0.0.2 ttl 7 tos 8 df set dstport 6082 udpcsum',
  },
  gre: {
    ours: {
      data: {
        local: '10.0.0.1',
        remote: '10.0.0.2',
        iflags: ['key', 'csum'],
        oflags: ['key'],
        ikey: 5,
        okey: 6,
        ttl: 64,
        pmtudisc: true,
        fwmark: 9,
      },
    },
    theirs: 'type gre local 10.0.0.1 remote 10.0.0.2 ikey 5 okey 6 icsum ttl 64 fwmark 9',
  },
  gretap: {
    ours: {
      address: '02:00:00:00:00:01',
      data: {
        local: '10.0.0.1',
        remote: '10.0.0.2',
        iflags: ['key'],
        oflags: ['key'],
        ikey: 9,
        okey: 9,
        pmtudisc: true,
      },
    },
    theirs: 'address 02:00:00:00:00:01 type gretap local 10.0.0.1 remote 10.0.0.2 key 9',
  },
  gtp: { ours: { data: { role: 'ggsn', pdpHashsize: 1024, createSockets: true } }, theirs: 'type gtp role ggsn' },
  hsr: {
    ours: { data: { slave1: BELOW, slave2: BESIDE, multicastSpec: 45, version: 1 } },
    theirs: 'type hsr slave1 below slave2 beside supervision 45 version 1',
  },
  ifb: { ours: { numTxQueues: 2, numRxQueues: 2 }, theirs: 'numtxqueues 2 numrxqueues 2 type ifb' },
  ip6erspan: {
    ours: {
      data: {
        local: 'fd00::1',
        remote: 'fd00::2',
        iflags: ['seq', 'key'],
        oflags: ['seq', 'key'],
        ikey: 3,
        okey: 3,
        ttl: 64,
        encapLimit: 4,
        encapFlags: ['csum6'],
        erspanVer: 1,
        erspanIndex: 77,
      },
    },
    theirs: 'type ip6erspan local fd00::1 remote fd00::2 seq key 3 erspan_ver 1 erspan 77',
  },
  ip6gre: {
    ours: {
      data: {
        local: 'fd00::1',
        remote: 'fd00::2',
        ttl: 64,
        encapLimit: 4,
        encapFlags: ['csum6'],
        flowinfo: 0x12345,
        flags: ['rcv-dscp-copy'],
      },
    },
    theirs: 'type ip6gre local fd00::1 remote fd00::2 flowlabel 0x12345 dscp inherit',
  },
  ip6gretap: {
    ours: {
      address: '02:00:00:00:00:01',
      data: {
        local: 'fd00::1',
        remote: 'fd00::2',
        ttl: 10,
        encapLimit: 4,
        encapFlags: ['csum6'],
        flags: ['ign-encap-limit'],
      },
    },
    theirs: 'address 02:00:00:00:00:01 type ip6gretap local fd00::1 remote fd00::2 hoplimit 10 encaplimit none',
  },
  ip6tnl: {
    ours: {
      data: {
        local: 'fd00::1',
        remote: 'fd00::2',
        proto: 41,
        ttl: 10,
        encapLimit: 4,
        encapFlags: ['csum6'],
        flags: ['ign-encap-limit'],
      },
    },
    theirs: 'type ip6tnl mode ip6ip6 local fd00::1 remote fd00::2 hoplimit 10 encaplimit none',
  },
  ipip: {
    ours: { data: { local: '10.0.0.1', remote: '10.0.0.2', ttl: 64, proto: 4, pmtudisc: true } },
    theirs: 'type ipip mode ipip local 10.0.0.1 remote 10.0.0.2 ttl 64',
  },
  ipoib: {},
  ipvlan: {
    ours: { link: BELOW, data: { mode: 'l3s', flags: ['vepa'] } },
    theirs: 'link below type ipvlan mode l3s vepa',
  },
  ipvtap: {
    ours: { link: BELOW, data: { mode: 'l2', flags: ['private'] } },
    theirs: 'link below type ipvtap mode l2 private',
  },
  macsec: {
    ours: {
      link: BELOW,
      data: { port: 11, encrypt: true, incSci: true, replayProtect: true, window: 64, validation: 'check' },
    },
    theirs: 'link below type macsec port 11 encrypt on send_sci on replay on window 64 validate check',
  },
  macvlan: {
    ours: {
      link: BELOW,
      data: {
        mode: 'source',
        macaddrMode: 'set',
        macaddrData: { macaddr: ['02:00:00:00:00:11', '02:00:00:00:00:12'] },
      },
    },
    theirs: 'link below type macvlan mode source macaddr set 02:00:00:00:00:11 02:00:00:00:00:12',
  },
  macvtap: {
    ours: { link: BELOW, address: '02:00:00:00:00:01', data: { mode: 'bridge' } },
    theirs: 'link below address 02:00:00:00:00:01 type macvtap mode bridge',
  },
  netkit: { ours: { data: { mode: 'l3', policy: 'forward', peerPolicy: 'blackhole' } } },
  nlmon: { ours: {}, theirs: 'type nlmon' },
  ovpn: { ours: { data: { mode: 'mp' } } },
  rmnet: { ours: { link: BELOW, data: { muxId: 5 } }, theirs: 'link below type rmnet mux_id 5' },
  sit: {
    ours: { data: { local: '10.0.0.1', ttl: 64, proto: 41, pmtudisc: true, flags: ['isatap'] } },
    theirs: 'type sit mode ip6ip local 10.0.0.1 ttl 64 isatap',
  },
  tun: {},
  vcan: { ours: { mtu: 72 }, theirs: 'mtu 72 type vcan' },
  veth: {
    ours: {
      mtu: 1400,
      address: '02:00:00:00:00:01',
      data: { peer: { name: 'x1', mtu: 1300, address: '02:00:00:00:00:02' } },
    },
    theirs: 'mtu 1400 address 02:00:00:00:00:01 type veth peer name x1 mtu 1300 address 02:00:00:00:00:02',
  },
  vlan: {
    ours: {
      link: BELOW,
      data: {
        id: 10,
        protocol: '8021ad',
        flags: { flags: ['loose-binding'], mask: ['reorder-hdr', 'loose-binding'] },
        ingressQos: { mapping: [{ from: 2, to: 5 }] },
        egressQos: {
          mapping: [
            { from: 1, to: 2 },
            { from: 3, to: 4 },
          ],
        },
      },
    },
    theirs:
      'link below type vlan protocol 802.1ad id 10 reorder_hdr off loose_binding on ingress-qos-map 2:5 egress-qos-map 1:2 3:4',
  },
  vrf: { ours: { data: { table: 70000 } }, theirs: 'type vrf table 70000' },
  vti: {
    ours: { data: { local: '10.0.0.1', remote: '10.0.0.2', ikey: 1, okey: 2, fwmark: 9 } },
    theirs: 'type vti local 10.0.0.1 remote 10.0.0.2 ikey 1 okey 2 fwmark 9',
  },
  vti6: {
    ours: { data: { local: 'fd00::1', remote: 'fd00::2', ikey: 1, okey: 2 } },
    theirs: 'type vti6 local fd00::1 remote fd00::2 ikey 1 okey 2',
  },
  vxcan: { ours: { data: { peer: { name: 'x1' } } }, theirs: 'type vxcan peer name x1' },
  vxlan: {
    ours: {
      address: '02:00:00:00:00:01',
      data: {
        id: 42,
        group: '10.0.0.2',
        local: '10.0.0.1',
        link: BELOW,
        port: 4789,
        ttl: 64,
        tos: 8,
        portRange: { low: 30000, high: 40000 },
        learning: false,
        ageing: 100,
        limit: 7,
      },
    },
    theirs:
      'address 02:00:00:00:00:01 type vxlan id 42 remote 10.0.0.2 local 10.0.0.1 dev below dstport 4789 ttl 64 tos 8 srcport 30000 40000 nolearning ageing 100 maxaddress 7',
  },
  wireguard: { ours: {}, theirs: 'type wireguard' },
  wwan: {},
  xfrm: { ours: { data: { link: BELOW, ifId: 7 } }, theirs: 'type xfrm dev below if_id 7' },
}

// Of these the kernel or iproute2 makes up what was not said.
const random = new Set([
  'bond',
  'bridge',
  'geneve',
  'hsr',
  'ifb',
  'ipvlan',
  'macvlan',
  'vrf',
  'erspan',
  'ip6erspan',
  'vlan',
  'batadv',
])
const madeUp = /^(ifindex|permaddr|.*timer)$/
const addresses = /^(address|bridge_id|root_id|sci)$/

/** What `ip -j -d link` says, without what differs from one link to the next. */
function ipSays(name: string, kind: string): Record<string, unknown> {
  const { stdout, stderr } = ip('-j', '-d', 'link', 'show', 'dev', name)
  expect(stderr).toBe('')
  return (
    JSON.parse(stdout, (key, value) => {
      if (madeUp.test(key) || (random.has(kind) && addresses.test(key))) return undefined
      return value
    }) as Record<string, unknown>[]
  )[0]!
}

/** What we read, likewise. */
function weSay(found: link.Link, kind: string): object {
  const { index, permAddress, stats, stats64, afSpec, linkinfo, ...rest } = found
  const { data, ...info } = linkinfo ?? {}
  const drop = (value: object) =>
    Object.fromEntries(
      Object.entries(value).filter(
        ([key]) => !/Timer$/.test(key) && !(random.has(kind) && /^(address|bridgeId|rootId|sci)$/.test(key)),
      ),
    )
  if ('peer' in (cases[kind as link.LinkKind].ours?.data ?? {})) delete rest.link
  return { ...drop(rest), linkinfo: { ...info, data: data && drop(data) } }
}

const reason = noWorldReason() ?? noIpReason()
// Of the kinds, Linux 6.18 as built for small machines and the second kernel between them lack wireguard, netkit, ovpn, bareudp, xfrm, amt, batadv and rmnet.
const lacks = (error: unknown) =>
  error instanceof NetlinkError && (error.text === 'Unknown device type' || error.code === 'EOPNOTSUPP')

describe.skipIf(reason)(`every kind of link, as ip says it${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  const ask = <Reply>(request: Request<Reply>): Reply => socket.requestSync(request)
  const names = () => ask(link.list()).map(({ name }) => name)

  beforeAll(() => {
    enterDisposableWorld()
    socket = openRoute()
    for (const [name, index] of [
      ['below', BELOW],
      ['beside', BESIDE],
    ] as const) {
      ask(link.add({ name, index, up: true, kind: 'veth', data: { peer: { name: `${name}1` } } }))
    }
  })
  afterAll(() => socket?.close())
  afterEach(() => {
    for (const name of names()) if (/^[vx]\d/.test(name ?? '')) socket.batchSync([link.delete(name!)])
    for (const name of netns.list()) netns.delete(name, { own: true })
  })

  const made = Object.entries(cases).filter(([, { ours }]) => ours !== undefined)

  test.for(made)('%s', ([kind, { ours, theirs }], { skip }) => {
    try {
      ask(link.add({ ...ours, name: 'x0', kind } as link.LinkSettings))
    } catch (error) {
      if (lacks(error)) skip(`this kernel has no links of kind ${kind}`)
      throw error
    }
    const found = ask(link.get('x0', { stats: true }))
    expect(found).toMatchObject({ name: 'x0', linkinfo: { kind } })
    const judged = JSON.parse(ip('-j', '-d', 'link', 'show', 'dev', 'x0').stdout)[0]
    expect(judged).toMatchObject({
      ifindex: found.index,
      ifname: 'x0',
      mtu: found.mtu,
      ...(found.qdisc && { qdisc: found.qdisc }),
      operstate: found.operstate?.toString().toUpperCase(),
      num_tx_queues: found.numTxQueues,
      // Said by kernels with receive packet steering.
      ...(found.numRxQueues && { num_rx_queues: found.numRxQueues }),
      linkinfo: { info_kind: kind },
    })
    const said = { ours: weSay(found, kind), ip: ipSays('x0', kind) }
    const ends = names().filter((name) => name?.startsWith('x'))
    const peer = ends.includes('x1') ? ipSays('x1', kind) : undefined
    ask(link.delete('x0'))
    expect(names().filter((name) => name?.startsWith('x'))).toEqual([])
    expect(() => ask(link.get('x0'))).toThrow(expect.objectContaining({ code: 'ENODEV' }))
    if (theirs === undefined) return
    const { status, stderr } = ip('link', 'add', 'x0', ...theirs.split(' '))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(said.ip).toEqual(ipSays('x0', kind))
    expect(said.ours).toEqual(weSay(ask(link.get('x0', { stats: true })), kind))
    if (peer) expect(peer).toEqual(ipSays('x1', kind))
  })

  test.for(['tun', 'tap'] as const)('tun, made by ip as %s', (mode, { skip }) => {
    const { status, stderr } = ip('tuntap', 'add', 'dev', 'x0', 'mode', mode, 'user', '70007', 'multi_queue')
    if (status !== 0) skip(`this kernel has no links of kind tun: ${stderr.trim()}`)
    const { linkinfo, mtu } = ask(link.get('x0'))
    expect(linkinfo).toEqual({
      kind: 'tun',
      data: expect.objectContaining({
        type: mode,
        owner: 70007,
        pi: false,
        vnetHdr: false,
        persist: true,
        multiQueue: true,
      }),
    })
    expect(ipSays('x0', 'tun')).toMatchObject({
      mtu,
      linkinfo: {
        info_kind: 'tun',
        info_data: { type: mode, pi: false, vnet_hdr: false, multi_queue: true, user: 70007 },
      },
    })
    ask(link.delete('x0'))
  })

  test('veth: each end has the name and the settings that were given for it', () => {
    ask(
      link.add({
        name: 'v0',
        mtu: 1400,
        address: '02:00:00:00:00:10',
        kind: 'veth',
        data: { peer: { name: 'v1', mtu: 1300, address: '02:00:00:00:00:11', numTxQueues: 3 } },
      }),
    )
    const [first, second] = [ask(link.get('v0')), ask(link.get('v1'))]
    expect(first).toMatchObject({ name: 'v0', mtu: 1400, address: '02:00:00:00:00:10', link: second.index })
    expect(second).toMatchObject({
      name: 'v1',
      mtu: 1300,
      address: '02:00:00:00:00:11',
      link: first.index,
      numTxQueues: 3,
    })
    const [one, other] = ['v0', 'v1'].map((name) => JSON.parse(ip('-j', 'link', 'show', 'dev', name).stdout)[0])
    expect(one).toMatchObject({ ifindex: first.index, link: 'v1', mtu: 1400, address: '02:00:00:00:00:10' })
    expect(other).toMatchObject({ ifindex: second.index, link: 'v0', mtu: 1300, address: '02:00:00:00:00:11' })
    ask(link.delete('v1'))
    expect(names()).not.toContain('v0')
  })

  test('veth: the other end in another namespace, and from here it is found by namespace id and index', () => {
    netns.create('red')
    using red = netns.open('red')
    using there = openRoute({ netns: red })
    ask(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1', netNsFd: red.fd, mtu: 1300 } } }))
    const here = ask(link.get('v0'))
    const other = there.requestSync(link.get('v1'))
    expect(names()).toContain('v0')
    expect(names()).not.toContain('v1')
    expect(there.requestSync(link.list()).map(({ name }) => name)).toEqual(['lo', 'v1'])
    expect(here.link).toBe(other.index)
    expect(other).toMatchObject({ name: 'v1', mtu: 1300, link: here.index })
    const id = ask(nsid.get({ fd: red.fd })).nsid
    expect(here.linkNetnsid).toBe(id)
    expect(JSON.parse(ip('-j', 'link', 'show', 'dev', 'v0').stdout)[0]).toMatchObject({
      ifindex: here.index,
      link_index: other.index,
      // iproute2 says the id's name where it knows one.
      link_netnsid: expect.toSatisfy((said: unknown) => said === id || said === 'red'),
    })
    expect(JSON.parse(ip('-n', 'red', '-j', 'link', 'show', 'dev', 'v1').stdout)[0]).toMatchObject({
      ifindex: other.index,
      link_index: here.index,
      mtu: 1300,
    })
    const resolved = ask(link.get({ index: here.link! }, { targetNetnsid: here.linkNetnsid }))
    expect(resolved).toMatchObject({ name: 'v1', index: other.index, address: other.address })
    expect(ask(link.list({ targetNetnsid: id })).map(({ name }) => name)).toEqual(['lo', 'v1'])
    // The same index in both namespaces is not the same link.
    const twin = there.requestSync(link.get('lo'))
    expect(ask(link.get({ index: twin.index }, { targetNetnsid: id })).name).toBe('lo')
    there.requestSync(link.delete('v1'))
    expect(names()).not.toContain('v0')
  })

  test('a link is moved to another namespace, and there again by its own name', () => {
    netns.create('red')
    using red = netns.open('red')
    using there = openRoute({ netns: red })
    ask(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
    ask(link.set({ name: 'v1', netNsFd: red.fd }))
    expect(there.requestSync(link.get('v1')).name).toBe('v1')
    there.requestSync(link.set({ name: 'v1', netNsPid: process.pid }))
    expect(ask(link.get('v1')).linkNetnsid).toBeUndefined()
    expect(spawnSync('test', ['-e', '/sys/class/net/v1']).status).toBe(0)
  })
})
