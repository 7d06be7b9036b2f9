import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Request, Socket } from '../../../src/netlink/index.ts'
import {
  address,
  link,
  neighbour,
  nexthop,
  openRoute,
  type route as Routes,
  route,
  rule,
} from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const LO = 1
const V0 = 100
const V1 = 101
const BR0 = 102

/** What says how long something has been there (as `tentative` does), and padding, which depends on where in the kernel's buffer a message came to lie. */
const PASSING = ['cacheinfo', 'probes', 'pad']

function lasting(items: readonly object[]): string[] {
  return items
    .map((item) => JSON.stringify(item, (name, value: unknown) => (PASSING.includes(name) ? undefined : value)))
    .map((text) => text.replace('"tentative",', ''))
    .toSorted()
}

describe.skipIf(reason)(
  `what is listed is deleted and added back as it is${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let socket: Socket
    const ask = <Reply>(request: Request<Reply>): Reply => socket.requestSync(request)
    const all = (requests: readonly Request<unknown>[]) => {
      const results = socket.batchSync(requests)
      expect(results.flatMap((result) => (result.ok ? [] : [result.error.message]))).toEqual([])
    }

    beforeAll(() => {
      enterDisposableWorld()
      socket = openRoute()
      all([
        link.set({ index: LO, up: true }),
        link.add({ name: 'v0', index: V0, kind: 'veth', data: { peer: { name: 'v1', index: V1 } } }),
        link.add({ name: 'br0', index: BR0, kind: 'bridge' }),
        ...[V0, V1, BR0].map((index) => link.set({ index, up: true })),
        address.add({ index: V0, address: '10.0.0.1/24', broadcast: '+', label: 'v0:one' }),
        address.add({ index: V0, address: '10.0.0.2/24' }),
        address.add({ index: V0, address: '10.1.0.1', peer: '10.1.0.2/32', flags: ['noprefixroute'], metric: 7 }),
        address.add({ index: V0, address: '10.2.0.1/24', scope: 'link', cacheinfo: { valid: 1000, preferred: 500 } }),
        address.add({ index: V0, address: 'fd00::1/64', flags: ['nodad'] }),
        address.add({ index: V0, address: 'fd01::1', peer: 'fd01::2/64', flags: ['nodad'], metric: 9 }),
        address.add({ index: V0, address: 'fd02::1/64', flags: ['nodad'], cacheinfo: { preferred: 0 } }),
        address.add({ index: V1, address: '10.3.0.1/24' }),
      ])
    })
    afterAll(() => socket?.close())

    test('addresses', () => {
      // A link's own address goes and comes with the link's state, which this test does not change.
      const list = () => ask(address.list()).filter(({ scope, family }) => scope !== 'link' || family === 'inet')
      const before = list()
      expect(before.length).toBeGreaterThan(8)
      all(before.toReversed().map((one) => address.delete(one)))
      expect(list()).toEqual([])
      all(before.map((one) => address.add(one)))
      expect(lasting(list())).toEqual(lasting(before))
    })

    test('routes', () => {
      all([
        route.add({ dst: 'default', via: '10.0.0.9' }),
        route.add({ dst: 'default', via: 'fd00::9', metric: 5 }),
        route.add({ dst: 'default', via: 'fd00::9', oif: V0, table: 1000, pref: 'high' }),
        route.add({
          dst: '10.9.0.0/24',
          via: '10.0.0.9',
          metric: 20,
          prefsrc: '10.0.0.2',
          table: 50,
          protocol: 'static',
        }),
        route.add({ dst: '10.9.1.0/24', oif: V0, metrics: { mtu: 1400, lock: ['mtu'], ccAlgo: 'reno' }, tos: 4 }),
        route.add({ dst: '10.9.2.0/24', multipath: [{ via: '10.0.0.9', weight: 3 }, { oif: V1 }] }),
        route.add({ dst: '10.9.3.0/24', type: 'blackhole' }),
        route.add({ dst: '10.9.4.0/24', type: 'unreachable', metric: 4278198272 }),
        route.add({ dst: '10.9.5.0/24', via: '10.77.0.1', oif: V0, flags: ['onlink'], flow: 0x10002 }),
        route.add({ dst: '10.9.6.0/24', via: 'fd00::9', oif: V0 }),
        route.add({ dst: '10.9.7.0/24', oif: V0, encapType: 'ip', encap: { id: 7, dst: '192.0.2.1', ttl: 9 } }),
        route.add({ dst: 'fd09::/64', via: 'fd00::9', expires: 600 }),
        route.add({ dst: 'fd09:1::/64', multipath: [{ via: 'fd00::9' }, { via: 'fd00::8', weight: 2 }] }),
        route.add({ dst: 'fd09:2::/64', type: 'prohibit' }),
        route.add({ dst: 'fd09:3::/64', src: 'fd00::/64', via: 'fd00::9' }),
        nexthop.add({ id: 7, via: '10.0.0.8', oif: V0 }),
        route.add({ dst: '10.9.8.0/24', nhId: 7 }),
      ])
      // A metric of 0, which the kernel gives an IPv6 host's own addresses, means 1024 in a request.
      const list = () => ask(route.list()).filter(({ family, metric }) => family === 'inet' || metric !== 0)
      const before = list()
      expect(before.filter(({ dst }) => dst === 'default').map(({ family }) => family)).toEqual(
        expect.arrayContaining(['inet', 'inet6']),
      )
      all(before.map((one) => route.delete(one)))
      expect(list()).toEqual([])
      // Links have IPv6 routes of the same destination and metric: adding refuses what the kernel adds as others.
      all(before.toSorted((a, b) => needs(a) - needs(b)).map((one) => route.prepend(one)))
      expect(lasting(list())).toEqual(lasting(before))
      const expiring = ask(route.list({ family: 'inet6' })).find(({ dst }) => dst === 'fd09::/64')
      expect(expiring?.cacheinfo?.expires).toBeGreaterThan(59000)
    })

    test('rules', () => {
      all([
        rule.add({ src: '10.0.0.0/8', table: 100, priority: 10 }),
        rule.add({ dst: 'fd00::/16', table: 1000, priority: 11, protocol: 'static' }),
        rule.add({ iif: 'v0', oif: 'gone0', fwmark: 5, fwmask: 0xff, priority: 12 }),
        rule.add({ goto: 20, flags: ['invert'], src: '1.2.3.4', priority: 13 }),
        rule.add({ action: 'prohibit', uidRange: { start: 5, end: 10 }, priority: 14 }),
        rule.add({ ipProto: 6, dportRange: { start: 80, end: 90 }, suppressPrefixlen: 0, tunId: 9, priority: 15 }),
        rule.add({ l3mdev: 1, priority: 16 }),
      ])
      const before = ask(rule.list())
      expect(before.length).toBeGreaterThan(10)
      all(before.map((one) => rule.delete(one)))
      expect(ask(rule.list())).toEqual([])
      all(before.map((one) => rule.add(one)))
      expect(ask(rule.list())).toEqual(before)
      const ours = ask(rule.list()).filter(({ priority = 0 }) => priority >= 10 && priority <= 16)
      all(ours.map((one) => rule.delete(one)))
    })

    test('neighbours, proxies and forwarding entries', () => {
      const lladdr = '02:00:00:00:00:09'
      all([
        link.set({ index: V1, master: BR0 }),
        neighbour.add({ index: V0, dst: '10.0.0.20', lladdr }),
        neighbour.add({ index: V0, dst: '10.0.0.21', lladdr, state: ['noarp'], protocol: 'static' }),
        neighbour.add({ index: V0, dst: '10.0.0.22', lladdr, flags: ['ext-learned'] }),
        neighbour.add({ index: V0, dst: 'fd00::20', lladdr, flags: ['router'] }),
        neighbour.add({ index: V0, dst: '10.0.0.30', flags: ['proxy'] }),
        neighbour.add({ index: V1, lladdr, flags: ['master'] }),
        neighbour.add({
          index: V1,
          lladdr: '02:00:00:00:00:0a',
          flags: ['master', 'sticky'],
          state: ['noarp', 'reachable'],
        }),
      ])
      const filters: neighbour.NeighbourFilter[] = [{}, { proxy: true }, { family: 'bridge', master: BR0 }]
      // Multicast addresses and a bridge's own stations are the kernel's business.
      const list = (filter: neighbour.NeighbourFilter) =>
        ask(neighbour.list(filter)).filter((one) =>
          one.dst !== undefined ? !/^(ff|224\.)/.test(one.dst) : one.lladdr?.startsWith('02:00') === true,
        )
      for (const filter of filters) {
        const before = list(filter)
        expect(before.length).toBeGreaterThan(0)
        all(before.map((one) => neighbour.delete(one)))
        // An entry of a bridge without a VLAN brings those of the port's VLANs with it.
        all(before.map((one) => (filter.family === 'bridge' ? neighbour.replace(one) : neighbour.add(one))))
        expect(lasting(list(filter))).toEqual(lasting(before))
      }
    })

    test('next hops and groups', () => {
      all([
        nexthop.add({ id: 1, via: '10.0.0.9', oif: V0, protocol: 'static' }),
        nexthop.add({ id: 2, oif: V0 }),
        nexthop.add({ id: 3, blackhole: true }),
        nexthop.add({ id: 4, via: 'fd00::9', oif: V0 }),
        nexthop.add({ id: 10, group: [{ id: 1, weight: 3 }, { id: 2 }] }),
        nexthop.add({ id: 11, group: [{ id: 1 }, { id: 2 }], groupType: 'resilient', resGroup: { buckets: 8 } }),
      ])
      const before = ask(nexthop.list())
      expect(ask(nexthop.listBuckets({ id: 11 }))).toHaveLength(8)
      expect(ask(nexthop.getBucket({ id: 11, index: 3 }))).toMatchObject({ id: 11, resBucket: { index: 3 } })
      all(before.toReversed().map((one) => nexthop.delete(one)))
      expect(ask(nexthop.list())).toEqual([])
      all(before.map((one) => nexthop.add(one)))
      const still = (items: readonly nexthop.Nexthop[]) =>
        items.map(({ resGroup, ...item }) => ({ ...item, buckets: resGroup?.buckets }))
      expect(still(ask(nexthop.list()))).toEqual(still(before))
    })

    test('filters of the kernel give what they say', () => {
      const routes = ask(route.list())
      const expected = (wanted: (one: Routes.Route) => boolean) => lasting(routes.filter(wanted))
      expect(lasting(ask(route.list({ table: 254 })))).toEqual(expected(({ table }) => table === 254))
      expect(lasting(ask(route.list({ family: 'inet6' })))).toEqual(expected(({ family }) => family === 'inet6'))
      expect(lasting(ask(route.list({ protocol: 'kernel' })))).toEqual(
        expected(({ protocol }) => protocol === 'kernel'),
      )
      expect(lasting(ask(route.list({ type: 'local' })))).toEqual(expected(({ type }) => type === 'local'))
      expect(new Set(ask(address.list({ index: V0 })).map(({ index }) => index))).toEqual(new Set([V0]))
      expect(ask(address.list({ family: 'inet6', index: LO })).map((one) => one.address)).toEqual(['::1/128'])
      expect(ask(neighbour.list({ index: V0, family: 'inet6' })).every(({ index }) => index === V0)).toBe(true)
      expect(ask(address.listMulticast({ index: LO })).map(({ multicast }) => multicast)).toContain('ff02::1')
    })

    test('one is asked for', () => {
      expect(ask(route.get({ dst: '10.0.0.77' }))).toMatchObject({ dst: '10.0.0.77/32', oif: V0, table: 254 })
      expect(ask(route.get({ dst: '10.0.0.77', fibMatch: true }))).toMatchObject({ dst: '10.0.0.0/24', scope: 'link' })
      expect(ask(route.get({ dst: 'fd00::77' }))).toMatchObject({ family: 'inet6', oif: V0 })
      expect(ask(address.get({ address: 'fd00::1' }))).toMatchObject({ index: V0, address: 'fd00::1/64' })
      expect(ask(neighbour.get({ index: V0, dst: '10.0.0.20' }))).toMatchObject({ lladdr: '02:00:00:00:00:09' })
      expect(ask(nexthop.get({ id: 3 }))).toMatchObject({ id: 3, blackhole: true })
      const tables = ask(neighbour.listTables())
      expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['arp_cache', 'ndisc_cache']))
      all([neighbour.changeTable({ name: 'arp_cache', parms: { ifindex: V0, retransTime: 2000 } })])
      const changed = ask(neighbour.listTables({ family: 'inet' })).find(({ parms }) => parms?.ifindex === V0)
      expect(changed?.parms?.retransTime).toBe(2000)
    })

    test('routes whose link has no carrier', async () => {
      all([link.set({ index: V1, up: false })])
      // Next hops over the other link have gone with it; and the kernel sees late that one in another family has no carrier.
      const list = () =>
        ask(route.list({ family: 'inet', oif: V0 })).filter((one) => (one.multipath ?? one.viaOther) === undefined)
      // Routes are told when the kernel takes note of the carrier: for being asked about the link, or up to a second later.
      const isTold = () => {
        ask(link.get({ index: V0 }))
        return list().some(({ flags }) => flags.includes('linkdown'))
      }
      await expect.poll(isTold, { timeout: 5000 }).toBe(true)
      const before = list()
      all(before.map((one) => route.delete(one)))
      all(before.toSorted((a, b) => needs(a) - needs(b)).map((one) => route.add(one)))
      expect(lasting(list())).toEqual(lasting(before))
      all([link.set({ index: V1, up: true })])
    })
  },
)

/** How much must be there before a route can be added: its preferred source, then its gateway. */
function needs({ dst, table, prefsrc, via, viaOther, multipath, nhId }: Routes.Route): number {
  if (table === 255) return prefsrc === undefined || dst === `${prefsrc}/32` ? 0 : 1
  return (via ?? viaOther ?? multipath ?? nhId) === undefined ? 2 : 3
}
