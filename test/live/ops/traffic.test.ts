import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  addAddress,
  addForwarding,
  addNeighbour,
  addPolicyRule,
  ConnectTimeoutError,
  connectTcp,
  createLink,
  createNetns,
  createTun,
  createVethPair,
  echo,
  ensure,
  joinOverlay,
  listen,
  type Op,
  openTun,
  plan,
  setUp,
  snapshot,
  withRoute,
} from '../../../src/ops/index.ts'
import { link, neighbour } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { settled, trustAddresses } from './settled.ts'

const reason = noWorldReason()
const title = (what: string, why = reason) => `${what}${why ? ` (skipped: ${why})` : ''}`
const tunReason = reason ?? (existsSync('/dev/net/tun') ? undefined : 'there is no /dev/net/tun')

describe.skipIf(reason)(title('ops of neighbours, tunnels and connections'), () => {
  beforeAll(async () => {
    enterDisposableWorld()
    await plan('two hosts', [
      setUp({ link: 'lo' }),
      createNetns('far'),
      trustAddresses(),
      trustAddresses('far'),
      createVethPair({ name: 'near', peer: { name: 'eth0', netns: 'far' } }),
      addAddress({ link: 'near', address: '10.1.0.1/24' }),
      addAddress({ link: 'eth0', address: '10.1.0.2/24', netns: 'far' }),
      setUp({ link: 'near' }),
      setUp({ link: 'eth0', netns: 'far' }),
      setUp({ link: 'lo', netns: 'far' }),
    ]).do()
    await settled('near')
    await settled('eth0', 'far')
  })
  const entries = (name: string, family?: 'bridge') =>
    withRoute(undefined, {}, async (route) => {
      const { index } = await route.request(link.get(name))
      return await route.request(neighbour.list({ index, family }))
    })

  test('a neighbour is said for good, over what was learnt, and given up again', async () => {
    expect((await echo('10.1.0.2')).outcome).toBe('reply')
    const real = (await entries('near')).find(({ dst }) => dst === '10.1.0.2')
    const wrong = addNeighbour({ link: 'near', address: '10.1.0.2', lladdr: '02:00:00:00:00:99' })
    expect(await wrong.isDone()).toBe(false)
    const made = await wrong.do()
    expect(await wrong.isDone()).toBe(true)
    expect((await echo('10.1.0.2', { timeout: 200 })).outcome).toBe('timeout')
    await expect(addNeighbour({ link: 'near', address: '10.1.0.2', lladdr: real!.lladdr! }).do()).rejects.toMatchObject(
      {
        code: 'EEXIST',
      },
    )
    await wrong.undo(made)
    expect((await echo('10.1.0.2', { timeout: 3000 })).outcome).toBe('reply')
    await wrong.undo(made)
    const v6 = addNeighbour({ link: 'near', address: 'fd00::9', lladdr: '02:00:00:00:00:09' })
    const twice = ensure(v6)
    const [one, two] = [await twice.do(), await twice.do()]
    expect(two).toBeUndefined()
    await twice.undo(one)
    expect((await entries('near')).some(({ dst, state }) => dst === 'fd00::9' && state.includes('permanent'))).toBe(
      false,
    )
  })

  test('rules of policy routing are known again', async () => {
    const before = await snapshot()
    const ops = [
      addPolicyRule({ src: '10.1.0.0/16', table: 100, priority: 900 }),
      addPolicyRule({ dst: 'fd00::/64', table: 1000, iif: 'near' }),
      addPolicyRule({ fwmark: 7 }),
    ]
    for (const op of ops) expect(await op.isDone(), op.summary).toBe(false)
    const lab = plan('rules', ops)
    const done = await lab.do()
    for (const op of ops) expect(await op.isDone(), op.summary).toBe(true)
    expect(await addPolicyRule({ src: '10.1.0.0/16', table: 101, priority: 900 }).isDone()).toBe(false)
    await lab.undo(done)
    expect(await snapshot()).toEqual(before)
  })

  test('forwarding entries of a tunnel and of a bridge', async () => {
    const before = await snapshot()
    const ops = [
      createLink({ name: 'tunnel', kind: 'vxlan', data: { id: 7, port: 4789 }, on: 'near' }),
      addForwarding({ link: 'tunnel', lladdr: '02:00:00:00:00:01', dst: '10.1.0.2' }),
      addForwarding({ link: 'tunnel', lladdr: '00:00:00:00:00:00', dst: '10.1.0.2' }),
      addForwarding({ link: 'tunnel', lladdr: '00:00:00:00:00:00', dst: '10.1.0.3' }),
      createLink({ name: 'bridge', kind: 'bridge' }),
      createLink({ name: 'port', kind: 'veth' }),
    ]
    const lab = plan('lab', ops)
    const done = await lab.do()
    expect((await entries('tunnel', 'bridge')).map(({ lladdr, dst }) => `${lladdr} ${dst}`).sort()).toEqual([
      '00:00:00:00:00:00 10.1.0.2',
      '00:00:00:00:00:00 10.1.0.3',
      '02:00:00:00:00:01 10.1.0.2',
    ])
    for (const op of ops) expect(await op.isDone(), op.summary).toBe(true)
    expect(await addForwarding({ link: 'tunnel', lladdr: '02:00:00:00:00:01', dst: '10.1.0.9' }).isDone()).toBe(false)
    await expect(ops[1]!.do()).rejects.toMatchObject({ code: 'EEXIST' })
    await (ops[2] as Op).undo(done[2])
    expect((await entries('tunnel', 'bridge')).map(({ dst }) => dst).sort()).toEqual(['10.1.0.2', '10.1.0.3'])
    await withRoute(undefined, {}, async (route) => {
      const { index } = await route.request(link.get('bridge'))
      await route.request(link.set({ name: 'port', master: index }))
    })
    const station = addForwarding({ link: 'port', lladdr: '02:00:00:00:00:05' })
    const made = await station.do()
    expect((await entries('port', 'bridge')).find(({ lladdr }) => lladdr === '02:00:00:00:00:05')).toMatchObject({
      flags: [],
      state: ['permanent'],
    })
    await station.undo(made)
    expect(await station.isDone()).toBe(false)
    await lab.undo(done)
    expect(await snapshot()).toEqual(before)
  })

  test('an overlay has of each other host a neighbour, a far end and a route, from the table', async () => {
    const before = await snapshot()
    const hosts = [1, 2, 3, 4].map((n) => ({ host: `10.1.0.${n}`, containers: `10.20.${n}.0/24` }))
    const join = joinOverlay({ name: 'vx', id: 5, on: 'near', self: hosts[0]!, hosts })
    const done = await join.do()
    const { '': own } = await snapshot()
    expect(own!.forwarding.map(({ lladdr, dst }) => `${lladdr} ${dst}`)).toEqual(
      expect.arrayContaining([
        '0a:58:0a:01:00:02 10.1.0.2',
        '0a:58:0a:01:00:03 10.1.0.3',
        '0a:58:0a:01:00:04 10.1.0.4',
      ]),
    )
    expect(own!.neighbours.map(({ lladdr, dst }) => `${lladdr} ${dst}`)).toContain('0a:58:0a:01:00:03 10.20.3.0')
    const routes = own!.routes.filter(({ dst }) => String(dst).startsWith('10.20.') && String(dst).endsWith('/24'))
    expect(routes.map(({ dst, via }) => `${dst} ${via}`)).toEqual([
      '10.20.2.0/24 10.20.2.0',
      '10.20.3.0/24 10.20.3.0',
      '10.20.4.0/24 10.20.4.0',
    ])
    expect(own!.links.find(({ name }) => name === 'vx')).toMatchObject({ mtu: 1450, address: '0a:58:0a:01:00:01' })
    expect(await join.isDone()).toBe(true)
    await join.undo(done)
    expect(await snapshot()).toEqual(before)
    expect(() =>
      joinOverlay({ name: 'vx', id: 5, on: 'near', self: { host: 'x', containers: '10.0.0.0/24' }, hosts }),
    ).toThrow('not an IPv4 address: "x"')
  })

  test('connections are made and taken in any namespace', async () => {
    const server = createServer((socket) => socket.end(socket.remoteAddress ?? ''))
    await listen(server, { netns: 'far', port: 7000 })
    const greeting = async (netns?: string) => await text(await connectTcp({ host: '10.1.0.2', port: 7000, netns }))
    expect(await greeting()).toBe('::ffff:10.1.0.1')
    expect(await greeting('far')).toBe('::ffff:10.1.0.2')
    await expect(connectTcp({ host: '10.1.0.1', port: 7000, netns: 'far' })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
    await expect(connectTcp({ host: '10.9.9.9', port: 1, netns: 'far' })).rejects.toMatchObject({ code: 'ENETUNREACH' })
    await expect(connectTcp({ host: '10.1.0.9', port: 1, timeout: 50 })).rejects.toBeInstanceOf(ConnectTimeoutError)
    await expect(connectTcp({ host: 'localhost', port: 1 })).rejects.toThrow('not an address: "localhost"')
    await expect(connectTcp({ host: '10.1.0.2', port: 1, netns: 'nowhere' })).rejects.toMatchObject({ code: 'ENOENT' })
    const abort = new AbortController()
    const pending = connectTcp({ host: '10.1.0.9', port: 1, signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
    const second = createServer()
    await expect(listen(second, { netns: 'far', port: 7000 })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(listen(second, { netns: 'nowhere', port: 7000 })).rejects.toMatchObject({ code: 'ENOENT' })
    server.close()
  })

  test.skipIf(tunReason)(title('a tun link is a process, and a tap link carries frames', tunReason), async () => {
    const before = await snapshot()
    const [tun, tap] = [createTun({ name: 'tun9', netns: 'far' }), createTun({ name: 'tap9', mode: 'tap' })]
    const [one, two] = [await tun.do(), await tap.do()]
    expect(await tun.isDone()).toBe(true)
    await expect(tun.do()).rejects.toMatchObject({ code: 'EBUSY' })
    const show = spawnSync('ip', ['-n', 'far', '-details', 'link', 'show', 'tun9'], { encoding: 'utf8' })
    if (show.error === undefined) expect(show.stdout).toContain('tun type tun pi off vnet_hdr off persist on')
    await plan('up', [addAddress({ link: 'tap9', address: '10.3.0.1/24' }), setUp({ link: 'tap9' })]).do()
    const frames: Uint8Array[] = []
    {
      using open = openTun({ name: 'tap9', mode: 'tap', receive: (frame) => frames.push(frame) })
      expect(() => openTun({ name: 'tap9', mode: 'tap', receive() {} })).toThrow(/EBUSY/)
      expect(() => openTun({ name: 'near', receive() {} })).toThrow(/EINVAL/)
      await withRoute(undefined, {}, async (route) => {
        const state = async () => (await route.request(link.get('tap9'))).operstate
        await expect.poll(state, { timeout: 5000 }).toBe('up')
      })
      await echo('10.3.0.9', { timeout: 100 })
      // A question who has the address: an Ethernet frame to all, of type ARP.
      await expect
        .poll(() => frames.map((frame) => Buffer.from(frame.subarray(0, 14)).toString('hex')), { timeout: 5000 })
        .toContainEqual(expect.stringMatching(/^f{12}.{12}0806$/))
      open[Symbol.dispose]()
      expect(() => open.write(new Uint8Array(60))).toThrow(expect.objectContaining({ code: 'EBADF' }))
    }
    await tun.undo(one)
    await tap.undo(two)
    await tap.undo(two)
    expect(await snapshot()).toEqual(before)
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(100)
  })
})
