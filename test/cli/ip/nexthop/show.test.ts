import { expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/nexthop/index.ts'
import type { Options } from '../../../../src/cli/options.ts'
import { testSession } from '../../session.ts'

const usual = { family: 'inet', scope: 'link', protocol: 'unspec', flags: [] }
const nexthops = [
  { ...usual, id: 1, via: '10.0.0.2', oif: 2, flags: ['linkdown'] },
  { ...usual, id: 2, family: 'inet6', via: 'fd00::1', scope: 'global', protocol: 'static', fdb: true },
  { ...usual, id: 3, scope: 'global', blackhole: true, encapType: 'mpls', encap: { dst: '100/200', ttl: 3 } },
  {
    ...usual,
    family: 'unspec',
    scope: 'global',
    id: 4,
    group: [
      { id: 1, weight: 1 },
      { id: 3, weight: 9 },
    ],
    groupType: 'resilient',
    resGroup: { buckets: 8, idleTimer: 12000, unbalancedTimer: 50, unbalancedTime: 200000000 },
  },
]

async function show(line: string, options: Partial<Options> = {}) {
  const session = testSession(options, [{ index: 2, name: 'v0' }], { 'list nexthops': nexthops })
  await dispatch(command, session, new Words(line.split(' ').filter(Boolean)))
  return session.text
}

test('ip nexthop', async () => {
  expect(await show('')).toBe(
    'id 1 via 10.0.0.2 dev v0 scope link linkdown \n' +
      'id 2 via fd00::1 proto static fdb\n' +
      'id 3  encap mpls  100/200 ttl 3 blackhole \n' +
      'id 4 group 1/3,9 type resilient buckets 8 idle_timer 120 unbalanced_timer 0.5 unbalanced_time 2e+06 \n',
  )
})

test('of one protocol', async () => {
  expect(await show('list protocol 4')).toBe('id 2 via fd00::1 proto static fdb\n')
})

test('as JSON', async () => {
  expect(JSON.parse(await show('', { json: true }))[3]).toEqual({
    id: 4,
    group: [{ id: 1 }, { id: 3, weight: 9 }],
    type: 'resilient',
    resilient_args: { buckets: 8, idle_timer: 120, unbalanced_timer: 0.5, unbalanced_time: 2000000 },
    flags: [],
  })
})
