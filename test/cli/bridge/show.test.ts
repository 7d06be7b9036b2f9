import { describe, expect, test } from 'vitest'
import { objectNamed } from '../../../src/cli/bridge/objects.ts'
import { dispatch, Words } from '../../../src/cli/grammar/index.ts'
import type { Options } from '../../../src/cli/options.ts'
import { testSession } from '../session.ts'

const LINKS = [
  { index: 2, name: 'br0' },
  { index: 3, name: 'v0' },
  { index: 4, name: 'v1' },
]

async function shown(line: string, tables: Record<string, readonly unknown[]>, options: Partial<Options> = {}) {
  const session = testSession(options, LINKS, { 'list links': [], ...tables })
  const words = new Words(line.split(' '))
  const command = await objectNamed(words.current).load()
  words.advance()
  expect(await dispatch(command, session, words)).toBe(0)
  return session.text
}

const vlans = (list: object[]) => ({
  'list links': [{ family: 'bridge', type: 'ether', index: 3, flags: [], change: [], afSpec: { vlanInfo: list } }],
})
const RANGE = vlans([
  { flags: ['pvid', 'untagged'], vid: 1 },
  { flags: ['range-begin'], vid: 10 },
  { flags: ['range-end'], vid: 12 },
])
const HEADING = 'port              vlan-id  \n'

describe('VLANs', () => {
  test('a range is one line', async () => {
    expect(await shown('vlan', RANGE)).toBe(
      `${HEADING}v0                1 PVID Egress Untagged\n                  10-12\n`,
    )
  })

  test('in JSON it has an end', async () => {
    expect(JSON.parse(await shown('vlan', RANGE, { json: true }))).toEqual([
      {
        ifname: 'v0',
        vlans: [
          { vlan: 1, flags: ['PVID', 'Egress Untagged'] },
          { vlan: 10, vlanEnd: 12, flags: [] },
        ],
      },
    ])
  })

  test('one of them may be asked for', async () => {
    expect(await shown('vlan show vid 1', RANGE)).toContain('v0                1 PVID')
    expect(await shown('vlan show vid 11', RANGE)).toBe(`${HEADING}v0                10-12\n`)
    expect(await shown('vlan show vid 13', RANGE)).toBe(HEADING)
  })

  const OPTIONS = {
    'list bridge VLANs': [
      { family: 'bridge', ifindex: 3, entry: [{ info: { flags: [], vid: 5 }, range: 7, state: 'forwarding' }] },
      { family: 'bridge', ifindex: 3, entry: [{ info: { flags: [], vid: 9 }, mcastRouter: 'permanent' }] },
      { family: 'bridge', ifindex: 4, entry: [{ info: { flags: ['pvid'], vid: 1 }, state: 7 }] },
    ],
  }

  test('what the kernel says of a port in several messages is shown as one', async () => {
    expect(JSON.parse(await shown('vlan', OPTIONS, { details: 1, json: true }))).toEqual([
      {
        ifname: 'v0',
        vlans: [
          { vlan: 5, vlanEnd: 7, state: 'forwarding' },
          { vlan: 9, state: 'disabled', mcast_router: 2 },
        ],
      },
      { ifname: 'v1', vlans: [{ vlan: 1, flags: ['PVID'], state: 7 }] },
    ])
  })

  test('with counters', async () => {
    const text = await shown('vlan show vid 9', OPTIONS, { details: 1, stats: 1 })
    const pad = ' '.repeat(20)
    const counters = `${pad}RX: 0 bytes 0 packets\n${pad}TX: 0 bytes 0 packets\n`
    expect(text).toBe(`${HEADING}v0                9\n${pad}state disabled mcast_router 2 \n${counters}`)
  })

  test('tunnels stand beside them', async () => {
    const tunnels = {
      'list links': [
        {
          index: 3,
          flags: [],
          afSpec: {
            vlanTunnelInfo: [
              { vid: 10, id: 100, flags: ['range-begin'] },
              { vid: 12, id: 102, flags: ['range-end'] },
            ],
          },
        },
      ],
    }
    expect(await shown('vlan tunnelshow', tunnels)).toBe(
      'port              vlan-id    tunnel-id\nv0                10-12      100-102\n',
    )
  })
})

describe('multicast groups', () => {
  const info = { ifindex: 3, state: 'permanent', flags: ['blocked'], vid: 5, group: '239.1.1.1', timer: 12345 }
  const sources = {
    entry: [
      { address: '10.0.0.1', timer: 100 },
      { address: '10.0.0.2', timer: 7 },
    ],
  }
  const MDB = {
    'list multicast groups': [
      {
        ifindex: 2,
        mdb: { entry: [{ info: [{ ...info, groupMode: 'include', srcList: sources, rtprot: 'static' }] }] },
        router: { port: [{ ifindex: 4, type: 'temporary', timer: 2550 }] },
      },
    ],
  }

  test('on a line', async () => {
    expect(await shown('mdb', MDB)).toBe('dev br0 port v0 grp 239.1.1.1 permanent blocked vid 5\n')
  })

  test('with everything', async () => {
    expect(await shown('mdb', MDB, { details: 1, stats: 1 })).toBe(
      'dev br0 port v0 grp 239.1.1.1 permanent filter_mode include source_list 10.0.0.1/1.00,10.0.0.2/0.07 proto static  ' +
        'blocked vid 5  123.45\nrouter ports on br0: v1   25.50 temp\n',
    )
    expect(JSON.parse(await shown('mdb', MDB, { details: 1, stats: 1, json: true }))).toEqual([
      {
        mdb: [
          {
            index: 2,
            dev: 'br0',
            port: 'v0',
            grp: '239.1.1.1',
            state: 'permanent',
            filter_mode: 'include',
            source_list: [
              { address: '10.0.0.1', timer: '1.00' },
              { address: '10.0.0.2', timer: '0.07' },
            ],
            protocol: 'static',
            flags: ['blocked'],
            vid: 5,
            timer: ' 123.45',
          },
        ],
        router: { br0: [{ port: 'v1', timer: '  25.50', type: 'temp' }] },
      },
    ])
  })

  test('of one VLAN', async () => {
    expect(await shown('mdb show vid 6', MDB)).toBe('')
    expect(await shown('mdb show vid 5', MDB)).toContain('239.1.1.1')
  })
})

describe('forwarding entries', () => {
  const entry = { family: 'bridge', index: 3, flags: ['self'], state: [], lladdr: '02:00:00:00:00:01' }
  const show = (more: object, options: Partial<Options> = {}, line = 'fdb') => {
    return shown(line, { 'list neighbours': [{ ...entry, ...more }] }, options)
  }

  test.each([
    [{ state: ['permanent'] }, '02:00:00:00:00:01 dev v0 self permanent\n'],
    [{ state: ['noarp', 'reachable'], vlan: 7 }, '02:00:00:00:00:01 dev v0 vlan 7 self static\n'],
    [
      { state: ['reachable'], master: 2, flags: ['master', 'sticky'] },
      '02:00:00:00:00:01 dev v0 master sticky master br0 \n',
    ],
    [
      { dst: 'fd00::1', port: 1, vni: 2, srcVni: 3, ifindex: 4 },
      '02:00:00:00:00:01 dev v0 dst fd00::1 port 1 vni 2 src_vni 3 via v1 self state=0\n',
    ],
    [
      { ifindex: 4, linkNetnsid: -1, state: ['probe'] },
      '02:00:00:00:00:01 dev v0 via ifindex 4 link-netnsid -1 self state=0x10\n',
    ],
  ])('%o', async (more, text) => {
    expect(await show(more)).toBe(text)
  })

  test('of one device', async () => {
    expect(await show({}, {}, 'fdb show dev v0')).toBe('02:00:00:00:00:01 self state=0\n')
  })

  test('a namespace that is gone is a large number in JSON, as bridge has it', async () => {
    expect(JSON.parse(await show({ linkNetnsid: -1, ifindex: 4 }, { json: true }))).toEqual([
      { mac: '02:00:00:00:00:01', ifname: 'v0', viaIfIndex: 4, linkNetNsId: 4294967295, flags: ['self'], state: '0' },
    ])
  })

  test('only of some states', async () => {
    expect(await show({ state: ['stale'] }, {}, 'fdb show state static')).toBe('')
    expect(await show({ state: ['stale'] }, {}, 'fdb show state static state stale')).toContain('stale')
    expect(await show({ state: ['permanent'] }, {}, 'fdb show dynamic')).toBe('')
  })
})

test('vxlan networks', async () => {
  const entries = [{ start: 5 }, { start: 10, end: 12, group: '239.1.1.1' }, { start: 20, group6: 'fd00::1' }]
  const tables = { 'list vxlan networks': [{ ifindex: 3, entry: entries }] }
  const [heading, ...lines] = (await shown('vni', tables)).split('\n')
  expect(heading).toBe('dev               vni              group/remote   ')
  const pad = ' '.repeat(18)
  expect(lines).toEqual([
    'v0                 5             ',
    `${pad} 10-12              239.1.1.1`,
    `${pad} 20             fd00::1`,
    '',
    '',
  ])
  const [device] = JSON.parse(await shown('vni', tables, { json: true })) as object[]
  expect(device).toEqual({
    ifname: 'v0',
    vnis: [{ vni: 5 }, { vni: 10, vniEnd: 12, group: '239.1.1.1' }, { vni: 20, remote: 'fd00::1' }],
  })
})
