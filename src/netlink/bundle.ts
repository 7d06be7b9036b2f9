import { send, sendAsync, waitReadable } from '../libc/index.ts'
import { withAcknowledgement, withoutAcknowledgement } from './batch.ts'
import type { Channel } from './channel.ts'
import { u32, Writer } from './codec/index.ts'
import { AnswerLostError, SocketClosedError } from './error.ts'
import { type Request, writeRequest } from './request.ts'
import { isOverflow, lossOf, passOver } from './sync.ts'
import { failureOf } from './tell.ts'

/** Changes that another thread is having the kernel make. */
export interface Telling {
  /** Kept when the thread is done with them, never broken: that they could not be sent is each one's failure. */
  readonly sent: Promise<void>
  /**
   * Waits, stopping this thread, until the kernel is done, and gives those that failed, by their place. To be called once, and after `sent`
   * where there is time for that: before, a failure to send cannot be known, and is waited for in vain. Throws SocketClosedError.
   */
  settle(): Map<number, Error>
}

// What a refusal takes of the receive buffer, bookkeeping included, with a sentence and the offset in it.
const REFUSAL_COST = 2048
const MOST = 4096

/**
 * Changes that go to the kernel in one datagram. It makes them in their order, going on after one that it refuses, and answers only
 * refusals, and the last one, so that the end is known; what it remarks on success is not heard. Sent, it is empty again.
 */
export class Bundle {
  readonly #channel: Channel
  readonly #most: number
  #requests: Request<void>[] = []
  #starts: number[] = []
  #writer = new Writer()
  /** Of bundles that were settled: bytes that nobody needs any more. */
  readonly #spare: Writer[] = []

  constructor(channel: Channel) {
    this.#channel = channel
    this.#most = Math.min(MOST, Math.floor(channel.receiveBuffer / REFUSAL_COST))
  }

  get size(): number {
    return this.#requests.length
  }

  /** Whether the answers to more of them might not find room in the receive buffer, and be lost. */
  get full(): boolean {
    // The kernel counts its own bookkeeping into the send buffer, too.
    return this.size >= this.#most || this.#writer.position >= this.#channel.sendBuffer / 4
  }

  /** Throws EncodeError, with nothing added. */
  add(request: Request<void>): void {
    const start = this.#writer.position
    writeRequest(this.#writer, request, this.#channel.nextSequence(), 0)
    withoutAcknowledgement(this.#writer.bytes, start)
    this.#starts.push(start)
    this.#requests.push(request)
  }

  /** Has them made, and gives those that failed, by their place. Throws SystemError, SocketClosedError. */
  tellSync(): Map<number, Error> {
    if (this.size === 0) return new Map()
    const contents = this.#take()
    send(this.#channel.fd, contents.bytes)
    return this.#settle(contents, passOver)
  }

  /**
   * Has them made by another thread: this one may gather the next ones meanwhile, but until they are settled, no other synchronous call may
   * be made on the socket. Throws SocketClosedError.
   */
  tellBehind(): Telling {
    const contents = this.#take()
    if (contents.requests.length === 0) return { sent: Promise.resolve(), settle: () => new Map() }
    let unsent: Error | undefined
    const sent = this.#channel.hold(sendAsync(this.#channel.fd, contents.bytes)).then(
      () => {},
      (error) => {
        unsent = error
      },
    )
    const settle = () => {
      if (unsent === undefined) return this.#settle(contents, becomeQuiet)
      return new Map(contents.requests.map((request, place) => [place, lossOf(unsent, request)]))
    }
    return { sent, settle }
  }

  #take(): Contents {
    const writer = this.#writer
    const { bytes, position } = writer
    const contents = { requests: this.#requests, starts: this.#starts, writer, bytes: bytes.subarray(0, position) }
    this.#requests = []
    this.#starts = []
    this.#writer = this.#spare.pop() ?? new Writer()
    checkOpen(this.#channel)
    if (contents.starts.length > 0) withAcknowledgement(bytes, contents.starts.at(-1)!)
    this.#channel.makeRoom(position)
    if (this.#channel.options.trace !== undefined) {
      for (const [i, start] of contents.starts.entries()) {
        this.#channel.traceMessage('sent', bytes, start, contents.starts[i + 1] ?? position)
      }
    }
    return contents
  }

  #settle(contents: Contents, pass: (channel: Channel) => void): Map<number, Error> {
    const failures = settle(this.#channel, contents, pass)
    contents.writer.position = 0
    this.#spare.push(contents.writer)
    return failures
  }
}

/** What was sent: where each request's message begins. */
interface Contents {
  readonly requests: readonly Request<void>[]
  readonly starts: readonly number[]
  readonly writer: Writer
  readonly bytes: Uint8Array
}

function checkOpen(channel: Channel): void {
  if (channel.closed) throw new SocketClosedError()
}

/** `pass` does away with what is still answered after answers were lost. */
function settle(
  channel: Channel,
  { requests, starts, bytes: sent }: Contents,
  pass: (channel: Channel) => void,
): Map<number, Error> {
  checkOpen(channel)
  const failures = new Map<number, Error>()
  // Answers come in the order of the requests.
  let i = 0
  const take = (bytes: Uint8Array, start: number, end: number) => {
    if (u32.at(bytes, start + 12) !== channel.port) return
    const sequence = u32.at(bytes, start + 8)
    while (i < starts.length && u32.at(sent, starts[i]! + 8) !== sequence) i++
    if (i === starts.length) return
    const failure = failureOf(requests[i]!, sent.slice(starts[i], starts[i + 1]), bytes, start, end)
    if (failure !== undefined) failures.set(i, failure)
    if (i === starts.length - 1) i++
  }
  try {
    while (i < starts.length) channel.deliver(channel.receiver.receive(channel.fd), take)
  } catch (error) {
    pass(channel)
    if (!isOverflow(error)) throw error
    // Which of them were refused, besides those that were heard of, is not known.
    for (const [place, request] of requests.entries()) {
      if (!failures.has(place)) failures.set(place, new AnswerLostError(request.operation))
    }
  }
  return failures
}

/** With answers lost, the last one may be among them: that all were sent is known by nothing more being answered. */
function becomeQuiet(channel: Channel): void {
  do passOver(channel)
  while (waitReadable(channel.fd, QUIET_MILLISECONDS))
}

const QUIET_MILLISECONDS = 500
