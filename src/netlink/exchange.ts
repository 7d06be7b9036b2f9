import { type ExtendedAck, readAcknowledgement } from './acknowledgement.ts'
import { CodecError, u32 } from './codec/index.ts'
import { DumpDecodeError, DumpInterruptedError, NetlinkError, UnexpectedAnswerError } from './error.ts'
import {
  HEADER_SIZE,
  NLM_F_ACK,
  NLM_F_DUMP_INTR,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_MIN_TYPE,
  NLMSG_NOOP,
} from './header.ts'
import type { Request } from './request.ts'

/** Requests that go out in one datagram, whatever its size, and are answered before the sending of it is over. */
export interface Datagram {
  readonly exchanges: readonly Exchange[]
  /** The receive buffer overflowed: more was answered than was received. */
  overflowed: boolean
}

/** What a change is answered by, besides an acknowledgement. */
const NOTHING = Object.freeze([]) as unknown as unknown[]

/** One request on its way: gathers its answer, message by message, until it is complete. */
export class Exchange {
  readonly request: Request<unknown>
  /** The message as it is sent, header first, is what these hold from `start` to `end`. */
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly items: unknown[]
  interrupted = false
  /** Whether the whole answer is there. */
  complete = false
  /** Answered only if it fails: a later request of the same datagram tells that this one's turn is over. */
  quiet = false
  /** The kernel said that it was carried out. */
  acknowledged = false
  /** What kept it from being sent or from being answered. */
  lost: Error | undefined
  /** What it goes out in, together with others, where that matters. */
  datagram: Datagram | undefined
  /** A notice that came with success. */
  warning: string | undefined
  #failure: Error | undefined
  #undecoded: CodecError[] | undefined

  // A place rather than an array of its own: many share the bytes of one datagram.
  constructor(request: Request<unknown>, bytes: Uint8Array, start = 0, end = bytes.length) {
    this.request = request
    this.bytes = bytes
    this.start = start
    this.end = end
    this.items = request.answer.is === 'acknowledgement' ? NOTHING : []
  }

  get sent(): Uint8Array {
    return this.bytes.subarray(this.start, this.end)
  }

  get sequence(): number {
    return u32.at(this.bytes, this.start + 8)
  }

  get isDump(): boolean {
    return this.request.answer.is === 'dump'
  }

  /** Takes one message of the answer, its header at `start`; true when that was the last. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    this.complete = this.#read(bytes, start, end)
    return this.complete
  }

  #read(bytes: Uint8Array, start: number, end: number): boolean {
    const type = bytes[start + 4]! | (bytes[start + 5]! << 8)
    const flags = bytes[start + 6]! | (bytes[start + 7]! << 8)
    if ((flags & NLM_F_DUMP_INTR) !== 0 && type !== NLMSG_ERROR) this.interrupted = true
    if (type === NLMSG_ERROR || type === NLMSG_DONE) return this.#finish(bytes, type, flags, start, end)
    if (type < NLMSG_MIN_TYPE) {
      if (type !== NLMSG_NOOP) this.#failure = new UnexpectedAnswerError(this.request.operation, `message type ${type}`)
      return type !== NLMSG_NOOP
    }
    const { answer } = this.request
    if (answer.is === 'acknowledgement' || answer.item.accepts?.(type) === false) return false
    try {
      const decoded = answer.item.codec.read(bytes, start + HEADER_SIZE, end, start + HEADER_SIZE, {})
      const item = answer.item.pick(decoded as never, type)
      if (item !== undefined) this.items.push(item)
    } catch (error) {
      if (!(error instanceof CodecError)) throw error
      this.#undecoded ??= []
      this.#undecoded.push(error)
    }
    return answer.is === 'reply' && (this.request.flags & NLM_F_ACK) === 0
  }

  #finish(bytes: Uint8Array, type: number, flags: number, start: number, end: number): boolean {
    const { errno, extended } = readAcknowledgement(bytes, type, flags, start + HEADER_SIZE, end)
    const begun = type === NLMSG_DONE
    if (errno !== 0) this.#failure = new NetlinkError(this.request, this.sent, errno, extended, begun)
    else {
      this.acknowledged = true
      this.#warn(extended)
    }
    // A dump's end is NLMSG_DONE; an acknowledgement before that says only that it began.
    return errno !== 0 || begun || !this.isDump
  }

  #warn(extended: ExtendedAck): void {
    if (extended.message !== undefined) this.warning = extended.message
  }

  fail(error: Error): void {
    this.lost = error
    this.#failure = error
  }

  /** Why the kernel refused it, or what could not be decoded of the answer. */
  get refusal(): Error | undefined {
    return this.#failure ?? this.#undecoded?.[0]
  }

  /** What went wrong, if anything; `attempts` is how often an interrupted dump has been tried. */
  failure(attempts = 1): Error | undefined {
    const { operation, answer } = this.request
    if (this.#failure !== undefined) return this.#failure
    if (this.#undecoded !== undefined) {
      return answer.is === 'dump' ? new DumpDecodeError(operation, this.items, this.#undecoded) : this.#undecoded[0]
    }
    if (this.interrupted) return new DumpInterruptedError(operation, this.items, attempts)
    if (answer.is === 'reply' && this.items.length === 0) {
      return new UnexpectedAnswerError(operation, 'acknowledged, but not answered')
    }
    return undefined
  }

  /** The reply, of a request that did not fail. */
  get reply(): unknown {
    const { is } = this.request.answer
    return is === 'dump' ? this.items : is === 'reply' ? this.items[0] : undefined
  }
}
