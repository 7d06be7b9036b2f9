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
    ['add 10.1.0.0/16 nhid 7', { nhId: 7, scope: 'global' }],
    ['add 10.1.0.0/16 encap mpls 100/200 ttl 5 dev v0', { encapType: 'mpls', encap: { dst: '100/200', ttl: 5 } }],
    [
      'add 10.1.0.0/16 encap ip id 5 dst 1.2.3.4 key ttl 9 dev v0',
      { encapType: 'ip', encap: { id: 5, dst: '1.2.3.4', flags: ['key'], ttl: 9 } },
    ],
    [
      'add 10.1.0.0/16 encap ip6 dst fd00::1 geneve_opts 1:2:0a0b,3:4:0c0d dev v0',
      {
        encap: {
          dst: 'fd00::1',
          opts: {
            geneve: [
              { class: 1, type: 2, data: Uint8Array.of(10, 11) },
              { class: 3, type: 4, data: Uint8Array.of(12, 13) },
            ],
          },
        },
      },
    ],
    ['add 10.1.0.0/16 encap ip vxlan_opts 7 dev v0', { encap: { opts: { vxlan: { gbp: 7 } } } }],
    [
      'add 10.1.0.0/16 encap ip erspan_opts 2::1:9 dev v0',
      { encap: { opts: { erspan: { version: 2, direction: 1, hardwareId: 9 } } } },
    ],
    [
      'add 10.1.0.0/16 encap seg6 mode inline segs fd00::1,fd00::2 hmac 5 dev v0',
      { encap: { srh: { mode: 'inline', segments: ['::', 'fd00::2', 'fd00::1'], flags: 8 } } },
    ],
    [
      'add 10.1.0.0/16 encap seg6local action End.X nh6 fd00::9 flavors psp,usd dev v0',
      { encapType: 'seg6local', encap: { action: 'End.X', nh6: 'fd00::9', flavors: { operation: ['psp', 'usd'] } } },
    ],
    [
      'add 10.1.0.0/16 encap ila 1:2:3:4 csum-mode neutral-map-auto ident-type luid dev v0',
      { encap: { locator: 0x1000200030004n, csumMode: 3, identType: 1 } },
    ],
    ['add 10.1.0.0/16 dev v0 encap xfrm if_id 5 link_dev v0', { encap: { ifId: 5, link: 2 } }],
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
    ['add 10.1.0.0/16 encap mpls 5', 'Error: unexpected end of line after "encap"', 255],
    ['add 10.1.0.0/16 encap bpf in obj x', 'ipts: "encap bpf" is not supported yet.', 1],
    ['add 10.1.0.0/16 encap ila 1:2:3 dev v0', 'Bad locator: 1:2:3', 1],
    ['add 10.1.0.0/16 nhid 1 dev v0', 'Error: Nexthop specification and nexthop id are mutually exclusive.', 2],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
