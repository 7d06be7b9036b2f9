import { getEventListeners } from 'node:events'
import { readdirSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, test } from 'vitest'
import { EncodeError, openNetlink, SocketClosedError, type SocketOptions } from '../../../src/netlink/index.ts'
import { link, route, routeProtocol } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const ROUTES = 1000

const open = (options?: SocketOptions) => openNetlink(routeProtocol, options)
const descriptors = () => readdirSync('/proc/self/fd').length

describe.skipIf(reason)(`a netlink socket in rough hands${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(async () => {
    enterDisposableWorld()
    using socket = open()
    await socket.request(link.set({ name: 'lo', up: true }))
    const routes = Array.from({ length: ROUTES }, (_, i) => route.add({ dst: `10.${i >> 8}.${i & 255}.0/24`, oif: 1 }))
    expect((await socket.batch(routes)).every(({ ok }) => ok)).toBe(true)
  })

  test('a signal keeps nothing of the requests that it was given to', async () => {
    using socket = open()
    const { signal } = new AbortController()
    const answers = Promise.all(Array.from({ length: 1000 }, () => socket.request(link.get('lo'), { signal })))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    expect(await answers).toHaveLength(1000)
    await socket.batch([link.get('lo')], { signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('5,000 requests are given up at once, those of others are not', async () => {
    using socket = open()
    const controller = new AbortController()
    const { signal } = controller
    const mine = Array.from({ length: 5000 }, () => socket.request(link.get('lo'), { signal }))
    const batch = socket.batch(
      Array.from({ length: 5000 }, () => link.get('lo')),
      { signal },
    )
    const other = socket.request(link.get('lo'))
    const dump = socket.request(route.list({ table: 254 }))
    controller.abort(new Error('enough'))
    const given = await Promise.allSettled([...mine, batch])
    expect(new Set(given.map((one) => one.status === 'rejected' && (one.reason as Error).message))).toEqual(
      new Set(['enough']),
    )
    expect(await other).toMatchObject({ name: 'lo' })
    expect(await dump).toHaveLength(ROUTES)
    await expect(socket.request(link.get('lo'), { signal })).rejects.toThrow('enough')
  })

  test('a dump that its trace or its reader breaks off does not stand in the way of the next', async () => {
    let left = 0
    using socket = open({
      trace: ({ direction }) => {
        if (direction === 'received' && --left === 0) throw new Error('no more')
      },
    })
    const all = route.list({ table: 254 })
    left = 3
    expect(() => socket.requestSync(all)).toThrow('no more')
    expect(socket.requestSync(all)).toHaveLength(ROUTES)
    left = 3
    expect(socket.batchSync([all])).toMatchObject([{ ok: false, error: { message: 'no more' } }])
    expect(socket.requestSync(all)).toHaveLength(ROUTES)
    left = 3
    await expect(socket.request(all)).rejects.toThrow('no more')
    expect(await socket.request(all)).toHaveLength(ROUTES)
  })

  test('closing ends the streams that are open, and closes their descriptors', async () => {
    const before = descriptors()
    const socket = open()
    const left = socket.stream(route.list())
    await left.next()
    const leftSync = socket.streamSync(route.list())
    leftSync.next()
    const waiting = socket.stream(route.list()).next()
    socket.close()
    await expect(waiting).rejects.toThrow(SocketClosedError)
    expect(descriptors()).toBe(before)
    const rest = async () => {
      for await (const _ of left);
    }
    await expect(rest()).rejects.toThrow(SocketClosedError)
    expect(() => [...leftSync]).toThrow(SocketClosedError)
    socket.close()
  })

  test('changes that another thread is making are made, even if the socket is closed meanwhile', async () => {
    const before = descriptors()
    const socket = open()
    const bundle = socket.bundle()
    bundle.add(link.set({ name: 'lo', mtu: 60_000 }))
    const telling = bundle.tellBehind()
    bundle.add(link.set({ name: 'lo', mtu: 50_000 }))
    socket.close()
    expect(() => bundle.tellSync()).toThrow(SocketClosedError)
    await telling.sent
    expect(() => telling.settle()).toThrow(SocketClosedError)
    expect(descriptors()).toBe(before)
    using other = open()
    expect(other.requestSync(link.get('lo'))).toMatchObject({ mtu: 60_000 })
  })

  test('what cannot be listened to is refused with the reason, and leaves no descriptor behind', () => {
    using socket = open()
    const before = descriptors()
    expect(() => socket.subscribe([0])).toThrow(expect.objectContaining({ code: 'EINVAL', syscall: 'setsockopt' }))
    expect(() => socket.subscribe([1], { signal: AbortSignal.abort(new Error('early')) })).toThrow('early')
    expect(() => socket.subscribe([1], { receiveBuffer: -1 })).toThrow(EncodeError)
    for (const groups of [undefined, null, 1, 'link', ['link'], [1, {}], [undefined], [1.5]]) {
      expect(() => socket.subscribe(groups as never)).toThrow(/^groups: expected numbers of multicast groups, got /)
    }
    expect(descriptors()).toBe(before)
  })

  test.each([
    ['null', null, ''],
    ['a misspelt name', { recieveBuffer: 1 }, 'recieveBuffer'],
    ['no descriptor', { netns: 'red' }, 'netns'],
    ['a negative one', { netns: -1 }, 'netns'],
    ['no size', { receiveBuffer: '4M' }, 'receiveBuffer'],
    ['more than fits', { receiveBuffer: 2 ** 40 }, 'receiveBuffer'],
  ])('options: %s', (_, options, path) => {
    const before = descriptors()
    expect(() => open(options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_NETLINK_ENCODE', path: path ? [path] : [] }),
    )
    expect(descriptors()).toBe(before)
  })

  test.each([undefined, null, 5, {}, link, Promise.resolve()])('what is no request is refused: %#', async (thing) => {
    using socket = open()
    await expect(socket.request(thing as never)).rejects.toThrow(/^expected a request, got /)
    await expect(socket.batch([thing as never])).rejects.toThrow(EncodeError)
    await expect(socket.batch(thing as never)).rejects.toThrow(/^expected an array of requests, got /)
    expect(() => socket.batchSync(thing as never)).toThrow(EncodeError)
    await expect(socket.datagram(thing as never)).rejects.toThrow(EncodeError)
    expect(() => socket.requestSync(thing as never)).toThrow(EncodeError)
    expect(socket.requestSync(link.get('lo'))).toMatchObject({ name: 'lo' })
  })

  test('a message larger than the usual send buffer goes through', async () => {
    using socket = open()
    const unknown = Array.from({ length: 50 }, () => ({ type: 900, bytes: new Uint8Array(65_000) }))
    const large = link.set({ name: 'lo', unknown })
    await socket.request(large)
    socket.requestSync(large)
    expect(await socket.batch([link.get('lo'), large, link.get('lo')])).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
    ])
  })

  test('what was asked is what was said then, whatever becomes of the object', async () => {
    using socket = open()
    const values = { name: 'lo', mtu: 50_000 }
    const request = link.set(values)
    const answer = socket.request(request)
    ;(request.value as { mtu: number }).mtu = 5
    values.mtu = 6
    await answer
    expect(socket.requestSync(link.get('lo'))).toMatchObject({ mtu: 50_000 })
  })

  test('one that nobody has any more gives its descriptors back', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const before = descriptors()
    const forget = async () => {
      for (let i = 0; i < 50; i++) await open().request(link.get('lo'))
    }
    await forget()
    // Each has three, and the last one may still be on the stack.
    for (let i = 0; i < 100 && descriptors() > before + 6; i++) {
      collect()
      await turn()
    }
    expect(descriptors()).toBeLessThanOrEqual(before + 6)
  })
})
