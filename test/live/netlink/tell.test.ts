import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EncodeError, NetlinkError, type Socket } from '../../../src/netlink/index.ts'
import { link, openRoute, route } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`changes that only a refusal answers${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  let oif: number
  beforeAll(() => {
    enterDisposableWorld()
    socket = openRoute()
    socket.requestSync(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
    for (const name of ['v0', 'v1']) socket.requestSync(link.set({ name, up: true }))
    oif = socket.requestSync(link.get('v0')).index
  })
  afterAll(() => socket.close())

  const routes = () => socket.requestSync(route.list({ family: 'inet', table: 254 })).map(({ dst }) => dst)
  const numbered = (i: number) => ({ dst: `20.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`, oif })

  test('are done when the call returns', () => {
    socket.tellSync(route.add({ dst: '10.1.0.0/16', oif }))
    expect(routes()).toEqual(['10.1.0.0/16'])
  })

  test('throw what the kernel says, with the attribute it points at', () => {
    expect(() => socket.tellSync(route.add({ dst: '10.1.0.0/16', oif }))).toThrow(
      expect.objectContaining({ name: 'NetlinkError', code: 'EEXIST', operation: 'add route 10.1.0.0/16' }),
    )
    // Nothing of it is left for the next one to hear.
    socket.tellSync(route.delete({ dst: '10.1.0.0/16' }))
    expect(routes()).toEqual([])
  })

  test('many at once: those that failed, by their place, and the others are done', () => {
    const count = 20_000
    const requests = Array.from({ length: count }, (_, i) => route.add(numbered(i % 5000 === 4999 ? 0 : i)))
    const failures = socket.tellAllSync(requests)
    expect([...failures.keys()].sort((a, b) => a - b)).toEqual([4999, 9999, 14_999, 19_999])
    for (const failure of failures.values()) expect(failure).toBeInstanceOf(NetlinkError)
    expect(failures.get(9999)).toMatchObject({ code: 'EEXIST', operation: 'add route 20.0.0.0/32' })
    expect(routes()).toHaveLength(count - 4)
  })

  test('even if all fail', () => {
    const failures = socket.tellAllSync(Array.from({ length: 9000 }, () => route.add(numbered(0))))
    expect(failures.size).toBe(9000)
    expect(
      [...failures.values()].every((failure) => failure instanceof NetlinkError && failure.code === 'EEXIST'),
    ).toBe(true)
  })

  test('one that cannot be written does not stop the others', () => {
    const unwritable = { ...route.add(numbered(1)), value: { family: 'inet', dst: 'nonsense' } }
    const failures = socket.tellAllSync([unwritable, route.delete(numbered(1)), unwritable])
    expect([...failures.keys()]).toEqual([0, 2])
    expect(failures.get(0)).toBeInstanceOf(EncodeError)
    expect(routes()).not.toContain('20.0.0.1/32')
  })

  test('by another thread: the same, once they are settled', async () => {
    const requests = Array.from({ length: 2000 }, (_, i) =>
      route.add(numbered(i % 500 === 499 ? 100_000 : 100_000 + i)),
    )
    const telling = socket.tellBehind(requests)
    const failures = telling.settle()
    expect([...failures.keys()]).toEqual([499, 999, 1499, 1999])
    expect(failures.get(1999)).toMatchObject({ code: 'EEXIST' })
    await telling.sent
    const again = socket.tellBehind(requests.slice(0, 1).map(() => route.delete(numbered(100_000))))
    await again.sent
    expect(again.settle().size).toBe(0)
    // Nothing is left for others to hear.
    expect(routes()).not.toContain('20.1.134.160/32')
    const unwritable = { ...route.add(numbered(1)), value: { family: 'inet', dst: 'nonsense' } }
    expect(() => socket.tellBehind([unwritable])).toThrow(EncodeError)
  })

  test('nothing is nothing', () => {
    expect(socket.tellAllSync([]).size).toBe(0)
  })
})
