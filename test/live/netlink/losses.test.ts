import { beforeAll, describe, expect, test } from 'vitest'
import { AnswerLostError, openNetlink, type SocketOptions } from '../../../src/netlink/index.ts'
import * as netns from '../../../src/netns/index.ts'
import { address, groups, link, route, routeProtocol } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const open = (options?: SocketOptions) => openNetlink(routeProtocol, options)

describe.skipIf(reason)(`nothing is lost unsaid${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(async () => {
    enterDisposableWorld()
    using socket = open()
    await socket.request(link.set({ name: 'lo', up: true }))
  })

  test('answers that the receive buffer cannot hold are said to be lost, and the socket goes on', async () => {
    using socket = open({ receiveBuffer: 4096 })
    const refused = Array.from({ length: 200 }, () => link.set({ name: 'nosuch', mtu: 1500 }))
    const bundle = socket.bundle()
    for (const request of refused) bundle.add(request)
    expect(bundle.full).toBe(true)
    const failures = [...bundle.tellBehind().settle().values()]
    expect(failures).toHaveLength(200)
    expect(failures.at(-1)).toBeInstanceOf(AnswerLostError)
    expect(failures.at(-1)).toMatchObject({ code: 'ENOBUFS', message: expect.stringMatching(/^set link nosuch: /) })
    expect(socket.requestSync(link.get('lo'))).toMatchObject({ name: 'lo' })

    const { heard, overflowed } = await socket.datagram(refused)
    expect([heard.length, overflowed]).toEqual([200, true])
    expect(await socket.request(link.get('lo'))).toMatchObject({ name: 'lo' })

    // What the socket splits by itself fits.
    const results = await socket.batch(refused)
    expect(new Set(results.map((result) => !result.ok && (result.error as { code?: string }).code))).toEqual(
      new Set(['ENODEV']),
    )
  })

  test('whoever listens before listing knows of everything that is there', async () => {
    using socket = open()
    using events = socket.subscribe([groups['ipv4-ifaddr']])
    const all = Array.from({ length: 200 }, (_, i) => `127.1.0.${i + 1}`)
    const added = socket.batch(all.map((text) => address.add({ index: 1, address: `${text}/32` })))
    const known = new Set((await socket.request(address.list({ index: 1 }))).map(({ local }) => local))
    expect((await added).every(({ ok }) => ok)).toBe(true)
    for await (const event of events) {
      if (event.event !== 'message') throw new Error(event.event)
      const { local } = event.value as address.Address
      known.add(local)
      if (local === all.at(-1)) break
    }
    expect(all.filter((text) => !known.has(text))).toEqual([])
  })

  test('a stream asks for no more than is taken', async () => {
    let parts = 0
    using socket = open({ trace: ({ direction }) => void (direction === 'received' && parts++) })
    const routes = Array.from({ length: 2000 }, (_, i) => route.add({ dst: `10.${i >> 8}.${i & 255}.0/24`, oif: 1 }))
    expect((await socket.batch(routes)).every(({ ok }) => ok)).toBe(true)
    for (const stream of [socket.stream(route.list({ table: 254 })), socket.streamSync(route.list({ table: 254 }))]) {
      parts = 0
      await stream.next()
      expect(parts).toBeLessThan(1500)
      let rest = 0
      for await (const _ of stream) rest++
      expect([rest, parts]).toEqual([1999, 2001])
    }
  })

  test('sockets of several namespaces each stay in their own, whatever they open later', async () => {
    using here = open()
    netns.create('red')
    using red = netns.open('red')
    using there = open({ netns: red })
    await there.request(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
    netns.delete('red')
    const names = async (socket: typeof here) => {
      const listed = [socket.requestSync(link.list()), await socket.request(link.list())]
      const streamed = [...socket.streamSync(link.list())]
      return new Set([...listed, streamed].map((links) => links.map(({ name }) => name).join(' ')))
    }
    using events = there.subscribe([groups.link])
    expect(await names(there)).toEqual(new Set(['lo v1 v0']))
    expect(await names(here)).toEqual(new Set(['lo']))
    await there.request(link.set({ name: 'v0', mtu: 1400 }))
    expect((await events.next()).value).toMatchObject({ event: 'message', value: { name: 'v0', mtu: 1400 } })
  })
})
