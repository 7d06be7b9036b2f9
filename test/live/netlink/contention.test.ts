import { availableParallelism } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DumpInterruptedError, openNetlink, type Protocol, type Socket } from '../../../src/netlink/index.ts'
import * as address from '../../../src/rtnl/address/index.ts'
import * as link from '../../../src/rtnl/link/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const route: Protocol = { name: 'route', number: 0, messages: link.messages }
/** More than an awaited dump has under way at any time, so that there is something to disturb. */
const ADDRESSES = 16_000
const LINKS = 40

describe.skipIf(reason)(`a table that changes while it is dumped${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let other: Socket
  beforeAll(() => {
    enterDisposableWorld()
    other = openNetlink(route)
    const links = Array.from({ length: LINKS }, (_, i) => link.add({ name: `d${i}`, kind: 'bridge' }))
    expect(other.batchSync(links).every(({ ok }) => ok)).toBe(true)
    const { index } = other.requestSync(link.get('d0'))
    const addresses = Array.from({ length: ADDRESSES }, (_, i) =>
      address.add({ index: index + (i % LINKS), address: `10.0.${i >> 8}.${i & 255}/32` }),
    )
    expect(other.batchSync(addresses).every(({ ok }) => ok)).toBe(true)
  }, 120_000)
  afterAll(() => other?.close())

  /** A socket whose first `disturbed` dumps are each disturbed by a new link, once they have begun. */
  const disturbedSocket = (disturbed: number) => {
    let dumps = 0
    let due = false
    return openNetlink(route, {
      trace: ({ direction }) => {
        if (direction === 'sent') due = ++dumps <= disturbed
        else if (due) {
          due = false
          other.requestSync(link.add({ name: 'churn0', kind: 'bridge' }))
          other.requestSync(link.delete({ name: 'churn0' }))
        }
      },
    })
  }

  test('is dumped again until it stands still', async () => {
    using sync = disturbedSocket(3)
    expect(sync.requestSync(address.list({ family: 'inet' }))).toHaveLength(ADDRESSES)
    using async = disturbedSocket(3)
    expect(await async.request(address.list({ family: 'inet' }))).toHaveLength(ADDRESSES)
  })

  test('is an error that carries what was read when it never does', async () => {
    using sync = disturbedSocket(Number.POSITIVE_INFINITY)
    const thrown = (() => {
      try {
        return sync.requestSync(address.list({ family: 'inet' }))
      } catch (error) {
        return error
      }
    })()
    using async = disturbedSocket(Number.POSITIVE_INFINITY)
    const rejected = await async.request(address.list({ family: 'inet' })).catch((error: unknown) => error)
    for (const error of [thrown, rejected]) {
      expect(error).toBeInstanceOf(DumpInterruptedError)
      const { items, attempts, code } = error as DumpInterruptedError
      expect([attempts, code]).toEqual([10, 'ERR_NETLINK_DUMP_INTERRUPTED'])
      expect(items.length).toBeGreaterThanOrEqual(ADDRESSES)
    }
  })

  test('ends a stream with that error, all items delivered', async () => {
    using socket = disturbedSocket(Number.POSITIVE_INFINITY)
    let seen = 0
    const consume = async () => {
      for await (const _ of socket.stream(address.list({ family: 'inet' }))) seen++
    }
    await expect(consume()).rejects.toBeInstanceOf(DumpInterruptedError)
    expect(seen).toBeGreaterThanOrEqual(ADDRESSES)
  })
})

const alone = reason ?? (availableParallelism() < 2 ? 'needs two processors' : undefined)

describe.skipIf(alone)(`while another process holds RTNL${alone ? ` (skipped: ${alone})` : ''}`, () => {
  test('awaited requests wait, the event loop does not', async () => {
    enterDisposableWorld()
    // The kernel unregisters all links of a group in one hold of the lock.
    const holder = runScript(
      `import { openNetlink } from './src/netlink/index.ts'
       import * as link from './src/rtnl/link/index.ts'
       const socket = openNetlink({ name: 'route', number: 0, messages: link.messages })
       for (let round = 0; round < 3; round++) {
         const made = Array.from({ length: 400 }, (_, i) => link.add({ name: 'h' + i, kind: 'bridge', group: 77, up: true }))
         if (!socket.batchSync(made).every(({ ok }) => ok)) throw new Error('not made')
         socket.requestSync(link.delete({ group: 77 }))
       }
       console.log('held')`,
      { timeout: 100_000 },
    )
    let running = true
    void holder.then(() => {
      running = false
    })
    using socket = openNetlink(route)
    await socket.request(link.list())
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    let longest = 0
    while (running) {
      const start = performance.now()
      await socket.request(link.list({ kind: 'veth' }))
      longest = Math.max(longest, performance.now() - start)
    }
    delay.disable()
    expect(await holder).toMatchObject({ status: 0, stdout: 'held\n' })
    const stalled = delay.max / 1e6
    // Where the lock was never held for long there is nothing to see; 400 links take tens of milliseconds on any machine.
    expect(longest).toBeGreaterThan(20)
    expect(stalled).toBeLessThan(longest / 2)
  }, 120_000)
})
