import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/nexthop/index.ts'
import { encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

async function run(line: string) {
  const session = testSession({}, [{ index: 2, name: 'v0' }])
  const status = await dispatch(command, session, new Words(line.split(' ')))
  return { status, request: session.changes[0] }
}

describe('what ip nexthop sends', () => {
  test.each([
    ['add id 1 via 10.0.0.2 dev v0', { family: 'inet', id: 1, via: '10.0.0.2', oif: 2 }],
    ['add id 2 via fd00::2 dev v0 onlink', { family: 'inet6', via: 'fd00::2', flags: ['onlink'] }],
    ['add id 3 blackhole proto static', { family: 'inet', blackhole: true, protocol: 4 }],
    ['add id 4 via 10.0.0.2 fdb', { fdb: true }],
    [
      'add id 5 group 1/2,7',
      {
        family: 'unspec',
        group: [
          { id: 1, weight: 1 },
          { id: 2, weight: 7 },
        ],
      },
    ],
    [
      'add id 6 group 1 type resilient buckets 8 idle_timer 60 unbalanced_timer 5 protocol 9',
      { groupType: 'resilient', resGroup: { buckets: 8, idleTimer: 6000, unbalancedTimer: 500 }, protocol: 9 },
    ],
    ['add id 7 group 1 type mpath', { groupType: 'mpath' }],
    ['replace id 8 encap ip id 5 dst 1.2.3.4 via 10.0.0.2', { encapType: 'ip', encap: { id: 5, dst: '1.2.3.4' } }],
    ['del id 9', { id: 9 }],
    ['add id 10', { family: 'unspec', id: 10 }],
  ])('%s', async (line, value) => {
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request?.value).toMatchObject(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })
})

describe('what it refuses', () => {
  test.each([
    ['add id x', 'Error: argument "x" is wrong: invalid id value', 255],
    ['add id 1 group 1/x', 'Error: argument "1" is wrong: "group" value is invalid\n', 255],
    ['add id 1 group 1,0', 'Error: argument "0" is wrong: "weight" is invalid\n', 255],
    ['add id 1 group 1 type foo', 'Error: argument "foo" is wrong: "type" value is invalid\n', 255],
    ['add id 1 dev v0 via fd00::1', 'Error: inet address is expected rather than "fd00::1".', 1],
    ['add id 1 foo', 'Error: argument "foo" is wrong: ', 255],
    ['add id 1 dev nodev', 'Error: argument "nodev" is wrong: Device does not exist\n', 255],
    ['del', 'Error: Nexthop id is missing.', 2],
    ['list vrf v0', 'Error: argument "v0" is wrong: Invalid VRF\n', 255],
    ['bucket foo', 'Command "foo" is unknown, try "ip nexthop help".', 255],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
