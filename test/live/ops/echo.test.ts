import { closeSync, openSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { InvalidValueError } from '../../../src/libc/index.ts'
import { EncodeError } from '../../../src/netlink/index.ts'
import * as netns from '../../../src/netns/index.ts'
import {
  addAddress,
  addRoute,
  createNetns,
  createVethPair,
  type EchoOptions,
  EchoSocket,
  echo,
  echoes,
  plan,
  setSysctl,
  setUp,
  withRoute,
} from '../../../src/ops/index.ts'
import { route as routes } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`ICMP echo${reason ? ` (skipped: ${reason})` : ''}`, () => {
  /** This host, a router, and beyond it nothing but what its routes say. */
  beforeAll(async () => {
    enterDisposableWorld()
    await plan('a router', [
      setUp({ link: 'lo' }),
      createNetns('router'),
      createVethPair({ name: 'here', peer: { name: 'there', netns: 'router' } }),
      setSysctl('net.ipv4.ip_forward', 1, { netns: 'router' }),
      setSysctl('net.ipv6.conf.all.forwarding', 1, { netns: 'router' }),
      setUp({ link: 'lo', netns: 'router' }),
      addAddress({ link: 'here', address: '10.0.0.1/24', broadcast: '+' }),
      addAddress({ link: 'here', address: 'fd00::1/64', flags: ['nodad'] }),
      addAddress({ link: 'here', address: 'fe80::1/64', scope: 'link', flags: ['nodad'] }),
      addAddress({ link: 'there', address: '10.0.0.2/24', broadcast: '+', netns: 'router' }),
      addAddress({ link: 'there', address: 'fd00::2/64', flags: ['nodad'], netns: 'router' }),
      addAddress({ link: 'there', address: 'fe80::2/64', scope: 'link', flags: ['nodad'], netns: 'router' }),
      setUp({ link: 'there', netns: 'router' }),
      setUp({ link: 'here' }),
      addRoute({ dst: 'default', via: '10.0.0.2' }),
      addRoute({ dst: 'default', via: 'fd00::2' }),
      addRoute({ dst: '10.9.0.0/16', type: 'unreachable', netns: 'router' }),
      addRoute({ dst: '10.8.0.0/16', type: 'prohibit', netns: 'router' }),
      addRoute({ dst: '10.7.0.0/16', link: 'there', netns: 'router' }),
      addRoute({ dst: '10.66.0.0/16', type: 'unreachable' }),
      addRoute({ dst: '10.65.0.0/16', type: 'blackhole' }),
    ]).do()
    // An address that is not tried out answers, too, only when a worker of the kernel has made its route (addrconf_dad_work).
    const local = (netns?: string) =>
      withRoute(netns, {}, async (route) =>
        (await route.request(routes.list({ family: 'inet6', table: 255 }))).map(({ dst }) => dst),
      )
    const all = async () => [...(await local()), ...(await local('router'))]
    const expected = ['fd00::1/128', 'fe80::1/128', 'fd00::2/128', 'fe80::2/128']
    const isThere = async () => {
      const there = await all()
      return expected.every((dst) => there.includes(dst))
    }
    await vi.waitUntil(isThere, { timeout: 20_000 })
  })

  test('is answered, over IPv4 and IPv6, from here and from another namespace', async () => {
    for (const [address, from] of [
      ['127.0.0.1', '127.0.0.1'],
      ['10.0.0.2', '10.0.0.2'],
      ['::1', '::1'],
      ['fd00::2', 'fd00::2'],
      ['fe80::2%here', 'fe80::2'],
    ] as const) {
      const result = await echo(address)
      expect(result, address).toMatchObject({ outcome: 'reply', sequence: 1, from, ttl: 64, bytes: 64 })
      expect(result.outcome === 'reply' && result.milliseconds).toBeGreaterThan(0)
      expect(result.outcome === 'reply' && result.milliseconds).toBeLessThan(900)
    }
    expect(await echo('10.0.0.1', { netns: 'router' })).toMatchObject({ outcome: 'reply' })
    using router = netns.open('router')
    expect(await echo('fd00::1', { netns: router })).toMatchObject({ outcome: 'reply', from: 'fd00::1' })
  })

  test('carries as many bytes as wanted, none too', async () => {
    for (const size of [0, 1, 1472, 4000]) {
      expect(await echo('10.0.0.2', { size })).toMatchObject({ outcome: 'reply', bytes: size + 8 })
      expect(await echo('fd00::2', { size })).toMatchObject({ outcome: 'reply', bytes: size + 8 })
    }
  })

  test.each([
    ['10.9.1.1', 'EHOSTUNREACH', 'host unreachable', '10.0.0.2'],
    ['10.8.1.1', 'EHOSTUNREACH', 'packet filtered', '10.0.0.2'],
    ['fd09::1', 'ENETUNREACH', 'no route', 'fd00::2'],
  ])('%s: an error of a host on the way is a result', async (address, code, reason, from) => {
    expect(await echo(address)).toEqual({ outcome: 'error', sequence: 1, code, reason, from })
  })

  test.each([
    ['10.66.1.1', 'EHOSTUNREACH', 'no route to host'],
    ['10.65.1.1', 'EINVAL', 'invalid argument'],
  ])('%s: what this kernel refuses to send is a result', async (address, code, reason) => {
    expect(await echo(address)).toEqual({ outcome: 'error', sequence: 1, code, reason })
  })

  test('the network is unreachable from a namespace without routes', async () => {
    const lonely = createNetns('lonely')
    const made = await lonely.do()
    expect(await echo('10.0.0.1', { netns: 'lonely' })).toMatchObject({ outcome: 'error', code: 'ENETUNREACH' })
    // Without so much as a loopback IPv6 finds no address to ask from.
    expect(await echo('fd00::1', { netns: 'lonely' })).toMatchObject({
      outcome: 'error',
      code: expect.stringMatching(/^(ENETUNREACH|EADDRNOTAVAIL)$/),
    })
    await lonely.undo(made)
  })

  test('a packet that lives too short is reported by the router', async () => {
    expect(await echo('10.7.1.1', { ttl: 1 })).toMatchObject({ outcome: 'error', reason: 'time to live exceeded' })
  })

  test('what nobody answers times out, and not before', async () => {
    const started = performance.now()
    expect(await echo('10.0.0.77', { timeout: 300 })).toEqual({ outcome: 'timeout', sequence: 1, milliseconds: 300 })
    expect(performance.now() - started).toBeGreaterThanOrEqual(299)
    expect(performance.now() - started).toBeLessThan(1500)
  })

  test('a host that does not answer ARP is unreachable, in the end', async () => {
    expect(await echo('10.0.0.78', { timeout: 6000 })).toMatchObject({ outcome: 'error', code: 'EHOSTUNREACH' })
  }, 10_000)

  test('a hundred at once each get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        echo(i % 2 ? '10.0.0.2' : 'fd00::2', { sequence: i, size: i, timeout: 5000 }),
      ),
    )
    expect(answers.map((answer) => [answer.outcome, answer.sequence, 'bytes' in answer && answer.bytes])).toEqual(
      Array.from({ length: 100 }, (_, i) => ['reply', i, i + 8]),
    )
  })

  test('several in a row, counted on from the first', async () => {
    const sequences: number[] = []
    for await (const result of echoes('10.0.0.2', { count: 4, interval: 1, sequence: 0xfffe })) {
      expect(result.outcome).toBe('reply')
      sequences.push(result.sequence)
    }
    expect(sequences).toEqual([0xfffe, 0xffff, 0, 1])
  })

  test('a signal ends the waiting, for an answer or for the next request', async () => {
    const reason = new Error('enough')
    const soon = () => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(reason), 50)
      return controller.signal
    }
    await expect(echo('10.0.0.79', { timeout: 10_000, signal: soon() })).rejects.toBe(reason)
    await expect(echo('10.0.0.2', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const all = async () => {
      for await (const result of echoes('10.0.0.2', { interval: 10_000, signal: soon() })) void result
    }
    await expect(all()).rejects.toBe(reason)
  })

  test('who asks again and again is ended by a signal, too', async () => {
    const signal = AbortSignal.timeout(50)
    const ask = async () => {
      for (;;) await echo('10.0.0.2', { signal })
    }
    const fail = async () => {
      for (;;) await echo('10.66.0.1', { signal })
    }
    await expect(ask()).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect(fail()).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('a socket that was disposed of touches no other descriptor', () => {
    const socket = new EchoSocket({ family: 'inet', address: '127.0.0.1' })
    socket[Symbol.dispose]()
    const fd = openSync('/dev/null', 'w')
    socket[Symbol.dispose]()
    expect(() => socket.send(1, new Uint8Array(4))).toThrow(expect.objectContaining({ code: 'EBADF' }))
    expect(() => socket.receive()).toThrow(expect.objectContaining({ code: 'EBADF' }))
    closeSync(fd)
  })

  test('the asking address and link can be chosen', async () => {
    expect(await echo('127.0.0.1', { source: '10.0.0.1' })).toMatchObject({ outcome: 'reply' })
    expect(await echo('10.0.0.2', { link: 'here' })).toMatchObject({ outcome: 'reply' })
    await expect(echo('10.0.0.2', { source: '10.1.2.3' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
    await expect(echo('10.0.0.2', { link: 'nothing' })).rejects.toMatchObject({ code: 'ENODEV' })
    await expect(echo('fe80::2%nothing')).rejects.toMatchObject({ code: 'ENODEV' })
    await expect(echo('10.0.0.2', { source: 'fd00::1' })).rejects.toThrow(InvalidValueError)
    // A namespace that is misspelt is not the process's own.
    await expect(echo('10.0.0.2', { nettns: 'red' } as EchoOptions)).rejects.toThrow(EncodeError)
    await expect(echo('10.0.0.2', { netns: 'nowhere' })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test.each([{ timeout: -1 }, { size: 65_508 }, { size: Number.NaN }, { ttl: 0 }, { ttl: 256 }, { interval: -5 }])(
    '%j is refused',
    async (options) => {
      const all = async () => {
        for await (const result of echoes('10.0.0.2', { count: 1, ...options })) void result
      }
      await expect(all()).rejects.toThrow(InvalidValueError)
    },
  )

  test('no descriptor is left open', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    await echo('10.0.0.2')
    const before = count()
    for (const address of ['10.0.0.2', 'fd00::2', '10.66.1.1', 'fe80::2%here']) await echo(address)
    await echo('10.0.0.2', { source: '10.1.2.3' }).catch(() => {})
    expect(count()).toBe(before)
  })
})
