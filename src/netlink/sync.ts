import { SystemError, send } from '../libc/index.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { AnswerLostError, DumpInterruptedError } from './error.ts'
import { Exchange } from './exchange.ts'
import { type DumpRequest, type Request, writeRequest } from './request.ts'

/** How often an interrupted dump is tried before it becomes an error. */
export const DUMP_ATTEMPTS = 10

/** Receives, blocking, until `exchange` is complete. Answers to anything else are dropped. */
function receiveAnswer(channel: Channel, exchange: Exchange): void {
  const { sequence } = exchange
  let complete = false
  while (!complete) {
    const length = receive(channel, exchange)
    channel.deliver(length, (bytes, start, end) => {
      if (u32.at(bytes, start + 8) !== sequence || u32.at(bytes, start + 12) !== channel.port) return
      if (exchange.take(bytes, start, end)) complete = true
    })
  }
}

function receive(channel: Channel, exchange: Exchange): number {
  try {
    return channel.receiver.receive(channel.fd)
  } catch (error) {
    if (error instanceof SystemError && error.code === 'ENOBUFS') throw new AnswerLostError(exchange.request.operation)
    throw error
  }
}

const writer = new Writer(4096)

function begin(channel: Channel, request: Request<unknown>): Exchange {
  writer.position = 0
  writeRequest(writer, request, channel.nextSequence(), 0)
  const exchange = new Exchange(request, writer.bytes.slice(0, writer.position))
  channel.traceMessage('sent', exchange.sent, 0, exchange.sent.length)
  send(channel.fd, exchange.sent)
  return exchange
}

/** Sends one request and waits for its answer: the calling thread does nothing else meanwhile. */
export function talk<Reply>(channel: Channel, request: Request<Reply>, warn: (exchange: Exchange) => void): Reply {
  for (let attempt = 1; ; attempt++) {
    const exchange = begin(channel, request)
    receiveAnswer(channel, exchange)
    const failure = exchange.failure(attempt)
    if (failure instanceof DumpInterruptedError && attempt < DUMP_ATTEMPTS) continue
    if (failure !== undefined) throw failure
    warn(exchange)
    return exchange.reply as Reply
  }
}

/** A dump, item by item, as its datagrams come. */
export function* talkStream<Item>(channel: Channel, request: DumpRequest<Item>): Generator<Item, void, undefined> {
  const exchange = begin(channel, request)
  const { sequence } = exchange
  let complete = false
  while (!complete) {
    const length = receive(channel, exchange)
    channel.deliver(length, (bytes, start, end) => {
      if (u32.at(bytes, start + 8) !== sequence || u32.at(bytes, start + 12) !== channel.port) return
      if (exchange.take(bytes, start, end)) complete = true
    })
    yield* exchange.items.splice(0) as Item[]
  }
  const failure = exchange.failure()
  if (failure !== undefined) throw failure
}
