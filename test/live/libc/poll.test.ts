import { beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { getLink } from './requests.ts'

const reason = noWorldReason()
const openRoute = () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)

/** Turns of the event loop, each of which looks at what is watched. */
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe.skipIf(reason)(`watchReadable${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('calls back when there is something, again while it is not taken, and promises go on from there', async () => {
    const fd = openRoute()
    const receiver = new libc.Receiver()
    let calls = 0
    let continued = 0
    const watcher = libc.watchReadable(fd, () => {
      calls++
      Promise.resolve().then(() => {
        continued++
      })
      if (calls === 3) receiver.receive(fd)
    })
    await turns(10)
    expect(calls).toBe(0)
    libc.send(fd, getLink(1))
    await turns(20)
    expect([calls, continued]).toEqual([3, 3])
    watcher.stop()
    libc.close(fd)
  })

  test('stop is at once and for good, and the descriptor may be watched again', async () => {
    const fd = openRoute()
    let calls = 0
    const watcher = libc.watchReadable(fd, () => {
      calls++
      watcher.stop()
    })
    libc.send(fd, getLink(1))
    await turns(20)
    expect(calls).toBe(1)
    watcher.stop()
    watcher.ref()
    {
      using _again = libc.watchReadable(fd, () => calls++)
      await turns(20)
      expect(calls).toBeGreaterThan(1)
    }
    const seen = calls
    await turns(20)
    expect(calls).toBe(seen)
    libc.close(fd)
  })

  test('two hundred descriptors, each its own', async () => {
    const sockets = Array.from({ length: 200 }, openRoute)
    const receiver = new libc.Receiver()
    const seen: number[] = []
    const watchers = sockets.map((fd, index) =>
      libc.watchReadable(fd, () => {
        seen.push(index)
        receiver.receive(fd)
      }),
    )
    for (const fd of sockets) libc.send(fd, getLink(1))
    await turns(50)
    expect(seen.sort((a, b) => a - b)).toEqual(sockets.map((_fd, index) => index))
    for (const watcher of watchers) watcher.stop()
    for (const fd of sockets) libc.close(fd)
  })

  test('keeps the process alive only when asked to, and an exception in the callback is not lost', async () => {
    const script = (more: string) => `
      import * as libc from './src/libc/index.ts'
      import { getLink } from './test/live/libc/requests.ts'
      const fd = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 0)
      ${more}`
    expect(await runScript(script('libc.watchReadable(fd, () => {})'))).toMatchObject({ status: 0 })
    const held = await runScript(script('libc.watchReadable(fd, () => {}).ref()'), { timeout: 1000 })
    expect(held).toMatchObject({ signal: 'SIGKILL' })
    const thrown = await runScript(
      script(`libc.watchReadable(fd, () => { throw new Error('from the callback') }).ref()
        libc.send(fd, getLink(1))`),
    )
    expect(thrown.status).toBe(1)
    expect(thrown.stderr).toContain('from the callback')
  })
})
