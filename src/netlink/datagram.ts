import { MSG_DONTWAIT, send } from '../libc/index.ts'
import { exchangesOf, joined } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32 } from './codec/index.ts'
import type { Datagram, Exchange } from './exchange.ts'
import type { Request } from './request.ts'
import { isOverflow } from './sync.ts'

/** What the kernel said about one message of a datagram. */
export interface Heard {
  /** Why it was refused, or what could not be decoded of the answer. */
  readonly error: Error | undefined
  /** Whether success was acknowledged; only where the message asks for that. */
  readonly acknowledged: boolean
  /** What it was answered with besides, each as the request's `pick` gives it. */
  readonly replies: readonly unknown[]
}

/** What the kernel said about a datagram before the sending of it was over. */
export interface DatagramAnswer {
  /** In the order of the messages. */
  readonly heard: readonly Heard[]
  /** The receive buffer overflowed: more was said, after what is here. */
  readonly overflowed: boolean
}

/** Encodes requests as the messages of one datagram, numbered from `first` where that is given. Throws EncodeError. */
export function datagramOf(channel: Channel, requests: readonly Request<unknown>[], first?: number): Datagram {
  const exchanges = exchangesOf(channel, requests, first)
  const datagram: Datagram = { exchanges, overflowed: false }
  for (const exchange of exchanges) exchange.datagram = datagram
  if (exchanges.length > 0) channel.makeRoom(joined(exchanges).length)
  return datagram
}

/** Sends the datagram and gathers what was answered meanwhile. */
export function talkDatagram(channel: Channel, datagram: Datagram): void {
  for (const exchange of datagram.exchanges) channel.traceSent(exchange)
  send(channel.fd, joined(datagram.exchanges))
  drain(channel, datagram)
}

/** Takes all that waits in the receive buffer: netlink works inside sendmsg, so that of a datagram sent it is the whole answer. */
export function drain(channel: Channel, datagram: Datagram): void {
  const bySequence = new Map<number, Exchange>()
  for (const exchange of datagram.exchanges) bySequence.set(exchange.sequence, exchange)
  const take = (bytes: Uint8Array, start: number, end: number) => {
    if (u32.at(bytes, start + 12) === channel.port) bySequence.get(u32.at(bytes, start + 8))?.take(bytes, start, end)
  }
  for (;;) {
    try {
      const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
      if (length < 0) return
      channel.deliver(length, take)
    } catch (error) {
      if (!isOverflow(error)) throw error
      datagram.overflowed = true
    }
  }
}

export function answerOf({ exchanges, overflowed }: Datagram): DatagramAnswer {
  const heard = exchanges.map(({ refusal: error, acknowledged, items: replies }) => ({ error, acknowledged, replies }))
  return { heard, overflowed }
}
