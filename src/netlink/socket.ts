import { unlessAborted } from './abort.ts'
import { stream } from './async.ts'
import { exchangesOf, type Results, resultOf } from './batch.ts'
import { Bundle } from './bundle.ts'
import { Channels } from './channels.ts'
import { answerOf, type DatagramAnswer, datagramOf, talkDatagram } from './datagram.ts'
import { DumpInterruptedError } from './error.ts'
import type { Event } from './event.ts'
import type { Subscription } from './event-queue.ts'
import type { Exchange } from './exchange.ts'
import { subscribe } from './multicast.ts'
import type { Protocol } from './protocol.ts'
import { type DumpRequest, isChange, type Request } from './request.ts'
import {
  type BatchOptions,
  type CallOptions,
  checkOptions,
  checkSize,
  type DatagramOptions,
  type SocketOptions,
  type SubscribeOptions,
} from './socket-options.ts'
import { DUMP_ATTEMPTS, talk, talkBatch, talkStream } from './sync.ts'
import { tell } from './tell.ts'

/**
 * A netlink socket: requests go out, answers come back, each with its own; sender and sequence are checked.
 *
 * Safe with any number of requests in flight, and with synchronous and asynchronous ones mixed. Owns descriptors: `using socket =
 * openNetlink(…)`, or `close()`.
 */
export class Socket<Told extends Event = Event> implements Disposable {
  readonly protocol: Protocol<Told>
  readonly #options: SocketOptions
  readonly #channels: Channels
  /** Whether answers to changes that succeed are for anybody. */
  readonly #listens: boolean
  /** What is held against an event's descriptor: SO_RCVBUF as it was asked for. */
  readonly #receiveBuffer: number
  #subscriptions = new Set<Subscription>()

  constructor(protocol: Protocol<Told>, options: SocketOptions = {}) {
    checkOptions(options)
    const { netns, trace, strict = true, receiveBuffer = 4 << 20 } = options
    this.protocol = protocol
    this.#options = options
    this.#listens = options.warn !== undefined || trace !== undefined
    this.#receiveBuffer = receiveBuffer
    this.#channels = new Channels(
      { protocol, receiveBuffer, strict, trace },
      typeof netns === 'object' ? netns.fd : netns,
    )
    forgotten.register(this, this.#channels)
  }

  /** nl_pid of the synchronous half, as the kernel gave it. */
  get port(): number {
    return this.#channels.first.port
  }

  /**
   * Sends and waits without stopping the event loop. A dump gives all its items; one that is interrupted is tried again.
   *
   * @throws NetlinkError when the kernel refuses; EncodeError for a value that cannot be written; DumpInterruptedError, which carries
   * what was read, when a table never stood still; AnswerLostError; the signal's reason
   */
  async request<Reply>(request: Request<Reply>, { signal }: CallOptions = {}): Promise<Reply> {
    signal?.throwIfAborted()
    for (let attempt = 1; ; attempt++) {
      const conversation = this.#channels.conversation
      const [exchange] = exchangesOf(conversation.channel, [request]) as [Exchange]
      await unlessAborted(conversation.run([exchange], !this.#listens), signal, () => conversation.withdraw(exchange))
      const failure = exchange.failure(attempt)
      if (failure instanceof DumpInterruptedError && attempt < DUMP_ATTEMPTS) continue
      if (failure !== undefined) throw failure
      this.#warn(exchange)
      return exchange.reply as Reply
    }
  }

  /**
   * Sends and waits in one system call each: right for a command line, a few microseconds. A change is sent as `tellSync` sends it where
   * nobody listens, by `warn` or `trace`, for what it is answered by. Throws as `request` does.
   */
  requestSync<Reply>(request: Request<Reply>): Reply {
    this.#channels.check()
    if (!this.#listens && isChange(request)) return tell(this.#channels.first, request) as Reply
    return talk(this.#channels.first, request, this.#warn)
  }

  /**
   * `requestSync` for a change whose success nobody waits to hear of: the kernel answers only to refuse it, which spares both sides
   * a third of the work. What it remarks on success is not heard either. In a long row of such changes even the question whether it has refused
   * one costs no system call, where io_uring is allowed. Throws as `request` does.
   */
  tellSync(request: Request<void>): void {
    this.#channels.check()
    tell(this.#channels.first, request)
  }

  /**
   * Gathers changes to be made together, as `tellSync` makes one: in one system call, or by another thread.
   */
  bundle(): Bundle {
    this.#channels.check()
    return new Bundle(this.#channels.first)
  }

  /**
   * Sends many requests in as few system calls as the buffers allow, and gives each one's result in its place: one that is refused
   * does not stop the others. All are encoded first; one that cannot be throws EncodeError and nothing is sent.
   */
  async batch<const R extends readonly Request<unknown>[]>(
    requests: R,
    { signal, warnings = this.#listens }: CallOptions & BatchOptions = {},
  ): Promise<Results<R>> {
    signal?.throwIfAborted()
    const conversation = this.#channels.conversation
    const exchanges = exchangesOf(conversation.channel, requests)
    await unlessAborted(conversation.run(exchanges, !warnings), signal, () => {
      for (const exchange of exchanges) conversation.withdraw(exchange)
    })
    return exchanges.map(resultOf) as Results<R>
  }

  /** `batch`, synchronously. */
  batchSync<const R extends readonly Request<unknown>[]>(
    requests: R,
    { warnings = this.#listens }: BatchOptions = {},
  ): Results<R> {
    this.#channels.check()
    return talkBatch(this.#channels.first, requests, warnings) as Results<R>
  }

  /**
   * Sends requests in one datagram, never split, and gives what the kernel said about each before the sending was over: for families
   * that take a datagram as a whole, as nf_tables does. Nothing is an error here but not being able to encode or to send; no dumps.
   * @throws EncodeError; SystemError, EMSGSIZE where the process may not have a send buffer of that size; the signal's reason
   */
  async datagram(
    requests: readonly Request<unknown>[],
    { signal, sequence }: CallOptions & DatagramOptions = {},
  ): Promise<DatagramAnswer> {
    signal?.throwIfAborted()
    const conversation = this.#channels.conversation
    const datagram = datagramOf(conversation.channel, requests, sequence)
    const { exchanges } = datagram
    await unlessAborted(conversation.run(exchanges), signal, () => {
      for (const exchange of exchanges) conversation.withdraw(exchange)
    })
    for (const { lost } of exchanges) if (lost !== undefined) throw lost
    return answerOf(datagram)
  }

  /** `datagram`, synchronously. */
  datagramSync(requests: readonly Request<unknown>[], { sequence }: DatagramOptions = {}): DatagramAnswer {
    this.#channels.check()
    const datagram = datagramOf(this.#channels.first, requests, sequence)
    if (datagram.exchanges.length > 0) talkDatagram(this.#channels.first, datagram)
    return answerOf(datagram)
  }

  /**
   * A dump, item by item. Nothing more is asked of the kernel than the consumer has taken; leaving the loop ends the dump. It has a
   * descriptor of its own, so requests may be made meanwhile.
   *
   * @throws DumpInterruptedError at the end, when the table changed meanwhile: a stream cannot be tried again
   */
  async *stream<Item>(dump: DumpRequest<Item>, { signal }: CallOptions = {}): AsyncGenerator<Item, void, undefined> {
    signal?.throwIfAborted()
    const channel = this.#channels.borrow()
    let complete = false
    try {
      yield* stream(channel, dump, signal)
      complete = true
    } finally {
      this.#channels.giveBack(channel, complete)
    }
  }

  /** `stream`, synchronously. */
  *streamSync<Item>(dump: DumpRequest<Item>): Generator<Item, void, undefined> {
    const channel = this.#channels.borrow()
    let complete = false
    try {
      yield* talkStream(channel, dump)
      complete = true
    } finally {
      this.#channels.giveBack(channel, complete)
    }
  }

  /**
   * Joins multicast groups, from this call on, on a descriptor of its own. Subscribe before dumping, so that no change falls in
   * between. Ends with the signal, or with `close()`.
   *
   * `event.name` says what `event.value` is: of RTM_NEWROUTE a message, of which `route.listed` makes what `route.list` gives.
   */
  subscribe(groups: readonly number[], options: CallOptions & SubscribeOptions = {}): Subscription<Told> {
    this.#channels.check()
    const { allNamespaces } = options
    checkSize(options.receiveBuffer)
    const receiveBuffer = options.receiveBuffer ?? Math.max(this.#receiveBuffer, 8 << 20)
    const channel = this.#channels.open({ receiveBuffer, allNamespaces })
    const subscription = subscribe(channel, groups, options.signal, () => this.#subscriptions.delete(subscription))
    this.#subscriptions.add(subscription)
    return subscription as Subscription<Told>
  }

  /** Closes every descriptor; what waits for an answer fails with SocketClosedError. */
  close(): void {
    if (this.#channels.closed) return
    this.#channels.close()
    for (const subscription of this.#subscriptions) subscription.close()
    forgotten.unregister(this)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  readonly #warn = ({ request, warning }: Exchange): void => {
    if (warning !== undefined) this.#options.warn?.(request.operation, warning)
  }
}

/** Sockets that nobody closed and nobody has any more do not keep their descriptors, which keep a namespace. */
const forgotten = new FinalizationRegistry<Channels>((channels) => channels.close())

/** Opens a netlink socket of a family. Throws SystemError; UnsupportedPlatformError where there is no Linux. */
export function openNetlink<Told extends Event>(protocol: Protocol<Told>, options: SocketOptions = {}): Socket<Told> {
  return new Socket(protocol, options)
}
