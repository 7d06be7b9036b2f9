import { describe, expect, test } from 'vitest'
import { dispatch, spelled, Words } from '../../../src/cli/grammar/index.ts'
import { OBJECTS } from '../../../src/cli/ip/objects.ts'
import type { Options } from '../../../src/cli/options.ts'
import { encodeRequest } from '../../../src/netlink/index.ts'
import { testSession } from '../session.ts'

const links = [
  { index: 1, name: 'lo', flags: ['up' as const, 'loopback' as const] },
  { index: 2, name: 'v0' },
]

/** Runs `ip …` without a kernel; `tables` answers its dumps. */
async function ip(line: string, options: Partial<Options> = {}, tables: Record<string, readonly unknown[]> = {}) {
  const session = testSession(options, links, tables)
  const words = new Words(line.split(' '))
  const object = spelled(words.current, OBJECTS)
  words.advance()
  const status = await dispatch(await object!.load(), session, words)
  return { status, session, request: session.changes[0] }
}

describe('what is sent', () => {
  test.each([
    ['addrlabel add prefix fd00::/64 dev v0 label 5', { family: 'inet6', address: 'fd00::/64', index: 2, label: 5 }],
    ['addrlabel del prefix fd00::1 label 5', { address: 'fd00::1/128' }],
    ['token set ::1:2 dev v0', { family: 'inet6', index: 2, afSpec: { inet6: { token: '::0.1.0.2' } } }],
    ['token del dev v0', { afSpec: { inet6: { token: '::' } } }],
    ['ntable change name arp_cache thresh1 5 gc_int 7', { name: 'arp_cache', thresh1: 5, gcInterval: 7 }],
    [
      'ntable change name arp_cache dev v0 retrans 500 queue 5',
      { name: 'arp_cache', parms: { ifindex: 2, retransTime: 500, queueLen: 5 } },
    ],
    ['stats set dev v0 l3_stats on', { index: 2, l3Stats: true }],
    ['mrule add iif v0 table 5', { family: 'ipmr', iif: 'v0', headerTable: 5 }],
  ])('ip %s', async (line, value) => {
    const { status, request } = await ip(line)
    expect(status).toBe(0)
    expect(request?.value).toMatchObject(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })
})

describe('what is shown', () => {
  test('ip netconf', async () => {
    const item = { family: 'inet', ifindex: -1, forwarding: 1, rpFilter: 2, proxyNeigh: 0, input: 1 }
    const tables = { 'list network configuration': [item, { ...item, ifindex: 2, rpFilter: 9 }] }
    const { session } = await ip('netconf', {}, tables)
    expect(session.text).toBe(
      'inet all forwarding on rp_filter loose proxy_neigh off input on \n' +
        'inet v0 forwarding on rp_filter 9 proxy_neigh off input on \n',
    )
    expect((await ip('netconf show dev v0', {}, tables)).session.text).toMatch(/^inet v0 .*\n$/)
  })

  test('ip addrlabel', async () => {
    const labels = [
      { family: 'inet6', address: '::/0', index: 0, label: 1 },
      { family: 'inet6', address: 'fd00::/64', index: 2, label: 9 },
    ]
    const { session } = await ip('addrlabel', {}, { 'list address labels': labels })
    expect(session.text).toBe('prefix ::/0 label 1 \nprefix fd00::/64 dev v0 label 9 \n')
  })

  test('ip mroute, with a use that is told in eight bytes', async () => {
    const route = {
      family: 'ipmr',
      type: 'multicast',
      flags: [],
      dst: '224.1.1.1/32',
      src: '10.0.0.9/32',
      iif: 1,
      table: 253,
      multipath: [
        { flags: [], weight: 2, oif: 2 },
        { flags: [], weight: 6, oif: 1 },
      ],
      mfcStats: { packets: 3n, bytes: 4n, wrongIf: 0n },
      expires: 150n,
    }
    const { session } = await ip('mroute show table all', { stats: 1 }, { 'list routes': [route] })
    expect(session.text).toBe(
      `${'(10.0.0.9,224.1.1.1)'.padEnd(32)} Iif: lo         Oifs: v0 lo(ttl 5)  State: resolved\n` +
        '  3 packets, 4 bytes, Age 1.50 Table: default\n',
    )
  })

  test('ip ntable', async () => {
    const table = {
      family: 'inet',
      name: 'arp_cache',
      parms: { ifindex: 2, refcnt: 1, queueLen: 101, locktime: 1000n },
    }
    const answers = { 'list links': [], 'list neighbour tables': [table] }
    const { session } = await ip('ntable show dev v0', { json: true }, answers)
    expect(JSON.parse(session.text)).toEqual([
      { family: 'inet', name: 'arp_cache', dev: 'v0', refcnt: 1, queue: 101, locktime: 1000 },
    ])
  })

  test('ip vrf', async () => {
    const vrf = { index: 5, name: 'red', linkinfo: { kind: 'vrf', data: { table: 10 } } }
    const { session } = await ip('vrf', {}, { 'list links': [vrf, { index: 1, name: 'lo' }] })
    expect(session.text).toBe('Name              Table\n-----------------------\nred                 10\n')
  })
})

describe('what is refused', () => {
  test.each([
    ['addrlabel add label 5', 'Not enough information: "prefix" argument is required.', 1],
    ['token set dev v0', 'Not enough information: token is required.', 1],
    ['ntable change name x', 'Not enough information: changeable attributes required.', 255],
    ['ntable change queue 5', 'Error: argument "NAME" is required', 255],
    ['maddr add 01:00:5e dev v0', 'Error: Invalid address length 3 - must be 6 bytes', 1],
    ['vrf exec red', 'No command specified', 1],
    ['vrf exec v0 true', 'Invalid VRF name', 255],
    ['vrf pids v0', 'Invalid VRF name', 1],
    ['netconf show dev nodev', 'Device "nodev" does not exist.', 1],
    ['stats set dev v0', 'Not enough information: stat type to toggle is required.', 255],
    ['stats foo', 'Command "foo" is unknown, try "ip stats help".', 1],
    ['xfrm state', 'ipts: "xfrm" is not supported yet.', 1],
  ])('ip %s', async (line, message, status) => {
    await expect(ip(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
