import { SystemError, send } from '../libc/index.ts'
import { chunkEnd, exchangesOf, joined, quieten, type Result, resultOf } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { AnswerLostError, DumpInterruptedError } from './error.ts'
import { Exchange } from './exchange.ts'
import { type DumpRequest, type Request, writeRequest } from './request.ts'

/** How often an interrupted dump is tried before it becomes an error. */
export const DUMP_ATTEMPTS = 10

const writer = new Writer(4096)

function begin(channel: Channel, request: Request<unknown>): Exchange {
  writer.position = 0
  writeRequest(writer, request, channel.nextSequence(), 0)
  const exchange = new Exchange(request, writer.finish())
  channel.traceSent(exchange)
  send(channel.fd, exchange.sent)
  return exchange
}

/** Blocks until there is a datagram. */
function receive(channel: Channel, { request }: Exchange): number {
  try {
    return channel.receiver.receive(channel.fd)
  } catch (error) {
    throw isOverflow(error) ? new AnswerLostError(request.operation) : error
  }
}

export function isOverflow(error: unknown): boolean {
  return error instanceof SystemError && error.code === 'ENOBUFS'
}

/** Sends one request and waits for its answer: the calling thread does nothing else meanwhile. */
export function talk<Reply>(channel: Channel, request: Request<Reply>, warn: (exchange: Exchange) => void): Reply {
  for (let attempt = 1; ; attempt++) {
    const exchange = begin(channel, request)
    while (!channel.answer(exchange, receive(channel, exchange)));
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
  while (!channel.answer(exchange, receive(channel, exchange))) yield* exchange.items.splice(0) as Item[]
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
    send(channel.fd, joined(chunk))
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
    if (!isOverflow(error)) throw error
    for (const exchange of chunk) {
      if (!exchange.complete) exchange.fail(new AnswerLostError(exchange.request.operation))
    }
  }
}
