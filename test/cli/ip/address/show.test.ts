import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/address/index.ts'
import type { Options } from '../../../../src/cli/options.ts'
import { testSession } from '../../session.ts'

const lifetimes = { preferred: 0xffffffff, valid: 0xffffffff, created: 1, updated: 1 }
const link = {
  family: 'unspec',
  type: 'ether',
  index: 4,
  flags: ['up', 'broadcast', 'running', 'multicast', 'lower-up'],
  change: [],
  name: 'br0',
  mtu: 1500,
  qdisc: 'noqueue',
  operstate: 'up',
  linkmode: 'default',
  group: 0,
  txqlen: 1000,
  address: '02:00:00:00:00:01',
  broadcast: 'ff:ff:ff:ff:ff:ff',
}
const addresses = [
  {
    family: 'inet',
    scope: 'global',
    index: 4,
    address: '10.0.0.1/24',
    local: '10.0.0.1',
    broadcast: '10.0.0.255',
    label: 'br0',
    flags: ['permanent'],
    cacheinfo: lifetimes,
  },
  {
    family: 'inet',
    scope: 'link',
    index: 4,
    address: '10.9.0.2/32',
    local: '10.9.0.1',
    label: 'br0:1',
    metric: 7,
    flags: ['secondary', 'noprefixroute'],
    cacheinfo: { ...lifetimes, valid: 60, preferred: 30 },
  },
  {
    family: 'inet6',
    scope: 'global',
    index: 4,
    address: 'fd00::1/64',
    flags: ['permanent', 'nodad'],
    cacheinfo: lifetimes,
  },
]

async function show(line: string, options: Partial<Options> = {}) {
  const session = testSession(options, [link as never], {
    'list links': [link],
    'get link with index 4': [link],
    'list addresses': addresses,
  })
  await dispatch(command, session, new Words(line.split(' ').filter(Boolean)))
  return session.text
}

const head = '4: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n'
const hardware = '    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n'
const first = '    inet 10.0.0.1/24 brd 10.0.0.255 scope global br0\n       valid_lft forever preferred_lft forever\n'
const second =
  '    inet 10.9.0.1 peer 10.9.0.2/32 metric 7 scope link secondary dynamic noprefixroute br0:1\n' +
  '       valid_lft 60sec preferred_lft 30sec\n'
const third = '    inet6 fd00::1/64 scope global nodad \n       valid_lft forever preferred_lft forever\n'

describe('ip address show', () => {
  test('everything', async () => {
    expect(await show('')).toBe(head + hardware + first + second + third)
  })

  test('of one family the link is shown without its own address', async () => {
    expect(await show('', { family: 'inet' })).toBe(head + first + second)
  })

  test.each([
    ['show to 10.9.0.0/24', head + second],
    ['show dynamic', head + hardware + second],
    ['show secondary', head + hardware + second],
    ['show primary', head + hardware + first + third],
    ['show scope link', head + hardware + second],
    ['show label br0:*', second],
    ['show label br?', first + third],
    ['show type veth', ''],
    ['show dev br0 permanent', head + hardware + first + third],
  ])('%s', async (line, expected) => {
    expect(await show(line)).toBe(expected)
  })

  test('one line each', async () => {
    expect(await show('', { oneline: true, family: 'inet6' })).toBe(
      '4: br0    inet6 fd00::1/64 scope global nodad \\       valid_lft forever preferred_lft forever\n',
    )
  })

  test('brief', async () => {
    expect(await show('', { brief: true })).toBe(
      'br0              UP             10.0.0.1/24 10.9.0.1 peer 10.9.0.2/32 metric 7 fd00::1/64 \n',
    )
  })

  test('JSON says the same', async () => {
    const [found] = JSON.parse(await show('', { json: true }))
    expect(found).toMatchObject({ ifindex: 4, ifname: 'br0', flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'] })
    expect(found.addr_info).toEqual([
      {
        family: 'inet',
        local: '10.0.0.1',
        prefixlen: 24,
        broadcast: '10.0.0.255',
        scope: 'global',
        label: 'br0',
        valid_life_time: 4294967295,
        preferred_life_time: 4294967295,
      },
      {
        family: 'inet',
        local: '10.9.0.1',
        address: '10.9.0.2',
        prefixlen: 32,
        metric: 7,
        scope: 'link',
        secondary: true,
        dynamic: true,
        noprefixroute: true,
        label: 'br0:1',
        valid_life_time: 60,
        preferred_life_time: 30,
      },
      {
        family: 'inet6',
        local: 'fd00::1',
        prefixlen: 64,
        scope: 'global',
        nodad: true,
        valid_life_time: 4294967295,
        preferred_life_time: 4294967295,
      },
    ])
  })

  test('in JSON an address that is not meant is an empty object', async () => {
    const [found] = JSON.parse(await show('show scope link', { json: true }))
    expect(found.addr_info.map((address: object) => Object.keys(address).length > 0)).toEqual([false, true, false])
  })
})
