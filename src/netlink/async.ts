import { MSG_DONTWAIT, sendAsync, watchReadable } from '../libc/index.ts'
import { chunkEnd, exchangesOf, joined, MOST, quieten } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32 } from './codec/index.ts'
import { drain } from './datagram.ts'
import { SocketClosedError } from './error.ts'
import type { Exchange } from './exchange.ts'
import { NLMSG_MIN_TYPE } from './header.ts'
import { type DumpRequest, isChange } from './request.ts'
import { isOverflow, lossOf } from './sync.ts'

/** Beyond so many answers at once they would keep the event loop for over a millisecond. */
const MOST_ANSWERED = 256

interface Waiting {
  readonly exchange: Exchange
  readonly quiet: boolean
  readonly done: () => void
}

/**
 * Requests in flight on one channel. The kernel does a request's work inside sendmsg, and may wait there for a lock that another
 * process holds: so sending, and the receiving of dumps, whose parts are produced inside recvmsg, happen on another thread. What
 * was asked meanwhile goes out together next time.
 */
export class Conversation {
  readonly channel: Channel
  #queue: Waiting[] = []
  readonly #withdrawn = new Set<Exchange>()
  #running = false
  #closing = false

  constructor(channel: Channel) {
    this.channel = channel
  }

  /** Queues the exchanges; the promise is kept, never broken, when all are complete or failed. See `quieten` for `quiet`. */
  run(exchanges: readonly Exchange[], quiet = false): Promise<void> {
    return new Promise((resolve) => {
      let left = exchanges.length
      const done = () => {
        if (--left === 0) resolve()
      }
      if (left === 0) resolve()
      for (const exchange of exchanges) this.#queue.push({ exchange, quiet, done })
      if (!this.#running) {
        this.#running = true
        // Whatever else is asked in this turn of the loop joins the same datagram.
        queueMicrotask(() => void this.#work())
      }
    })
  }

  /** Takes back what was not sent yet. */
  withdraw(exchange: Exchange): void {
    this.#withdrawn.add(exchange)
  }

  /** Fails what waits; the descriptor is closed once no other thread uses it. */
  close(): void {
    this.#closing = true
    if (!this.#running) this.channel.close()
  }

  async #work(): Promise<void> {
    while (!this.#closing) {
      const chunk = this.#nextChunk()
      if (chunk.length === 0) break
      await this.#exchange(chunk)
    }
    this.#running = false
    if (!this.#closing) return
    for (const { exchange, done } of this.#queue.splice(0)) {
      exchange.fail(new SocketClosedError(exchange.request.operation))
      done()
    }
    this.channel.close()
  }

  /** Takes what may go out together from the queue. */
  #nextChunk(): Waiting[] {
    if (this.#withdrawn.size > 0) {
      this.#queue = this.#queue.filter(({ exchange }) => !this.#withdrawn.has(exchange))
      this.#withdrawn.clear()
    }
    const quiet = this.#queue[0]?.quiet
    const first: Exchange[] = []
    let answered = 0
    for (const waiting of this.#queue) {
      if (waiting.quiet !== quiet || first.length === MOST || answered === MOST_ANSWERED) break
      first.push(waiting.exchange)
      if (!quiet || !isChange(waiting.exchange.request)) answered++
    }
    return this.#queue.splice(0, chunkEnd(this.channel, first, 0))
  }

  async #exchange(chunk: readonly Waiting[]): Promise<void> {
    const { channel } = this
    const pending = new Map(chunk.map((waiting) => [waiting.exchange.sequence, waiting]))
    const exchanges = chunk.map(({ exchange }) => exchange)
    try {
      if (chunk[0]!.quiet) quieten(exchanges)
      for (const exchange of exchanges) channel.traceSent(exchange)
      const bytes = joined(exchanges)
      channel.makeRoom(bytes.length)
      await sendAsync(channel.fd, bytes)
      const { datagram, isDump } = exchanges[0]!
      if (isDump) await collectDump(channel, exchanges[0]!)
      else if (datagram === undefined) await collect(channel, pending)
      else drain(channel, datagram)
      for (const { done } of pending.values()) done()
    } catch (error) {
      for (const { exchange, done } of pending.values()) {
        exchange.fail(lossOf(error, exchange.request))
        done()
      }
      await passOver(channel)
    }
  }
}

async function collect(channel: Channel, pending: Map<number, Waiting>): Promise<void> {
  const take = (bytes: Uint8Array, start: number, end: number) => {
    if (u32.at(bytes, start + 12) !== channel.port) return
    const sequence = u32.at(bytes, start + 8)
    const waiting = pending.get(sequence)
    if (waiting?.exchange.take(bytes, start, end)) {
      pending.delete(sequence)
      waiting.done()
    }
  }
  const last = [...pending.values()].at(-1)!.exchange
  while (pending.size > 0 && !(last.complete && onlyQuiet(pending))) {
    const length = channel.receiver.receive(channel.fd, MSG_DONTWAIT)
    if (length < 0) await readable(channel.fd)
    else channel.deliver(length, take)
  }
}

/** While some parts of the dump are decoded here, the kernel makes the next ones on another thread. */
async function collectDump(channel: Channel, exchange: Exchange): Promise<void> {
  const { fd } = channel
  let [present, ahead] = channel.rows
  let arriving: Promise<number> | undefined
  try {
    while (!exchange.complete) {
      const count = await (arriving ?? present.receiveAsync(fd))
      arriving = undefined
      if (count === 0) {
        await readable(fd)
        continue
      }
      if (!isEnd(present.at(count - 1).bytes)) arriving = ahead.receiveAsync(fd)
      for (let i = 0; i < count; i++) {
        const part = present.at(i)
        channel.answer(exchange, part.length, part)
      }
      ;[present, ahead] = [ahead, present]
    }
  } finally {
    // What is asked for beyond the end finds nothing, and the descriptor is not to be closed under it.
    await arriving?.catch(() => {})
  }
}

/** `passOver` of sync.ts, on another thread. */
async function passOver({ receiver, fd }: Channel): Promise<void> {
  for (;;) {
    try {
      if ((await receiver.receiveAsync(fd)) < 0) return
    } catch (error) {
      if (!isOverflow(error)) return
    }
  }
}

/** Whether a datagram begins with NLMSG_DONE, as the last one of a dump mostly does, or with an error. */
const isEnd = (bytes: Uint8Array) => u32.at(bytes, 4) % 0x10000 < NLMSG_MIN_TYPE

function onlyQuiet(pending: ReadonlyMap<number, Waiting>): boolean {
  for (const { exchange } of pending.values()) if (!exchange.quiet) return false
  return true
}

/** A dump on a channel of its own: the next part is asked for when the consumer has taken all of the one before. */
export async function* stream<Item>(
  channel: Channel,
  dump: DumpRequest<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, void, undefined> {
  const [exchange] = exchangesOf(channel, [dump]) as [Exchange]
  channel.traceSent(exchange)
  await channel.hold(sendAsync(channel.fd, exchange.sent))
  while (!exchange.complete) {
    signal?.throwIfAborted()
    if (channel.closed) throw new SocketClosedError(dump.operation)
    const length = await channel.hold(channel.receiver.receiveAsync(channel.fd))
    if (length < 0) await channel.hold(readable(channel.fd))
    else {
      channel.answer(exchange, length)
      yield* exchange.items.splice(0) as Item[]
    }
  }
  const failure = exchange.failure()
  if (failure !== undefined) throw failure
}

/** Resolves when there is something to receive. */
function readable(fd: number): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watchReadable(fd, () => {
      watcher.stop()
      resolve()
    })
    watcher.ref()
  })
}
