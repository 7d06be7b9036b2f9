import {
  MSG_DONTWAIT,
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_LISTEN_ALL_NSID,
  SOL_NETLINK,
  SystemError,
  setsockopt,
  type Watcher,
  watchReadable,
} from '../libc/index.ts'
import type { Channel } from './channel.ts'
import { CodecError, copyOf, EncodeError, i32, quote, toHex, u32 } from './codec/index.ts'
import type { Event } from './event.ts'
import { frames, HEADER_SIZE } from './header.ts'
import type { Protocol } from './protocol.ts'

/** Events as they come: `for await (const event of subscription)`. Ends with `close()` or leaving the loop; its signal makes the loop throw the reason. */
export interface Subscription<Told = Event> extends AsyncIterableIterator<Told, undefined, undefined>, Disposable {
  return(): Promise<IteratorReturnResult<undefined>>
  close(): void
}

/** Beyond this many events that nobody has taken yet, the kernel keeps the rest, and says so if it has to drop some. */
const MOST_QUEUED = 4096

export function subscribe(
  channel: Channel,
  groups: readonly number[],
  signal: AbortSignal | undefined,
  ended: () => void,
): Subscription {
  const queue: Event[] = []
  const takers: PromiseWithResolvers<IteratorResult<Event, undefined>>[] = []
  let watcher: Watcher | undefined
  let open = true

  const offer = (event: Event) => {
    const taker = takers.shift()
    if (taker === undefined) queue.push(event)
    else taker.resolve({ done: false, value: event })
  }

  const receive = () => {
    // A bounded share of each turn of the loop: a storm of events must not keep everything else waiting.
    for (let datagrams = 0; datagrams < 64 && open; datagrams++) {
      if (queue.length >= MOST_QUEUED) {
        pause()
        return
      }
      try {
        const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
        if (length < 0) return
        channel.deliver(length, (bytes, start, end) => {
          const event = eventOf(channel.options.protocol, bytes, start, end)
          offer(channel.options.allNamespaces && event.event === 'message' ? { ...event, ...originOf(channel) } : event)
        })
      } catch (error) {
        if (error instanceof SystemError && error.code === 'ENOBUFS') {
          offer({ event: 'resync', reason: error.message })
          // libuv ends a watcher whose descriptor reports an error.
          pause()
          resume()
        } else if (error instanceof CodecError) offer({ event: 'undecoded', type: 0, error, hex: error.message })
        else throw error
      }
    }
  }

  const pause = () => {
    watcher?.stop()
    watcher = undefined
  }
  const resume = () => {
    if (!open || watcher !== undefined) return
    watcher = watchReadable(channel.fd, receive)
    watcher.ref()
  }

  const close = () => {
    if (!open) return
    open = false
    pause()
    channel.close()
    signal?.removeEventListener('abort', abort)
    ended()
    for (const taker of takers.splice(0)) taker.resolve({ done: true, value: undefined })
  }
  // As the asynchronous iterators of node:events do, the loop throws the signal's reason.
  const abort = () => {
    for (const taker of takers.splice(0)) taker.reject(signal?.reason)
    close()
  }

  try {
    signal?.throwIfAborted()
    for (const group of numbersOf(groups)) setsockopt(channel.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group)
    resume()
  } catch (error) {
    // Nobody has a subscription yet that could have ended.
    pause()
    channel.close()
    throw error
  }
  signal?.addEventListener('abort', abort, { once: true })

  return {
    next() {
      const event = queue.shift()
      if (event !== undefined) {
        if (queue.length < MOST_QUEUED / 2) resume()
        return Promise.resolve({ done: false, value: event })
      }
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (!open) return Promise.resolve({ done: true, value: undefined })
      const taker = withResolvers<IteratorResult<Event, undefined>>()
      takers.push(taker)
      return taker.promise
    },
    return() {
      close()
      queue.length = 0
      return Promise.resolve({ done: true, value: undefined })
    },
    close,
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.dispose]: close,
  }
}

function numbersOf(groups: readonly number[]): readonly number[] {
  const wrong = Array.isArray(groups) ? groups.find((group) => !Number.isInteger(group)) : groups
  if (Array.isArray(groups) && wrong === undefined && !groups.includes(undefined as never)) return groups
  throw new EncodeError(`expected numbers of multicast groups, got ${quote(wrong)}`).within('groups')
}

/** A subscription that tells in other words what another tells, and ends with it. */
export function retold<Told, Retold>(
  subscription: Subscription<Told>,
  say: (event: Told) => Retold,
): Subscription<Retold> {
  return {
    next: async () => {
      const result = await subscription.next()
      return result.done ? result : { done: false, value: say(result.value) }
    },
    return: () => subscription.return(),
    close: () => subscription.close(),
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.dispose]: () => subscription.close(),
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

function eventOf(protocol: Protocol, bytes: Uint8Array, start: number, end: number): Event {
  const type = bytes[start + 4]! | (bytes[start + 5]! << 8)
  const known = protocol.messages.get(type)
  const payload = start + HEADER_SIZE
  try {
    return {
      event: 'message',
      type,
      name: known?.name,
      flags: bytes[start + 6]! | (bytes[start + 7]! << 8),
      sequence: u32.at(bytes, start + 8),
      port: u32.at(bytes, start + 12),
      value: known === undefined ? copyOf(bytes, payload, end) : known.codec.read(bytes, payload, end, payload, {}),
    }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    return { event: 'undecoded', type, error, hex: toHex(bytes, start, end) }
  }
}

/** Messages that somebody has kept in a file, one after another, as events. Throws DecodeError where a length is impossible. */
export function* keptEvents<Told extends Event>(
  protocol: Protocol<Told>,
  bytes: Uint8Array,
): Generator<Told, void, undefined> {
  for (const { start, end } of frames(bytes, 0, bytes.length)) yield eventOf(protocol, bytes, start, end) as Told
}

/** Where the message just received comes from (netlink(7), NETLINK_LISTEN_ALL_NSID). */
function originOf({ receiver }: Channel): { readonly nsid?: number } {
  const said = receiver.control.find(({ level, type }) => level === SOL_NETLINK && type === NETLINK_LISTEN_ALL_NSID)
  return said === undefined ? {} : { nsid: i32.at(said.data, 0) }
}
