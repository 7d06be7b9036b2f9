import { describe, expect, test, vi } from 'vitest'
import type { Event, Request, Subscription } from '../../src/netlink/index.ts'
import { type Waiting, WaitTimeoutError, waitForAddress, waitForLink } from '../../src/ops/index.ts'
import { address, link } from '../../src/rtnl/index.ts'

interface Asked {
  readonly type: number
  readonly operation: string
  /** Since the first request. */
  readonly at: number
}

/** A kernel that answers each request by a function, and tells what it is made to tell. */
function kernel(answer: (request: Request<unknown>, asked: readonly Asked[]) => unknown) {
  const asked: Asked[] = []
  const started = performance.now()
  let take: ((result: IteratorResult<Event, undefined>) => void) | undefined
  const told: Event[] = []
  const subscriptions = { open: 0 }
  const socket = {
    async request(request: Request<unknown>, { signal }: { signal?: AbortSignal } = {}) {
      signal?.throwIfAborted()
      asked.push({ type: request.type, operation: request.operation, at: performance.now() - started })
      return answer(request, asked)
    },
    subscribe(_groups: readonly number[], { signal }: { signal?: AbortSignal } = {}) {
      subscriptions.open++
      const next = () =>
        new Promise<IteratorResult<Event, undefined>>((resolve, reject) => {
          const event = told.shift()
          if (event !== undefined) return resolve({ done: false, value: event })
          take = resolve
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        })
      signal?.addEventListener('abort', () => subscriptions.open--, { once: true })
      return { next, [Symbol.asyncIterator]: () => ({ next }) } as unknown as Subscription
    },
  } as Waiting
  const tell = (event: Event) => {
    if (take === undefined) told.push(event)
    else take({ done: false, value: event })
    take = undefined
  }
  return { socket, asked, tell, subscriptions, end: () => take?.({ done: true, value: undefined }) }
}

const event = (type: number): Event => ({
  event: 'message',
  ...{ type, name: undefined, flags: 0, sequence: 0, port: 0, value: new Uint8Array(0) },
})

const isDump = ({ operation }: { operation: string }) => operation === 'list links'
const flags = ['up', 'lower-up'] as const
const found = (more: object) => ({ index: 7, name: 'v0', flags, operstate: 'down', ...more })

describe('waiting', () => {
  test('asks again where no event comes, less and less often', async () => {
    const { socket, asked, subscriptions } = kernel((request) => (isDump(request) ? [] : found({})))
    const error = await waitForLink(socket, { name: 'v0', operstate: 'up' }, { timeout: 700 }).catch((error) => error)
    expect(error).toBeInstanceOf(WaitTimeoutError)
    expect(error).toMatchObject({ last: { index: 7, operstate: 'down' } })
    // One look at the beginning and one after each pause of 4, 8, 16, …, 256 ms.
    const rounds = asked.filter(isDump).length
    expect(rounds).toBeGreaterThanOrEqual(3)
    expect(rounds).toBeLessThanOrEqual(8)
    expect(subscriptions.open).toBe(0)
  })

  test('sees what the kernel notices only for being asked', async () => {
    const { socket } = kernel((request, { length }) =>
      isDump(request) ? [] : found(length > 6 ? { operstate: 'up' } : {}),
    )
    expect(await waitForLink(socket, { name: 'v0', operstate: 'up' })).toMatchObject({ operstate: 'up' })
  })

  test('asks for the ports before their bridge, and for what lies below, each once a round', async () => {
    const links: Record<string, object> = {
      '1': found({ index: 1, name: 'vlan', link: 2 }),
      '2': found({ index: 2, name: 'br' }),
      '3': found({ index: 3, name: 'port', link: 4, master: 2 }),
      '4': found({ index: 4, name: 'its-peer', link: 3 }),
      '5': found({ index: 5, name: 'quiet', master: 2, flags: ['up'] }),
    }
    let state = 'down'
    const { socket, asked } = kernel((request) => {
      const { index, name, master } = request.value as { index?: number; name?: string; master?: number }
      if (isDump(request)) return Object.values(links).filter((entry) => (entry as link.Link).master === master)
      if (name === 'vlan') return { ...links['1'], operstate: state }
      // The bridge's carrier is to be noticed after its port's, and before the VLAN's.
      if (index === 2 && asked.some(({ operation }) => operation === 'get link with index 3')) state = 'up'
      return links[String(index)]
    })
    await waitForLink(socket, { name: 'vlan', operstate: 'up' })
    const order = asked
      .filter((request) => !isDump(request))
      .map(({ operation }) => operation.replace(/get link (with index )?/, ''))
    expect(order.slice(0, 8)).toEqual(['vlan', 'vlan', '2', '3', '4', '4', '3', '2'])
    expect(order).not.toContain('5')
  })

  test('looks at once when it is told of a change, once for many, and not for what does not concern it', async () => {
    let there = false
    const { socket, asked, tell } = kernel((request) => {
      if (isDump(request)) return []
      return found(there ? { operstate: 'up' } : {})
    })
    const waiting = waitForLink(socket, { name: 'v0', operstate: 'up' })
    // By then the pauses are long.
    await vi.waitUntil(() => asked.filter(isDump).length >= 6)
    const before = asked.length
    const started = performance.now()
    for (let i = 0; i < 5; i++) tell(event(address.RTM_NEWADDR))
    there = true
    for (let i = 0; i < 5; i++) tell(event(link.RTM_NEWLINK))
    await waiting
    expect(performance.now() - started).toBeLessThan(200)
    // The last question of the round before may have been on its way.
    expect(asked.length - before).toBeLessThanOrEqual(2)
  })

  test('takes lost events for a reason to look', async () => {
    let there = false
    const { socket, asked, tell } = kernel((request) => {
      if (request.type === address.RTM_GETADDR) {
        return [{ local: '10.0.0.1', family: 'inet', flags: there ? [] : ['tentative'] }]
      }
      return isDump(request) ? [] : found({})
    })
    const waiting = waitForAddress(socket, { link: 'v0', address: '10.0.0.1' })
    await vi.waitUntil(() => asked.length > 2)
    there = true
    tell({ event: 'resync', reason: 'ENOBUFS' })
    expect(await waiting).toMatchObject({ local: '10.0.0.1' })
  })

  test('ends with its signal, with the socket, and with what a request throws', async () => {
    const { socket, end, subscriptions } = kernel((request) => (isDump(request) ? [] : found({})))
    const enough = new Error('enough')
    const signal = AbortSignal.timeout(20)
    const aborted = waitForLink(socket, { name: 'v0', operstate: 'up' }, { signal })
    await expect(aborted).rejects.toBe(
      await new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
    )
    await expect(waitForLink(socket, { name: 'v0' }, { signal: AbortSignal.abort(enough) })).rejects.toBe(enough)
    const closed = waitForLink(socket, { name: 'v0', operstate: 'up' })
    setTimeout(end, 20)
    await expect(closed).rejects.toMatchObject({ name: 'SocketClosedError' })
    const refusing = kernel(() => Promise.reject(enough))
    await expect(waitForLink(refusing.socket, { name: 'v0' })).rejects.toBe(enough)
    expect([subscriptions.open, refusing.subscriptions.open]).toEqual([0, 0])
  })
})
