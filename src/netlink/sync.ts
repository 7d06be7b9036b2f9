import { MSG_DONTWAIT, SystemError, send } from '../libc/index.ts'
import { chunkEnd, exchangesOf, joined, quieten, type Result, resultOf } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { AnswerLostError, DumpInterruptedError, SocketClosedError } from './error.ts'
import { Exchange } from './exchange.ts'
import { type DumpRequest, type Request, writeRequest } from './request.ts'

/** How often an interrupted dump is tried before it becomes an error. */
export const DUMP_ATTEMPTS = 10

const writer = new Writer(4096)

function begin(channel: Channel, request: Request<unknown>): Exchange {
  writer.position = 0
  writeRequest(writer, request, channel.nextSequence(), 0)
  const bytes = writer.finish()
  const exchange = new Exchange(request, bytes)
  channel.traceSent(exchange)
  channel.makeRoom(bytes.length)
  try {
    send(channel.fd, bytes)
  } catch (error) {
    throw lossOf(error, exchange.request)
  }
  return exchange
}

/** Hands over the next part of the answer as it comes, stopping this thread until then; true when that was the last. */
function hear(channel: Channel, exchange: Exchange): boolean {
  try {
    return channel.answer(exchange, channel.receiver.receive(channel.fd))
  } catch (error) {
    passOver(channel)
    throw lossOf(error, exchange.request)
  }
}

/**
 * Takes what is left of answers that nobody waits for any more. Before the end of a dump, the kernel begins no other on this socket (EBUSY);
 * and of a receive buffer that overflowed it says so once, and drops in silence until that is empty (net/netlink/af_netlink.c,
 * netlink_overrun).
 */
export function passOver({ receiver, fd }: Channel): void {
  for (;;) {
    try {
      if (receiver.receive(fd, MSG_DONTWAIT) < 0) return
    } catch (error) {
      if (!isOverflow(error)) return
    }
  }
}

/** What kept a request from being sent or answered, with what it was. */
export function lossOf(error: unknown, { operation }: Request<unknown>): Error {
  if (isOverflow(error)) return new AnswerLostError(operation)
  return error instanceof SystemError ? new SystemError(error.errno, error.syscall, operation) : (error as Error)
}

export function isOverflow(error: unknown): boolean {
  return error instanceof SystemError && error.code === 'ENOBUFS'
}

/** Sends one request and waits for its answer: the calling thread does nothing else meanwhile. */
export function talk<Reply>(channel: Channel, request: Request<Reply>, warn: (exchange: Exchange) => void): Reply {
  for (let attempt = 1; ; attempt++) {
    const exchange = begin(channel, request)
    while (!hear(channel, exchange));
    const failure = exchange.failure(attempt)
    if (failure instanceof DumpInterruptedError && attempt < DUMP_ATTEMPTS) continue
    if (failure !== undefined) throw failure
    warn(exchange)
    return exchange.reply as Reply
  }
}

/** A dump, item by item, as its datagrams come. */
export function* talkStream<Item>(channel: Channel, dump: DumpRequest<Item>): Generator<Item, void, undefined> {
  const exchange = begin(channel, dump)
  while (!hear(channel, exchange)) {
    yield* exchange.items.splice(0) as Item[]
    if (channel.closed) throw new SocketClosedError(dump.operation)
  }
  yield* exchange.items.splice(0) as Item[]
  const failure = exchange.failure()
  if (failure !== undefined) throw failure
}

/** Sends many requests, as many at once as the buffers allow; each has its result. */
export function talkBatch(channel: Channel, requests: readonly Request<unknown>[], warnings: boolean): Result[] {
  const exchanges = exchangesOf(channel, requests)
  for (let from = 0, end = 0; from < exchanges.length; from = end) {
    end = chunkEnd(channel, exchanges, from)
    const chunk = exchanges.slice(from, end)
    if (!warnings) quieten(chunk)
    for (const exchange of chunk) channel.traceSent(exchange)
    try {
      const bytes = joined(chunk)
      channel.makeRoom(bytes.length)
      send(channel.fd, bytes)
    } catch (error) {
      for (const exchange of chunk) exchange.fail(lossOf(error, exchange.request))
      continue
    }
    collect(channel, chunk)
  }
  return exchanges.map(resultOf)
}

function collect(channel: Channel, chunk: readonly Exchange[]): void {
  const first = chunk[0]!.sequence
  let left = chunk.reduce((count, { quiet }) => (quiet ? count : count + 1), 0)
  const take = (bytes: Uint8Array, start: number, end: number) => {
    if (u32.at(bytes, start + 12) !== channel.port) return
    // Sequence numbers of one batch follow one another, but for the turn from 2^32 - 1 to 1.
    const sequence = u32.at(bytes, start + 8)
    let exchange = chunk[sequence - first]
    if (exchange?.sequence !== sequence) exchange = chunk.find((candidate) => candidate.sequence === sequence)
    if (exchange?.take(bytes, start, end) && !exchange.quiet) left--
  }
  try {
    while (left > 0) channel.deliver(channel.receiver.receive(channel.fd), take)
  } catch (error) {
    passOver(channel)
    for (const exchange of chunk) if (!exchange.complete) exchange.fail(lossOf(error, exchange.request))
  }
}
