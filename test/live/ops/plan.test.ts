import { readdirSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import {
  addAddress,
  addForwarding,
  addNeighbour,
  addPolicyRule,
  addRoute,
  allowForward,
  attachToBridge,
  connectContainer,
  createBridge,
  createLink,
  createNetns,
  createVethPair,
  enableForwarding,
  ensure,
  masquerade,
  moveToNetns,
  type Op,
  plan,
  publishPort,
  readSysctl,
  setDown,
  setForwardPolicy,
  setMtu,
  setSysctl,
  setUp,
  snapshot,
  waitForLink,
  withRoute,
  writeSysctl,
} from '../../../src/ops/index.ts'
import { address, link, neighbour, openRoute, route as routes, rule } from '../../../src/rtnl/index.ts'
import { noticeCarriers } from '../carriers.ts'
import { noNatReason } from '../netfilter/kernel.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const noNat = noNatReason()
const title = (what: string) =>
  `${what}${reason ? ` (skipped: ${reason})` : noNat ? ` (those of the firewall skipped: ${noNat})` : ''}`

/** Everything of the configuration that ops can change, of all namespaces. */
async function dumps() {
  const forwarding = (name: string | undefined) =>
    netns.run(name === undefined ? netns.current() : name, () =>
      readdirSync('/proc/sys/net/ipv4/conf').map((link) => [link, readSysctl(`net/ipv4/conf/${link}/forwarding`)]),
    )
  const names = netns.list().sort()
  return { ...(await snapshot()), names, forwarding: [undefined, ...names].map(forwarding) }
}

/** Adding an IPv6 address ends a moment after the request for it does. */
async function expectEventually(expected: unknown) {
  await expect.poll(dumps, { timeout: 5000, interval: 50 }).toEqual(expected)
}

/** Dumps that stay the same for longer than the kernel takes to notice a carrier, where it does not do so at once, or to try out an address. */
async function settled() {
  noticeCarriers()
  for (let last = await dumps(); ; ) {
    await sleep(1500)
    const now = await dumps()
    if (isDeepStrictEqual(last, now)) return now
    last = now
  }
}

const ofTheFirewall: readonly Op[] = [
  setForwardPolicy('drop'),
  masquerade({ source: '192.168.0.0/24', notOut: 'br-new' }),
  publishPort({ port: 8080, to: '192.168.0.55:80', netns: 'old' }),
  allowForward({ in: 'br-new', first: true }),
  connectContainer({ name: 'web', publish: ['8081:80'] }),
]

describe.skipIf(reason)(title('plans'), () => {
  /** A host that is in use: what is there must be there, as it was, after whatever was tried. */
  beforeAll(async () => {
    enterDisposableWorld()
    writeSysctl('net.ipv6.conf.default.accept_dad', 0)
    await plan('the host', [
      setUp({ link: 'lo' }),
      createNetns('old'),
      createBridge({ name: 'br-old' }),
      setUp({ link: 'br-old' }),
      createVethPair({ name: 'port', peer: { name: 'far' } }),
      createVethPair({ name: 'other', peer: { name: 'other-far' } }),
      ...['port', 'far', 'other', 'other-far'].map((link) => setUp({ link })),
      attachToBridge({ link: 'port', bridge: 'br-old' }),
      addAddress({ link: 'br-old', address: '10.1.0.1/24', broadcast: '+' }),
      addAddress({ link: 'br-old', address: '10.1.0.2/24' }),
      addAddress({ link: 'other', address: '10.2.0.1/24' }),
      addAddress({ link: 'other', address: '10.2.0.9/24' }),
      addAddress({ link: 'other', address: 'fd02::1/64' }),
      addRoute({ dst: '10.99.0.0/16', via: '10.2.0.2' }),
      addRoute({ dst: 'fd99::/64', via: 'fd02::2', link: 'other', metric: 77 }),
      addRoute({ dst: 'default', via: '10.1.0.254' }),
    ]).do()
    await withRoute(undefined, {}, async (route) => {
      const { index } = await route.request(link.get('br-old'))
      await route.request(neighbour.add({ index, dst: '10.1.0.77', lladdr: '02:00:00:00:00:77', state: ['permanent'] }))
      await route.request(
        link.set({ name: 'port', slaveKind: 'bridge', slaveData: { cost: 77, mode: true, isolated: true } }),
      )
      await route.request(rule.add({ src: '10.2.0.0/24', table: 100, priority: 1000 }))
      for (const name of ['port', 'far', 'other', 'other-far', 'br-old'])
        await waitForLink(route, { name, operstate: 'up' })
    })
    writeSysctl('net.ipv4.conf.other.forwarding', 1)
    writeSysctl('net.ipv4.conf.port.rp_filter', 2)
    writeSysctl('net.ipv6.neigh.other.gc_stale_time', 33)
  })

  const steps: readonly Op[] = [
    createNetns('red'),
    createVethPair({ name: 'veth-red', peer: { name: 'bread-red' } }),
    moveToNetns({ link: 'veth-red', to: 'red' }),
    createVethPair({ name: 'direct', peer: { name: 'eth0', netns: 'red' } }),
    addAddress({ link: 'veth-red', address: '192.168.0.55/24', broadcast: '+', netns: 'red' }),
    addAddress({ link: 'veth-red', address: 'fd00::55/64', netns: 'red' }),
    setUp({ link: 'veth-red', netns: 'red' }),
    setUp({ link: 'lo', netns: 'red' }),
    setUp({ link: 'lo', netns: 'old' }),
    createBridge({ name: 'br-new' }),
    setUp({ link: 'br-new' }),
    setUp({ link: 'bread-red' }),
    attachToBridge({ link: 'bread-red', bridge: 'br-new' }),
    // From one bridge to another, and away with all that it has.
    attachToBridge({ link: 'port', bridge: 'br-new' }),
    addAddress({ link: 'br-new', address: '192.168.0.60/24', broadcast: '+' }),
    addAddress({ link: 'other', address: '10.2.0.3/24' }),
    addRoute({ dst: 'default', via: '192.168.0.60', netns: 'red' }),
    addRoute({ dst: '10.50.0.0/16', via: '10.2.0.3', link: 'other', metric: 5 }),
    addRoute({ dst: 'fd50::/64', link: 'other' }),
    setMtu({ link: 'other', mtu: 1280 }),
    setMtu({ link: 'other', mtu: 1000 }),
    setSysctl('net.ipv4.ip_forward', 1),
    setSysctl('net/ipv4/conf/veth-red/forwarding', 1, { netns: 'red' }),
    moveToNetns({ link: 'other', to: 'red' }),
    setDown({ link: 'far' }),
    setDown({ link: 'br-old' }),
    moveToNetns({ link: 'port', to: 'old' }),
    createLink({ name: 'v9', kind: 'vxlan', data: { id: 9, port: 4789 } }),
    addForwarding({ link: 'v9', lladdr: '02:00:00:00:00:09', dst: '10.9.0.9' }),
    addNeighbour({ link: 'br-new', address: '192.168.0.99', lladdr: '02:00:00:00:00:99' }),
    createLink({ name: 'mac9', kind: 'macvlan', data: { mode: 'bridge' }, on: 'far' }),
    enableForwarding({ netns: 'old' }),
    addPolicyRule({ src: '192.168.0.0/24', table: 100, priority: 900 }),
    addPolicyRule({ dst: 'fd50::/64', table: 1000, iif: 'br-new' }),
    ...(noNat ? [] : ofTheFirewall),
  ]

  test('one that is done and undone leaves everything as it was', async () => {
    const before = await dumps()
    const lab = plan('lab', steps)
    expect(await lab.isDone()).toBe(false)
    const done = await lab.do()
    expect(await dumps()).not.toEqual(before)
    await lab.undo(done)
    await expectEventually(before)
  })

  test.each(steps.map((step, i) => [i, step.summary] as const))(
    'when step %i, %s, fails, everything is as it was',
    async (failing) => {
      const before = await dumps()
      const failure = new Error('made to fail')
      const broken = steps.map((step, i) => (i === failing ? { ...step, do: () => Promise.reject(failure) } : step))
      await expect(plan('lab', broken).do()).rejects.toMatchObject({ index: failing, cause: failure, notUndone: [] })
      await expectEventually(before)
    },
  )

  test('when the kernel refuses a step, everything is as it was, and its reason is told', async () => {
    const before = await dumps()
    const error = await plan('lab', [...steps, createBridge({ name: 'br-old' })])
      .do()
      .catch((error) => error)
    expect(error).toMatchObject({ index: steps.length, notUndone: [], cause: { code: 'EEXIST' } })
    expect(error.message).toContain('create bridge br-old: add link br-old: EEXIST')
    await expectEventually(before)
  })

  test.each([
    ['a taken name', createVethPair({ name: 'new0', peer: { name: 'port' } })],
    ['a namespace that is there', createNetns('old')],
    ['a link that is not', setUp({ link: 'nothing' })],
    ['a namespace that is not', moveToNetns({ link: 'port', to: 'nowhere' })],
    ['a gateway that nobody knows', addRoute({ dst: '10.77.0.0/16', via: '172.31.0.1' })],
    ['an address that is there', addAddress({ link: 'other', address: '10.2.0.1/24' })],
    ['a master that takes no ports', attachToBridge({ link: 'port', bridge: 'lo' })],
    ['a parameter that is not there', setSysctl('net.ipv4.conf.nothing.forwarding', 1)],
    ['a value that is none', setSysctl('net.ipv4.ip_forward', 'maybe')],
  ])('%s is refused and changes nothing', async (_, op) => {
    const before = await dumps()
    await expect(op.do()).rejects.toThrow(/^(\w+ .*: E[A-Z]+|E[A-Z]+: )/)
    await expectEventually(before)
  })

  test('ensured, it may be done twice, and undone as often', async () => {
    const before = await dumps()
    // Before the MTU that takes IPv6 away from what was done.
    const lab = ensure(plan('lab', steps.slice(0, 20)))
    const first = await lab.do()
    const between = await settled()
    const second = await lab.do()
    expect(await dumps()).toEqual(between)
    await lab.undo(second)
    expect(await dumps()).toEqual(between)
    await lab.undo(first)
    await expectEventually(before)
  })

  test('what is there in another form is not what an op would make', async () => {
    const vxlan = (id: number, port = 4789) => createLink({ name: 'v', kind: 'vxlan', data: { id, port } })
    const via = (more: object) => addRoute({ dst: '10.60.0.0/16', link: 'other', ...more })
    const looked = (more: object) => addPolicyRule({ src: '10.61.0.0/16', table: 100, priority: 901, ...more })
    const host = addRoute({ dst: '10.62.0.1', link: 'other' })
    const lab = plan('lab', [vxlan(5), via({ prefsrc: '10.2.0.1' }), looked({ tos: 8 }), host])
    const done = await lab.do()
    expect(await lab.isDone()).toBe(true)
    for (const op of [vxlan(6), vxlan(5, 8472), via({ prefsrc: '10.2.0.9' }), via({ metric: 9 }), looked({ tos: 4 })]) {
      expect(await op.isDone(), op.summary).toBe(false)
    }
    for (const op of [via({}), looked({}), createLink({ name: 'v', kind: 'vxlan' })])
      expect(await op.isDone()).toBe(true)
    await lab.undo(done)
    expect(await lab.isDone()).toBe(false)
  })

  test('the file that is left of a namespace is in no snapshot', async () => {
    const before = await snapshot()
    writeFileSync('/run/netns/stale', '')
    expect(await snapshot()).toEqual(before)
    netns.delete('stale')
  })

  test('undo of what is gone already is no error', async () => {
    const before = await dumps()
    const lab = plan('lab', [...steps.slice(0, 13), setSysctl('net.ipv4.ip_forward', 1, { netns: 'red' })])
    const done = await lab.do()
    await withRoute(undefined, {}, async (route) => {
      for (const name of ['bread-red', 'direct', 'br-new']) await route.request(link.delete(name))
    })
    netns.delete('red')
    await lab.undo(done)
    await expectEventually(before)
  })

  test('undo does not touch what somebody else made since under the same name', async () => {
    const pair = createVethPair({ name: 'mine', peer: { name: 'mine-peer' } })
    const red = createNetns('red')
    const [made, id] = [await pair.do(), await red.do()]
    await withRoute(undefined, {}, (route) => route.request(link.delete('mine')))
    netns.delete('red')
    const later = plan('later', [createBridge({ name: 'mine' }), createNetns('red')])
    const theirs = await later.do()
    await pair.undo(made)
    await red.undo(id)
    expect(await later.isDone()).toBe(true)
    await later.undo(theirs)
  })

  test('a veth pair whose end was moved is known again, and deleted from either side', async () => {
    const pair = createVethPair({ name: 'a', peer: { name: 'b' } })
    const made = await pair.do()
    await moveToNetns({ link: 'a', to: 'old' }).do()
    expect(await pair.isDone()).toBe(true)
    expect(await createVethPair({ name: 'a', peer: { name: 'c' } }).isDone()).toBe(false)
    await pair.undo(made)
    expect(await pair.isDone()).toBe(false)
    using route = openRoute({ netns: netns.open('old') })
    expect((await route.request(link.list())).map(({ name }) => name)).toEqual(['lo'])
  })

  test('what an op asks and changes can be watched', async () => {
    const types: number[] = []
    const bridge = createBridge({ name: 'br-x' })
    await bridge.undo(
      await bridge.do({ trace: ({ direction, bytes }) => direction === 'sent' && types.push(bytes[4]!) }),
    )
    expect(types).toEqual([link.RTM_NEWLINK, link.RTM_GETLINK])
  })

  test('no descriptor is left open', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    const lab = plan('lab', steps)
    await lab.undo(await lab.do())
    const before = count()
    for (let i = 0; i < 3; i++) await lab.undo(await lab.do())
    expect(count()).toBe(before)
  })

  test('what is asked of a link is what the kernel has', async () => {
    const done = await plan('lab', steps).do()
    await withRoute('red', {}, async (route) => {
      const { index } = await route.request(link.get('veth-red'))
      const [v4] = await route.request(address.list({ index, family: 'inet' }))
      expect(v4).toMatchObject({ address: '192.168.0.55/24', broadcast: '192.168.0.255' })
      expect(await route.request(routes.list({ family: 'inet', table: 254 }))).toMatchObject([
        { dst: 'default', via: '192.168.0.60' },
        { dst: '192.168.0.0/24' },
      ])
    })
    await plan('lab', steps).undo(done)
  })
})
