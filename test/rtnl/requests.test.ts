import { describe, expect, test } from 'vitest'
import { EncodeError, encodeRequest, type Request, toHex } from '../../src/netlink/index.ts'
import {
  address,
  link,
  neighbour,
  nexthop,
  nsid,
  type route as Routes,
  route,
  routeProtocol,
  rule,
} from '../../src/rtnl/index.ts'
import { decode } from '../fixtures.ts'

const V0 = 3

function said(request: Request<unknown>): object {
  const bytes = encodeRequest(request)
  return decode(routeProtocol.messages.get(request.type)!.codec, bytes.subarray(16)) as object
}

function hex(request: Request<unknown>): string {
  return toHex(encodeRequest(request))
}

describe('operations in words', () => {
  test.each<[Request<unknown>, string]>([
    [route.add({ dst: '10.0.0.0/24', oif: V0 }), 'add route 10.0.0.0/24'],
    [route.delete({ dst: '::/0', src: 'fd00::/64' }), 'delete route default from fd00::/64'],
    [route.get({ dst: '10.0.0.1' }), 'get route 10.0.0.1'],
    [route.list(), 'list routes'],
    [address.delete({ address: '10.0.0.1/24', index: V0 }), 'delete address 10.0.0.1/24'],
    [address.add({ address: '10.0.0.1', peer: '10.0.0.2', index: V0 }), 'add address 10.0.0.1 peer 10.0.0.2'],
    [neighbour.replace({ dst: 'fd00::1', index: V0 }), 'replace neighbour fd00::1'],
    [rule.add({ src: '10.0.0.0/8', table: 100, priority: 7 }), 'add rule 7 from 10.0.0.0/8 table 100'],
    [rule.add({}), 'add rule'],
    [nexthop.add({ oif: V0 }), 'add nexthop'],
    [nsid.add({ fd: 5, nsid: 7 }), 'add namespace id 7'],
  ])('%#: %s', ({ operation }, words) => expect(operation).toBe(words))
})

describe('a request as JSON', () => {
  test.each<[string, () => Request<unknown>]>([
    ['a link', () => link.get('lo')],
    ['routes', () => route.list()],
    ['a rule', () => rule.add({ src: '10.0.0.0/8' })],
  ])('says what is asked, and leaves the tables out: %s', (_, make) => {
    const request = make()
    const { codec, answer, ...said } = JSON.parse(JSON.stringify(request))
    const { operation, type, flags, value } = request
    expect({ codec, answer, ...said }).toEqual({
      ...JSON.parse(JSON.stringify({ operation, type, flags, value })),
      codec: undefined,
      answer: { is: request.answer.is, ...(request.answer.is === 'acknowledgement' ? {} : { item: {} }) },
    })
  })
})

describe('a default route', () => {
  test('is the same however it is said', () => {
    const forms = [
      route.add({ dst: 'default', via: '10.0.0.1' }),
      route.add({ via: '10.0.0.1' }),
      route.add({ family: 'inet', via: '10.0.0.1' }),
      route.add({ family: 2, dst: 'default', via: '10.0.0.1' }),
    ]
    expect(new Set(forms.map(hex)).size).toBe(1)
  })

  test('says its destination where it is written as an address, as ip does', () => {
    expect(said(route.add({ dst: '0.0.0.0/0', via: '10.0.0.1' }))).toMatchObject({ dst: '0.0.0.0/0', via: '10.0.0.1' })
    expect(said(route.add({ dst: '::/0', oif: V0 }))).toMatchObject({ family: 'inet6', dst: '::/0' })
  })

  test('is listed as default, with its table', () => {
    const { answer } = route.list()
    const pick = answer.item.pick as unknown as (message: object) => Routes.Route
    expect(pick({ family: 'inet', flags: [], headerTable: 254 })).toMatchObject({ dst: 'default', table: 254 })
  })
})

describe('what the kernel does not take is left out', () => {
  test('of a route: its state, and what its next hop says', () => {
    const listed = { dst: '10.0.0.0/24', via: '10.0.0.1', oif: V0, flags: ['onlink', 'linkdown', 'dead'] } as const
    expect(said(route.add(listed))).toMatchObject({ flags: ['onlink'] })
    expect(said(route.add({ ...listed, nhId: 7 }))).not.toHaveProperty('via')
    const hop = { via: '10.0.0.1', flags: ['linkdown'] } as const
    expect(said(route.add({ multipath: [hop] }))).toMatchObject({ multipath: [{ flags: [], via: '10.0.0.1' }] })
  })

  test('of a route: its cache; the time it has left is what it is given', () => {
    const value = said(route.add({ dst: 'fd00::/64', oif: V0, cacheinfo: { expires: 12345, used: 3 } }))
    expect(value).toMatchObject({ expires: 124 })
    expect(value).not.toHaveProperty('cacheinfo')
  })

  test('of an address: what became of it, and when', () => {
    const cacheinfo = { preferred: 5, valid: 10, created: 100, updated: 200 }
    const value = said(
      address.add({ address: 'fd00::1/64', index: V0, flags: ['nodad', 'tentative', 'permanent'], cacheinfo }),
    )
    expect(value).toMatchObject({ headerFlags: 2, cacheinfo: { preferred: 5, valid: 10, created: 0, updated: 0 } })
  })

  test('of a rule and of a neighbour', () => {
    expect(said(rule.add({ oif: 'gone', flags: ['invert', 'oif-detached'] }))).toMatchObject({ flags: ['invert'] })
    const listed = { dst: '10.0.0.1', index: V0, probes: 3, cacheinfo: { used: 5 } }
    expect(Object.keys(said(neighbour.add(listed)))).not.toEqual(expect.arrayContaining(['probes']))
  })
})

describe('broadcast addresses', () => {
  test.each([
    ['10.0.5.1/24', '+', '10.0.5.255'],
    ['10.0.5.1/24', '-', '10.0.5.0'],
    ['10.0.5.129/27', '+', '10.0.5.159'],
    ['10.0.5.129/30', '-', '10.0.5.128'],
    ['10.5.5.5/8', '+', '10.255.255.255'],
    ['10.5.5.5/31', '+', undefined],
  ])('of %s, %s, is %s', (own, broadcast, edge) => {
    const value = said(address.add({ address: own, index: V0, broadcast })) as address.Address
    expect(value.broadcast).toBe(edge)
  })

  test('none is implied', () => {
    expect(said(address.add({ address: '10.0.0.1/24', index: V0 }))).not.toHaveProperty('broadcast')
  })
})

describe('bad input is refused, and says what and where', () => {
  test.each<[string, () => Request<unknown>, RegExp]>([
    ['no link', () => address.add({ address: '10.0.0.1/24' } as never), /^index: no link is given/],
    ['no address', () => address.add({ index: V0 }), /^address: no address is given/],
    [
      'another namespace',
      () => address.add({ address: '10.0.0.1/24', index: V0, targetNetnsid: 1 }),
      /^targetNetnsid: addresses change only in/,
    ],
    ['a name', () => address.add({ address: 'localhost', index: V0 }), /^address: expected an address/],
    ['a length of 33', () => address.add({ address: '10.0.0.1/33', index: V0 }), /^address: .*"10\.0\.0\.1\/33"/],
    ['two families', () => address.add({ address: '10.0.0.1', peer: '::1', index: V0 }), /^peer: .*family inet/],
    ['a broadcast of IPv6', () => address.add({ address: '::1', index: V0, broadcast: '+' }), /^broadcast: only IPv4/],
    ['an unknown flag', () => address.add({ address: '::1', index: V0, flags: ['x' as never] }), /^flags: .*"x"/],
    ['a gateway', () => route.add({ dst: '10.0.0.0/24', via: 'router' }), /^via: expected an address/],
    ['a type', () => route.add({ dst: '10.0.0.0/24', type: 'round' as never }), /^type: .*"round"/],
    ['a label', () => route.add({ dst: '9999999' }), /^dst: expected MPLS labels/],
    ['an attribute', () => route.add({ gateway: '10.0.0.1' } as never), /^gateway: unknown attribute/],
    ['a hop', () => route.add({ multipath: [{ via: '10.0.0.1' }, { weight: 300 }] }), /^multipath\.1\.weight: /],
    ['no neighbour', () => neighbour.add({ index: V0 }), /^dst: no address is given/],
    ['families that differ', () => neighbour.add({ family: 'inet', dst: '::1', index: V0 }), /^dst: .*family inet/],
    ['a rule of two families', () => rule.add({ family: 'inet6', src: '10.0.0.0/8' }), /^src: .*family inet6/],
    ['no next hop', () => nexthop.delete({}), /^id: which nexthop is not said/],
  ])('%s', (_, make, message) => {
    const act = () => encodeRequest(make())
    expect(act).toThrow(EncodeError)
    expect(act).toThrow(message)
  })
})
