import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/route/index.ts'
import { encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

async function run(line: string) {
  const session = testSession({}, [{ index: 2, name: 'v0' }])
  const status = await dispatch(command, session, new Words(line.split(' ')))
  return { status, request: session.changes[0] }
}

describe('what ip route sends', () => {
  test.each([
    [
      'add default via 10.0.0.1',
      { family: 'inet', via: '10.0.0.1', type: 'unicast', protocol: 'boot', scope: 'global' },
    ],
    ['add default via fd00::1 dev v0', { family: 'inet6', via: 'fd00::1', oif: 2 }],
    ['add 10.1.0.0/16 dev v0', { dst: '10.1.0.0/16', oif: 2, scope: 'link', headerTable: 254 }],
    ['add 10.1/16 dev v0 table 1000', { dst: '10.1.0.0/16', headerTable: 0, table: 1000 }],
    ['add blackhole 10.1.0.0/16 metric 5', { type: 'blackhole', metric: 5 }],
    ['add local 10.1.1.1 dev v0', { type: 'local', scope: 'host', headerTable: 255 }],
    ['add 10.1.0.0/16 via inet6 fd00::1 dev v0', { viaOther: { family: 'inet6', address: 'fd00::1' } }],
    ['add 10.1.0.0/16 dev v0 mtu lock 1400 rtt 1.5s', { metrics: { mtu: 1400, rtt: 12000, lock: ['mtu'] } }],
    ['add 10.1.0.0/16 dev v0 rto_min 200ms', { metrics: { rtoMin: 200, lock: ['rtoMin'] } }],
    [
      'add default nexthop via 10.0.0.1 weight 3 nexthop dev v0 onlink',
      {
        multipath: [
          { via: '10.0.0.1', weight: 3, oif: 0 },
          { oif: 2, weight: 1, flags: ['onlink'] },
        ],
      },
    ],
    ['del default', { family: 'inet', type: 'unspec', scope: 'nowhere' }],
  ])('%s', async (line, value) => {
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request?.value).toMatchObject(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })
})

describe('what it refuses', () => {
  test.each([
    ['add default dev nodev', 'Cannot find device "nodev"', 1],
    ['add default nexthop dev nodev', 'Cannot find device "nodev"\nError: cannot parse nexthop', 255],
    ['add default nexthop via 10.0.0.1 x', 'Error: "nexthop" or end of line is expected instead of "x"', 255],
    ['add default nexthop', 'Error: unexpected end of line after "nexthop"', 255],
    [
      'add default via 10.0.0.1 via',
      'Error: argument "via" is wrong: use nexthop syntax to specify multiple via\n',
      255,
    ],
    ['add default 10.0.0.0/8', 'Error: either "to" is duplicate, or "10.0.0.0/8" is a garbage.', 255],
    ['get', 'need at least a destination address', 1],
    ['flush', '"ip route flush" requires arguments.', 1],
    ['add 10.1.0.0/16 encap mpls 5', 'ipts: "route encap" is not supported yet.', 1],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
