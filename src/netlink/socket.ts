import { closeSync, fstatSync, openSync } from 'node:fs'
import { currentIdentity, withNamespace } from '../libc/index.ts'
import { Conversation, stream } from './async.ts'
import { exchangesOf, type Results, resultOf } from './batch.ts'
import { Channel, type ChannelOptions } from './channel.ts'
import { answerOf, type DatagramAnswer, datagramOf, talkDatagram } from './datagram.ts'
import { DumpInterruptedError, SocketClosedError } from './error.ts'
import type { Exchange } from './exchange.ts'
import { type Subscription, subscribe } from './multicast.ts'
import type { Protocol } from './protocol.ts'
import type { DumpRequest, Request } from './request.ts'
import type { BatchOptions, CallOptions, DatagramOptions, SocketOptions, SubscribeOptions } from './socket-options.ts'
import { DUMP_ATTEMPTS, talk, talkBatch, talkStream } from './sync.ts'
import { tell, tellAll } from './tell.ts'
import { type Telling, tellBehind } from './tell-behind.ts'

/**
 * A netlink socket: requests go out, answers come back, each with its own; sender and sequence are checked.
 *
 * Safe with any number of requests in flight, and with synchronous and asynchronous ones mixed. Owns descriptors: `using socket =
 * openNetlink(…)`, or `close()`.
 */
export class Socket implements Disposable {
  readonly protocol: Protocol
  readonly #options: SocketOptions
  readonly #channelOptions: ChannelOptions
  readonly #channel: Channel
  /** The namespace that later channels are opened in, too. */
  readonly #namespace: number
  #conversation: Conversation | undefined
  #idle: Channel | undefined
  #subscriptions = new Set<Subscription>()
  #closed = false

  constructor(protocol: Protocol, options: SocketOptions = {}) {
    this.protocol = protocol
    this.#options = options
    this.#channelOptions = {
      protocol,
      receiveBuffer: options.receiveBuffer ?? 4 << 20,
      strict: options.strict ?? true,
      trace: options.trace,
    }
    const { netns } = options
    const open = () => ({
      namespace: openSync('/proc/thread-self/ns/net', 'r'),
      channel: new Channel(this.#channelOptions),
    })
    const opened = netns === undefined ? open() : withNamespace(typeof netns === 'number' ? netns : netns.fd, open)
    this.#namespace = opened.namespace
    this.#channel = opened.channel
  }

  /** nl_pid of the synchronous half, as the kernel gave it. */
  get port(): number {
    return this.#channel.port
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
      const conversation = this.#talking()
      const [exchange] = exchangesOf(conversation.channel, [request]) as [Exchange]
      await settled(conversation, exchange, signal)
      const failure = exchange.failure(attempt)
      if (failure instanceof DumpInterruptedError && attempt < DUMP_ATTEMPTS) continue
      if (failure !== undefined) throw failure
      this.#warn(exchange)
      return exchange.reply as Reply
    }
  }

  /**
   * Sends and waits in one system call each: right for a command line, a few microseconds. Throws as `request` does.
   */
  requestSync<Reply>(request: Request<Reply>): Reply {
    this.#open()
    return talk(this.#channel, request, this.#warn)
  }

  /**
   * `requestSync` for a change whose success nobody waits to hear of: the kernel answers only to refuse it, which spares both sides
   * half of the work. What it remarks on success is not heard either. Throws as `request` does.
   */
  tellSync(request: Request<void>): void {
    this.#open()
    tell(this.#channel, request)
  }

  /**
   * `tellSync` for many, in as few system calls as the buffers allow. Gives those that failed, by their place; the others are done. One
   * that cannot be written fails with EncodeError, and does not stop the others.
   */
  tellAllSync(requests: readonly Request<void>[]): Map<number, Error> {
    this.#open()
    return tellAll(this.#channel, requests)
  }

  /**
   * `tellAllSync` in one datagram on another thread, for at most some 2,000 changes: until it is settled, no other synchronous call may be
   * made on this socket. Throws EncodeError, with nothing sent.
   */
  tellBehind(requests: readonly Request<void>[]): Telling {
    this.#open()
    return tellBehind(this.#channel, requests)
  }

  /**
   * Sends many requests in as few system calls as the buffers allow, and gives each one's result in its place: one that is refused
   * does not stop the others. All are encoded first; one that cannot be throws EncodeError and nothing is sent.
   */
  async batch<const R extends readonly Request<unknown>[]>(
    requests: R,
    { signal, warnings = true }: CallOptions & BatchOptions = {},
  ): Promise<Results<R>> {
    signal?.throwIfAborted()
    const conversation = this.#talking()
    const exchanges = exchangesOf(conversation.channel, requests)
    const abort = () => {
      for (const exchange of exchanges) {
        if (conversation.withdraw(exchange)) exchange.fail(signal!.reason)
      }
    }
    const finished = conversation.run(exchanges, !warnings)
    if (signal === undefined) await finished
    else await Promise.race([finished, aborted(signal, abort)])
    return exchanges.map(resultOf) as Results<R>
  }

  /** `batch`, synchronously. */
  batchSync<const R extends readonly Request<unknown>[]>(
    requests: R,
    { warnings = true }: BatchOptions = {},
  ): Results<R> {
    this.#open()
    return talkBatch(this.#channel, requests, warnings) as Results<R>
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
    const conversation = this.#talking()
    const datagram = datagramOf(conversation.channel, requests, sequence)
    const { exchanges } = datagram
    const finished = conversation.run(exchanges)
    const withdraw = () => {
      for (const exchange of exchanges) conversation.withdraw(exchange)
    }
    if (signal === undefined) await finished
    else await Promise.race([finished, aborted(signal, withdraw)])
    for (const { lost } of exchanges) if (lost !== undefined) throw lost
    return answerOf(datagram)
  }

  /** `datagram`, synchronously. */
  datagramSync(requests: readonly Request<unknown>[], { sequence }: DatagramOptions = {}): DatagramAnswer {
    this.#open()
    const datagram = datagramOf(this.#channel, requests, sequence)
    if (datagram.exchanges.length > 0) talkDatagram(this.#channel, datagram)
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
    const channel = this.#borrow()
    let complete = false
    try {
      yield* stream(channel, dump, signal)
      complete = true
    } finally {
      this.#giveBack(channel, complete)
    }
  }

  /** `stream`, synchronously. */
  *streamSync<Item>(dump: DumpRequest<Item>): Generator<Item, void, undefined> {
    const channel = this.#borrow()
    let complete = false
    try {
      yield* talkStream(channel, dump)
      complete = true
    } finally {
      this.#giveBack(channel, complete)
    }
  }

  /**
   * Joins multicast groups, from this call on, on a descriptor of its own. Subscribe before dumping, so that no change falls in
   * between. Ends with the signal, or with `close()`.
   */
  subscribe(groups: readonly number[], options: CallOptions & SubscribeOptions = {}): Subscription {
    this.#open()
    const { allNamespaces } = options
    const receiveBuffer = options.receiveBuffer ?? Math.max(this.#channelOptions.receiveBuffer, 8 << 20)
    const channel = this.#inNamespace(() => new Channel({ ...this.#channelOptions, receiveBuffer, allNamespaces }))
    const subscription = subscribe(channel, groups, options.signal, () => this.#subscriptions.delete(subscription))
    this.#subscriptions.add(subscription)
    return subscription
  }

  /** Closes every descriptor; what waits for an answer fails with SocketClosedError. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#channel.close()
    this.#conversation?.close()
    this.#idle?.close()
    for (const subscription of this.#subscriptions) subscription.close()
    closeSync(this.#namespace)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #open(): void {
    if (this.#closed) throw new SocketClosedError()
  }

  #talking(): Conversation {
    this.#open()
    this.#conversation ??= new Conversation(this.#inNamespace(() => new Channel(this.#channelOptions)))
    return this.#conversation
  }

  /** A thread that stayed at home needs no privilege to open another socket. */
  #inNamespace<T>(action: () => T): T {
    const home = currentIdentity()
    const there = fstatSync(this.#namespace)
    return home.ino === there.ino && home.dev === there.dev ? action() : withNamespace(this.#namespace, action)
  }

  #borrow(): Channel {
    this.#open()
    const channel = this.#idle ?? this.#inNamespace(() => new Channel(this.#channelOptions))
    this.#idle = undefined
    return channel
  }

  /** A channel whose dump was left half-way still has the rest of it to give: it is not used again. */
  #giveBack(channel: Channel, complete: boolean): void {
    if (complete && !this.#closed && this.#idle === undefined) this.#idle = channel
    else channel.close()
  }

  readonly #warn = ({ request, warning }: Exchange): void => {
    if (warning !== undefined) this.#options.warn?.(request.operation, warning)
  }
}

/** Opens a netlink socket of a family. Throws SystemError; UnsupportedPlatformError where there is no Linux. */
export function openNetlink(protocol: Protocol, options: SocketOptions = {}): Socket {
  return new Socket(protocol, options)
}

async function settled(conversation: Conversation, exchange: Exchange, signal: AbortSignal | undefined): Promise<void> {
  const finished = conversation.run([exchange])
  if (signal === undefined) return finished
  await Promise.race([finished, aborted(signal, () => conversation.withdraw(exchange))])
}

/** Rejects with the signal's reason; what was not sent yet is taken back, what was sent goes on unwatched. */
function aborted(signal: AbortSignal, withdraw: () => void): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        withdraw()
        reject(signal.reason)
      },
      { once: true },
    )
  })
}
