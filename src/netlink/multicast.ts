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
import { eventQueue, type Subscription } from './event-queue.ts'
import { frames, HEADER_SIZE } from './header.ts'
import type { Protocol } from './protocol.ts'

/** Beyond this many events that nobody has taken yet, the kernel keeps the rest, and says so if it has to drop some. */
const MOST_QUEUED = 4096

export function subscribe(
  channel: Channel,
  groups: readonly number[],
  signal: AbortSignal | undefined,
  ended: () => void,
): Subscription {
  let watcher: Watcher | undefined
  let open = true

  const receive = () => {
    // A bounded share of each turn of the loop: a storm of events must not keep everything else waiting.
    for (let datagrams = 0; datagrams < 64 && open; datagrams++) {
      if (events.length >= MOST_QUEUED) {
        pause()
        return
      }
      try {
        const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
        if (length < 0) return
        channel.deliver(length, (bytes, start, end) => {
          const event = eventOf(channel.options.protocol, bytes, start, end)
          events.offer(
            channel.options.allNamespaces && event.event === 'message' ? { ...event, ...originOf(channel) } : event,
          )
        })
      } catch (error) {
        if (error instanceof SystemError && error.code === 'ENOBUFS') {
          events.offer({ event: 'resync', reason: error.message })
          // libuv ends a watcher whose descriptor reports an error.
          pause()
          resume()
        } else if (error instanceof CodecError) events.offer({ event: 'undecoded', type: 0, error, hex: error.message })
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
  const events = eventQueue<Event>({
    signal,
    taken() {
      if (events.length < MOST_QUEUED / 2) resume()
    },
    ended() {
      open = false
      pause()
      channel.close()
      ended()
    },
  })
  return events.subscription
}

function numbersOf(groups: readonly number[]): readonly number[] {
  const wrong = Array.isArray(groups) ? groups.find((group) => !Number.isInteger(group)) : groups
  if (Array.isArray(groups) && wrong === undefined && !groups.includes(undefined as never)) return groups
  throw new EncodeError(`expected numbers of multicast groups, got ${quote(wrong)}`).within('groups')
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
