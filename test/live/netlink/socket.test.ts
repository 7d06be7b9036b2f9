import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import {
  EncodeError,
  encodeRequest,
  NetlinkError,
  openNetlink,
  type Protocol,
  type Socket,
  SocketClosedError,
  type TracedMessage,
} from '../../../src/netlink/index.ts'
import * as link from '../../../src/rtnl/link/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const route: Protocol = { name: 'route', number: 0, messages: link.messages }
const names = (links: readonly link.Link[]) => links.map(({ name }) => name)

describe.skipIf(reason)(`a netlink socket${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetlink(route)
  })
  afterAll(() => socket?.close())

  test('asks and is answered, synchronously and not', async () => {
    expect(socket.requestSync(link.get({ name: 'lo' }))).toMatchObject({ name: 'lo', index: 1, type: 'loopback' })
    expect(await socket.request(link.get({ name: 'lo' }))).toMatchObject({ name: 'lo', index: 1 })
    expect(names(socket.requestSync(link.list()))).toContain('lo')
    expect(names(await socket.request(link.list()))).toContain('lo')
  })

  test('names what was refused, why and where', async () => {
    const refused = link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'lo' } } })
    const error = await socket.request(refused).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NetlinkError)
    expect(error).toMatchObject({ code: 'EEXIST', errno: 17, operation: 'add link v0' })
    expect((error as Error).message).toMatch(/^add link v0: EEXIST: File exists/i)
    expect(() => socket.requestSync(link.get({ name: 'missing0' }))).toThrow(/get link missing0: ENODEV/)
  })

  test('turns the offset of an extended acknowledgement into an attribute', () => {
    const short = { unknown: [{ type: 7, bytes: new Uint8Array(0) }] }
    const nested = link.add({ name: 'x0', kind: 'bridge', data: short })
    expect(() => socket.requestSync(nested)).toThrow(
      expect.objectContaining({ code: 'ERANGE', attribute: 'linkinfo.data.vlanFiltering' }),
    )
    const top = link.add({ name: 'x0', kind: 'bridge', unknown: [{ type: 4, bytes: new Uint8Array(1) }] })
    expect(() => socket.requestSync(top)).toThrow(expect.objectContaining({ code: 'ERANGE', attribute: 'mtu' }))
    const unknownKind = link.add({ name: 'x0', kind: 'nosuchkind' })
    expect(() => socket.requestSync(unknownKind)).toThrow(
      expect.objectContaining({ code: 'EOPNOTSUPP', text: 'Unknown device type' }),
    )
  })

  test('gives each request of a batch its own result', async () => {
    const requests = [
      link.add({ name: 'b0', kind: 'bridge' }),
      link.add({ name: 'b0', kind: 'bridge' }),
      link.get({ name: 'b0' }),
      link.list({ kind: 'bridge' }),
      link.delete({ name: 'b0' }),
      link.get({ name: 'b0' }),
    ] as const
    for (const results of [socket.batchSync(requests), await socket.batch(requests)]) {
      expect(results.map(({ ok }) => ok)).toEqual([true, false, true, true, true, false])
      expect(results[1]).toMatchObject({ error: { code: 'EEXIST', operation: 'add link b0' } })
      expect(results[2]).toMatchObject({ value: { name: 'b0', linkinfo: { kind: 'bridge' } } })
      expect(results[3].ok && names(results[3].value)).toEqual(['b0'])
      expect(results[5]).toMatchObject({ error: { code: 'ENODEV' } })
    }
  })

  test('is told of failures alone, where warnings are not wanted', async () => {
    const requests = Array.from({ length: 1000 }, (_, i) =>
      i % 10 === 3
        ? link.get({ name: i % 20 === 3 ? 'lo' : 'missing0' })
        : link.set({ index: i % 10 === 5 ? 99 : 1, mtu: 65536 }),
    )
    const expected = requests.map((_, i) => !(i % 20 === 13 || i % 10 === 5))
    let answers = 0
    using counting = openNetlink(route, { trace: ({ direction }) => void (direction === 'received' && answers++) })
    expect(counting.batchSync(requests, { warnings: false }).map(({ ok }) => ok)).toEqual(expected)
    expect((await counting.batch(requests, { warnings: false })).map(({ ok }) => ok)).toEqual(expected)
    expect(answers).toBeLessThan(2 * 210 + 20)
  })

  test('sends nothing of a batch when one request cannot be written', () => {
    const bad = { ...link.add({ name: 'n1', kind: 'bridge' }), value: { name: 5 } }
    expect(() => socket.batchSync([link.add({ name: 'n0', kind: 'bridge' }), bad])).toThrow(EncodeError)
    expect(() => socket.requestSync(link.get({ name: 'n0' }))).toThrow(/ENODEV/)
  })

  test('carries 10,000 requests in flight, and batches larger than any buffer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) =>
        i % 2 === 0
          ? socket.request(link.get({ index: 1 })).then(({ name }) => name)
          : socket.request(link.get({ name: 'missing0' })).catch((error: NetlinkError) => error.code),
      ),
    )
    expect(answers.filter((answer) => answer === 'lo')).toHaveLength(5000)
    expect(answers.filter((answer) => answer === 'ENODEV')).toHaveLength(5000)
    const many = Array.from({ length: 20_000 }, () => link.set({ index: 1, mtu: 65536 }))
    expect(socket.batchSync(many).every(({ ok }) => ok)).toBe(true)
    expect((await socket.batch(many)).every(({ ok }) => ok)).toBe(true)
  })

  test('streams a dump while requests go on, and survives leaving it half-way', async () => {
    const added = Array.from({ length: 200 }, (_, i) => link.add({ name: `s${i}`, kind: 'bridge' }))
    expect((await socket.batch(added)).every(({ ok }) => ok)).toBe(true)
    const seen: (string | undefined)[] = []
    for await (const { name, index } of socket.stream(link.list({ kind: 'bridge' }))) {
      seen.push(name)
      if (seen.length % 50 === 0) expect((await socket.request(link.get({ index }))).name).toBe(name)
    }
    expect(new Set(seen).size).toBe(200)
    for await (const _ of socket.stream(link.list())) break
    for (const _ of socket.streamSync(link.list())) break
    expect([...socket.streamSync(link.list({ kind: 'bridge' }))]).toHaveLength(200)
    const removed = Array.from({ length: 200 }, (_, i) => link.delete({ name: `s${i}` }))
    expect(socket.batchSync(removed).every(({ ok }) => ok)).toBe(true)
  })

  test('tells what changes, in order, and ends with its signal', async () => {
    const controller = new AbortController()
    using events = socket.subscribe([1], { signal: controller.signal })
    await socket.request(link.add({ name: 'e0', kind: 'bridge' }))
    await socket.request(link.delete({ name: 'e0' }))
    const seen: string[] = []
    const loop = async () => {
      for await (const event of events) {
        if (event.event !== 'message') throw new Error(event.event)
        seen.push(`${event.name} ${(event.value as link.Link).name}`)
        if (event.name === 'RTM_DELLINK') controller.abort(new Error('enough'))
      }
    }
    await expect(loop()).rejects.toThrow('enough')
    expect(seen[0]).toBe('RTM_NEWLINK e0')
    expect(seen.at(-1)).toBe('RTM_DELLINK e0')
  })

  test('says "resync" when events were lost, and goes on', async () => {
    using events = socket.subscribe([1], { receiveBuffer: 4096 })
    const storm = Array.from({ length: 400 }, (_, i) => link.set({ index: 1, mtu: 60_000 + (i % 2) }))
    socket.batchSync(storm)
    const kinds = new Set<string>()
    for await (const { event } of events) {
      kinds.add(event)
      if (event === 'resync') break
    }
    expect(kinds).toContain('resync')
    using again = socket.subscribe([1], { receiveBuffer: 4096 })
    socket.batchSync(storm)
    let resynced = false
    for await (const event of again) {
      if (event.event === 'resync') {
        resynced = true
        socket.requestSync(link.set({ index: 1, mtu: 65_536 }))
      } else if (resynced && event.event === 'message' && (event.value as link.Link).mtu === 65_536) break
    }
    expect(resynced).toBe(true)
  })

  test('gives up on a signal and on close', async () => {
    await expect(socket.request(link.get({ index: 1 }), { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    const controller = new AbortController()
    const waiting = socket.request(link.list(), { signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toThrow('aborted')
    const other = openNetlink(route)
    const pending = [other.request(link.list()), other.request(link.get({ index: 1 }))]
    other.close()
    expect((await Promise.allSettled(pending)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(other.request(link.list())).rejects.toThrow(SocketClosedError)
    expect(() => other.requestSync(link.list())).toThrow(SocketClosedError)
  })

  test('shows every message both ways to the trace', async () => {
    const seen: string[] = []
    const trace = ({ direction, bytes }: TracedMessage) => seen.push(`${direction} ${bytes[4]! | (bytes[5]! << 8)}`)
    using traced = openNetlink(route, { trace })
    traced.requestSync(link.get({ index: 1 }))
    await traced.request(link.get({ index: 1 }))
    expect(seen).toEqual(['sent 18', 'received 16', 'sent 18', 'received 16'])
  })

  test('leaves no descriptor behind', async () => {
    const open = () => readdirSync('/proc/self/fd').length
    const round = async () => {
      using other = openNetlink(route)
      await other.request(link.list())
      for await (const _ of other.stream(link.list())) break
      using events = other.subscribe([1])
      void events
    }
    await round()
    const before = open()
    for (let i = 0; i < 20; i++) await round()
    await sleep(20)
    expect(open()).toBe(before)
  })

  test('is never told by anyone but the kernel', async () => {
    using victim = openNetlink(route)
    victim.requestSync(link.get({ index: 1 }))
    const fd = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)
    libc.bind(fd, libc.netlinkAddress())
    for (let sequence = 1; sequence < 20; sequence++) {
      const forged = encodeRequest(
        { ...link.set({ index: 1, alias: 'forged' }), type: 16, flags: 0 },
        sequence,
        victim.port,
      )
      libc.sendTo(fd, forged, libc.netlinkAddress(victim.port))
    }
    libc.close(fd)
    expect(victim.requestSync(link.get({ index: 1 })).alias).toBeUndefined()
  })
})
