import type { Channel } from './channel.ts'
import { EncodeError, quote, Writer } from './codec/index.ts'
import { Exchange } from './exchange.ts'
import { NLM_F_ACK } from './header.ts'
import { type Request, writeRequest } from './request.ts'

/** What became of one request of a batch. */
export type Result<Reply = unknown> =
  | { readonly ok: true; readonly value: Reply; readonly warning?: string }
  | { readonly ok: false; readonly error: Error }

export type Results<Requests extends readonly Request<unknown>[]> = {
  -readonly [I in keyof Requests]: Requests[I] extends Request<infer Reply> ? Result<Reply> : never
}

/**
 * Encodes all of them before anything is sent, so that one that cannot be written stops them all. Throws EncodeError. Their
 * numbers go on from the channel's, unless they have a `first` of their own.
 */
export function exchangesOf(channel: Channel, requests: readonly Request<unknown>[], first?: number): Exchange[] {
  if (!Array.isArray(requests)) throw new EncodeError(`expected an array of requests, got ${quote(requests)}`)
  const writer = new Writer(Math.max(requests.length * 64, 256))
  const starts: number[] = []
  for (const request of requests) {
    const sequence = first === undefined ? channel.nextSequence() : (first + starts.length) >>> 0
    starts.push(writer.position)
    writeRequest(writer, request, sequence, 0)
  }
  starts.push(writer.position)
  const all = writer.bytes
  return requests.map((request, i) => new Exchange(request, all, starts[i]!, starts[i + 1]!))
}

// What an answer takes of the receive buffer, bookkeeping included: an acknowledgement's socket buffer is under 1 KiB, one
// with an extended part under 2 KiB, and a link with all its statistics under 16 KiB.
const ACKNOWLEDGEMENT_COST = 2048
const REPLY_COST = 16384
/** So many requests at once, and more would not make it faster. */
export const MOST = 4096

/**
 * How many of the exchanges, from `from` on, may be sent at once: as many as the send buffer holds and whose answers surely fit
 * into the receive buffer, since the kernel queues them all before sendmsg returns. A dump goes alone, a datagram of its own whole.
 */
export function chunkEnd(channel: Channel, exchanges: readonly Exchange[], from: number): number {
  let receive = channel.receiveBuffer
  // The kernel counts its own bookkeeping into the send buffer, too.
  let send = channel.sendBuffer / 4
  let end = from
  for (; end < exchanges.length && end - from < MOST; end++) {
    const { request, start, end: stop, isDump, datagram } = exchanges[end]!
    if (datagram !== undefined) return end === from ? end + datagram.exchanges.length : end
    if (isDump) return end === from ? end + 1 : end
    receive -= request.answer.is === 'reply' ? REPLY_COST : ACKNOWLEDGEMENT_COST
    send -= stop - start
    if ((receive < 0 || send < 0) && end > from) return end
  }
  return end
}

/** Where the low byte of nlmsg_flags is. */
const FLAGS_AT = 6

/** Takes from the message at `start` its wish for an acknowledgement. */
export function withoutAcknowledgement(bytes: Uint8Array, start: number): void {
  bytes[start + FLAGS_AT]! &= ~NLM_F_ACK
}

/** Gives it back. */
export function withAcknowledgement(bytes: Uint8Array, start: number): void {
  bytes[start + FLAGS_AT]! |= NLM_F_ACK
}

/**
 * Asks the kernel not to acknowledge success, but for the last one's: the kernel takes the messages of a datagram in order, so
 * that its answer means that those before it are done, and that what was not refused succeeded.
 */
export function quieten(chunk: readonly Exchange[]): void {
  for (const exchange of chunk) {
    if (exchange === chunk.at(-1) || exchange.request.answer.is !== 'acknowledgement') continue
    exchange.quiet = true
    withoutAcknowledgement(exchange.bytes, exchange.start)
  }
}

/** The messages of the exchanges as one datagram. */
export function joined(exchanges: readonly Exchange[]): Uint8Array {
  const { bytes, start } = exchanges[0]!
  const last = exchanges.at(-1)!
  const total = exchanges.reduce((sum, exchange) => sum + exchange.end - exchange.start, 0)
  // Encoded together, they already lie one after another.
  if (last.bytes === bytes && last.end - start === total) return bytes.subarray(start, last.end)
  const datagram = new Uint8Array(total)
  let at = 0
  for (const { sent } of exchanges) {
    datagram.set(sent, at)
    at += sent.length
  }
  return datagram
}

/** What a change without a remark becomes; there may be hundreds of thousands. */
const DONE: Result<undefined> = Object.freeze({ ok: true, value: undefined })

export function resultOf(exchange: Exchange): Result {
  const error = exchange.failure()
  if (error !== undefined) return { ok: false, error }
  const { warning, reply } = exchange
  if (warning !== undefined) return { ok: true, value: reply, warning }
  return reply === undefined ? DONE : { ok: true, value: reply }
}
