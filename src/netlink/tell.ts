import { MSG_DONTWAIT, send } from '../libc/index.ts'
import { FLAGS_AT } from './batch.ts'
import type { Channel } from './channel.ts'
import { EncodeError, u32, Writer } from './codec/index.ts'
import { AnswerLostError } from './error.ts'
import { Exchange } from './exchange.ts'
import { NLM_F_ACK } from './header.ts'
import { type Request, writeRequest } from './request.ts'
import { isOverflow, passOver } from './sync.ts'

/*
 * Changes that are answered only where the kernel refuses them. It does the work inside sendmsg, message by message, so that all
 * refusals are there when that returns; what it remarks on success is not heard.
 */

const writer = new Writer(1 << 16)

// What a refusal takes of the receive buffer, bookkeeping included, with a sentence and the offset in it.
const REFUSAL_COST = 2048
const MOST = 4096

/** Sends one change. Throws NetlinkError, EncodeError, AnswerLostError. */
export function tell(channel: Channel, request: Request<void>): void {
  writer.position = 0
  write(channel, request)
  sendWritten(channel)
  try {
    // Mostly there is nothing to hear.
    const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
    if (length < 0) return
    const failures: Error[] = []
    const take: Take = (sequence, start, end, bytes) => {
      if (sequence !== u32.at(writer.bytes, 8)) return
      const failure = failureOf(request, writer.finish(), bytes, start, end)
      if (failure !== undefined) failures.push(failure)
    }
    deliver(channel, length, take)
    hear(channel, take)
    if (failures[0] !== undefined) throw failures[0]
  } catch (error) {
    passOver(channel)
    throw isOverflow(error) ? new AnswerLostError(request.operation) : error
  }
}

/** Sends many, as many at once as the buffers allow, and gives those that failed, by their place. The others are done. */
export function tellAll(channel: Channel, requests: readonly Request<void>[]): Map<number, Error> {
  const failures = new Map<number, Error>()
  const most = Math.min(MOST, Math.floor(channel.receiveBuffer / REFUSAL_COST))
  // The kernel counts its own bookkeeping into the send buffer, too.
  const room = channel.sendBuffer / 4
  for (let from = 0; from < requests.length; ) {
    const places: number[] = []
    const starts: number[] = []
    writer.position = 0
    for (; from < requests.length && places.length < most && writer.position < room; from++) {
      const start = writer.position
      try {
        write(channel, requests[from]!)
        places.push(from)
        starts.push(start)
      } catch (error) {
        if (!(error instanceof EncodeError)) throw error
        failures.set(from, error)
      }
    }
    if (places.length > 0) tellChunk(channel, requests, { places, starts }, failures)
  }
  return failures
}

/** What of the requests was written, and where each begins. */
interface Chunk {
  readonly places: readonly number[]
  readonly starts: readonly number[]
}

function tellChunk(
  channel: Channel,
  requests: readonly Request<void>[],
  { places, starts }: Chunk,
  failures: Map<number, Error>,
): void {
  const end = writer.position
  sendWritten(channel)
  try {
    // Refusals come in the order of the requests.
    let i = 0
    hear(channel, (sequence, start, stop, bytes) => {
      while (i < starts.length && u32.at(writer.bytes, starts[i]! + 8) !== sequence) i++
      if (i === starts.length) return
      const place = places[i]!
      const sent = writer.bytes.slice(starts[i], starts[i + 1] ?? end)
      const failure = failureOf(requests[place]!, sent, bytes, start, stop)
      if (failure !== undefined) failures.set(place, failure)
    })
  } catch (error) {
    passOver(channel)
    if (!isOverflow(error)) throw error
    // Which of them were refused, besides those that were heard of, is not known.
    for (const place of places) {
      if (!failures.has(place)) failures.set(place, new AnswerLostError(requests[place]!.operation))
    }
  }
}

/** Appends a change without its wish for an acknowledgement. Throws EncodeError. */
function write(channel: Channel, request: Request<void>): void {
  const start = writer.position
  writeRequest(writer, request, channel.nextSequence(), 0)
  withoutAcknowledgement(writer, start)
}

/** Takes from the message at `start` its wish for an acknowledgement. */
export function withoutAcknowledgement({ bytes }: Writer, start: number): void {
  bytes[start + FLAGS_AT]! &= ~NLM_F_ACK
}

function sendWritten(channel: Channel): void {
  if (channel.options.trace !== undefined) {
    for (let at = 0; at < writer.position; at += (u32.at(writer.bytes, at) + 3) & ~3) {
      channel.traceMessage('sent', writer.bytes, at, at + u32.at(writer.bytes, at))
    }
  }
  channel.makeRoom(writer.position)
  send(channel.fd, writer.bytes, 0, writer.position)
}

type Take = (sequence: number, start: number, end: number, bytes: Uint8Array) => void

/** Hands over what has been answered by now. */
function hear(channel: Channel, take: Take): void {
  for (;;) {
    const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
    if (length < 0) return
    deliver(channel, length, take)
  }
}

function deliver(channel: Channel, length: number, take: Take): void {
  channel.deliver(length, (bytes, start, end) => {
    if (u32.at(bytes, start + 12) === channel.port) take(u32.at(bytes, start + 8), start, end, bytes)
  })
}

/** What an answer says of a change that went wrong; undefined for an acknowledgement. */
export function failureOf(
  request: Request<void>,
  sent: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): Error | undefined {
  const exchange = new Exchange(request, sent)
  exchange.take(bytes, start, end)
  return exchange.failure()
}
