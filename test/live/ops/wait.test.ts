import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Socket } from '../../../src/netlink/index.ts'
import {
  addAddress,
  attachToBridge,
  createBridge,
  createNetns,
  createVethPair,
  plan,
  setUp,
  WaitTimeoutError,
  waitForAddress,
  waitForLink,
  withRoute,
} from '../../../src/ops/index.ts'
import { link, openRoute } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`waiting${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let route: Socket
  beforeAll(() => {
    enterDisposableWorld()
    route = openRoute()
  })
  afterAll(() => route?.close())

  test('for a link that is there already takes no event', async () => {
    expect(await waitForLink(route, { name: 'lo' }, { timeout: 1000 })).toMatchObject({ name: 'lo', index: 1 })
  })

  test('for a link that comes, comes up, and gets a carrier', async () => {
    const there = waitForLink(route, { name: 'v0' })
    const up = waitForLink(route, { name: 'v0', flags: ['up'] })
    const running = waitForLink(route, { name: 'v0', operstate: 'up' })
    await createVethPair({ name: 'v0', peer: { name: 'v1' } }).do()
    expect((await there).flags).not.toContain('up')
    await setUp({ link: 'v0' }).do()
    expect((await up).operstate).not.toBe('up')
    await setUp({ link: 'v1' }).do()
    expect((await running).flags).toContain('lower-up')
  })

  test('for a link that is renamed', async () => {
    const renamed = waitForLink(route, { name: 'v9' })
    const { index } = await route.request(link.get('v1'))
    await route.request(link.set({ index, up: false }))
    await route.request(link.set({ index, name: 'v9' }))
    expect(await renamed).toMatchObject({ index })
    await route.request(link.set({ index, up: true }))
  })

  test('for an IPv6 address means until it may be used', async () => {
    await addAddress({ link: 'v0', address: 'fd00::1/64' }).do()
    const found = await waitForAddress(route, { link: 'v0', address: 'fd00::1' })
    expect(found.flags).not.toContain('tentative')
    expect(found.address).toBe('fd00::1/64')
    expect(await waitForAddress(route, { link: 'v0', family: 'inet6', scope: 'link' })).toMatchObject({ scope: 'link' })
  })

  test('for an address of a link that is not there yet', async () => {
    const found = waitForAddress(route, { link: 'w0', address: '10.5.0.1/24' })
    await createVethPair({ name: 'w0', peer: { name: 'w1' } }).do()
    await addAddress({ link: 'w0', address: '10.5.0.1/24' }).do()
    expect(await found).toMatchObject({ local: '10.5.0.1' })
  })

  test('for a bridge, whose carrier is that of its ports', async () => {
    await createBridge({ name: 'br' }).do()
    await createVethPair({ name: 'p0', peer: { name: 'p1' } }).do()
    await withRoute(undefined, {}, async (route) => {
      const { index } = await route.request(link.get('br'))
      await route.request(link.set({ index, up: true }))
      // By requests of their own, after which nobody asks for the port.
      await route.request(link.set({ name: 'p0', master: index, up: true }))
      await route.request(link.set({ name: 'p1', up: true }))
    })
    expect(await waitForLink(route, { name: 'br', operstate: 'up' })).toMatchObject({ name: 'br' })
  })

  test('is over when an op has brought a link up: the kernel has noticed every carrier that came of it', async () => {
    for (let i = 0; i < 10; i++) {
      const lab = plan('a host and a container', [
        createNetns('n'),
        createBridge({ name: 'lan' }),
        createVethPair({ name: 'port', peer: { name: 'eth0', netns: 'n' } }),
        setUp({ link: 'lan' }),
        ...(i % 2
          ? [attachToBridge({ link: 'port', bridge: 'lan' }), setUp({ link: 'port' })]
          : [setUp({ link: 'port' }), attachToBridge({ link: 'port', bridge: 'lan' })]),
        setUp({ link: 'eth0', netns: 'n' }),
      ])
      const done = await lab.do()
      // A dump, which changes nothing.
      const states = async (netns?: string) =>
        (await withRoute(netns, {}, (route) => route.request(link.list())))
          .filter(({ name }) => ['lan', 'port', 'eth0'].includes(name ?? ''))
          .map(
            ({ name, flags }) => `${name} ${['lower-up', 'running'].filter((flag) => flags.includes(flag as never))}`,
          )
      const passing = ['eth0', 'lan', 'port'].map((name) => `${name} lower-up,running`)
      expect([...(await states()), ...(await states('n'))].sort()).toEqual(passing)
      await lab.undo(done)
    }
  })

  test('ends when it takes too long, and says what there was', async () => {
    const started = performance.now()
    const error = await waitForLink(route, { name: 'lo', operstate: 'up' }, { timeout: 200 }).catch((error) => error)
    expect(error).toBeInstanceOf(WaitTimeoutError)
    expect(error).toMatchObject({ code: 'ETIMEDOUT', last: { name: 'lo' } })
    expect(error.message).toBe('link lo being up did not happen within 200 ms')
    expect(performance.now() - started).toBeGreaterThanOrEqual(199)
    await expect(waitForAddress(route, { link: 'nothing' }, { timeout: 50 })).rejects.toMatchObject({ last: undefined })
  })

  test('ends with a signal', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const waiting = waitForLink(route, { name: 'nothing' }, { signal: controller.signal })
    await sleep(20)
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(waitForLink(route, { name: 'lo' }, { signal: controller.signal })).rejects.toBe(reason)
  })

  test('leaves no descriptor open, however it ends', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    const before = count()
    await waitForLink(route, { name: 'lo' })
    await waitForLink(route, { name: 'nothing' }, { timeout: 20 }).catch(() => {})
    await waitForLink(route, { name: 'nothing' }, { signal: AbortSignal.timeout(20) }).catch(() => {})
    await sleep(20)
    expect(count()).toBe(before)
  })
})
