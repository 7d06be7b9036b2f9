import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/route/index.ts'
import type { Options } from '../../../../src/cli/options.ts'
import { testSession } from '../../session.ts'

const usual = {
  family: 'inet',
  tos: 0,
  table: 254,
  protocol: 'boot',
  scope: 'global',
  type: 'unicast',
  flags: [],
}
const routes = [
  { ...usual, dst: 'default', via: '10.0.0.254', oif: 2 },
  { ...usual, dst: '10.0.0.0/24', oif: 2, protocol: 'kernel', scope: 'link', prefsrc: '10.0.0.1', flags: ['linkdown'] },
  {
    ...usual,
    dst: '1.0.0.0/8',
    via: '10.0.0.9',
    oif: 2,
    metric: 7,
    tos: 16,
    flow: 0x30005,
    metrics: {
      lock: ['mtu'],
      mtu: 1400,
      rtt: 1600,
      rttvar: 20000,
      features: ['ecn'],
      hoplimit: 0xffffffff,
      ccAlgo: 'cubic',
    },
  },
  { ...usual, dst: '3.0.0.0/8', type: 'blackhole' },
  {
    ...usual,
    dst: '2.0.0.1/32',
    table: 77,
    multipath: [
      { flags: [], weight: 2, oif: 2, via: '10.0.0.9' },
      { flags: ['onlink'], weight: 1, oif: 2, viaOther: { family: 'inet6', address: 'fd00::9' } },
    ],
  },
]

async function show(line: string, options: Partial<Options> = {}) {
  const session = testSession(options, [{ index: 2, name: 'v0' }], { 'list routes': routes })
  await dispatch(command, session, new Words(line.split(' ').filter(Boolean)))
  return session.text
}

const [byDefault, connected, tuned, hole, shared] = [
  'default via 10.0.0.254 dev v0 \n',
  '10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 linkdown \n',
  '1.0.0.0/8 tos 0x10 via 10.0.0.9 dev v0 metric 7 realms 3/5 mtu lock 1400 rtt 200ms rttvar 5s features ecn congctl cubic \n',
  'blackhole 3.0.0.0/8 \n',
  '2.0.0.1 table 77 \n\tnexthop via 10.0.0.9 dev v0 weight 2 \n\tnexthop via inet6 fd00::9 dev v0 weight 1 onlink \n',
]

describe('ip route show', () => {
  test.each([
    ['', byDefault + connected + tuned + hole],
    ['show table all', byDefault + connected + tuned + hole + shared],
    ['show table 77', shared.replace('table 77 ', '')],
    ['show default', byDefault],
    ['show match 1.2.3.4', byDefault + tuned],
    ['show root 1.0.0.0/4', connected + tuned + hole],
    ['show exact 3.0.0.0/8', hole],
    ['show 3.0.0.0', ''],
    ['show type blackhole', hole],
    ['show scope link', connected.replace('scope link ', '')],
    ['show proto kernel', connected.replace('proto kernel ', '')],
    ['show via 10.0.0.254', byDefault.replace('via 10.0.0.254 ', '')],
    ['show via 10.0.0.0/24', byDefault + tuned],
    ['show src 10.0.0.1', connected.replace('src 10.0.0.1 ', '')],
    ['show dev v0 metric 7', tuned.replace('dev v0 metric 7 ', '')],
    ['show tos 0x10', tuned.replace('tos 0x10 ', '')],
    ['show realms 3/', tuned],
  ])('%s', async (line, expected) => {
    expect(await show(line)).toBe(expected)
  })

  test('details say what is usual too', async () => {
    expect(await show('show default', { details: 1 })).toBe(
      'unicast default via 10.0.0.254 dev v0 table main proto boot scope global \n'.replace('table main ', ''),
    )
    expect(await show('show table all type blackhole', { details: 1 })).toBe(
      'blackhole 3.0.0.0/8 table main proto boot scope global \n',
    )
  })

  test('JSON', async () => {
    expect(JSON.parse(await show('show table all', { json: true }))).toEqual([
      { dst: 'default', gateway: '10.0.0.254', dev: 'v0', flags: [] },
      { dst: '10.0.0.0/24', dev: 'v0', protocol: 'kernel', scope: 'link', prefsrc: '10.0.0.1', flags: ['linkdown'] },
      {
        dst: '1.0.0.0/8',
        tos: '0x10',
        gateway: '10.0.0.9',
        dev: 'v0',
        metric: 7,
        flags: [],
        flow: { from: '3', to: '5' },
        metrics: [{ mtu: 1400, rtt: 200, rttvar: 5000, ecn: null, congestion: 'cubic' }],
      },
      { type: 'blackhole', dst: '3.0.0.0/8', flags: [] },
      {
        dst: '2.0.0.1',
        table: '77',
        flags: [],
        nexthops: [
          { gateway: '10.0.0.9', dev: 'v0', weight: 2, flags: [] },
          { via: { family: 'inet6', host: 'fd00::9' }, dev: 'v0', weight: 1, flags: ['onlink'] },
        ],
      },
    ])
  })
})
