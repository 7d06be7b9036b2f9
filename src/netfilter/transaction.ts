import { setTimeout } from 'node:timers/promises'
import {
  AnswerLostError,
  acknowledged,
  type DatagramAnswer,
  EncodeError,
  type Heard,
  NetlinkError,
  NLM_F_ACK,
  quote,
  type Request,
  type Socket,
  Writer,
  writeRequest,
} from '../netlink/index.ts'
import { SUBSYSTEMS } from './family.ts'
import { batchMessage, NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END } from './nftables/batch.ts'
import * as generation from './nftables/generation.ts'

/** What each change of a transaction was answered with. */
export type Replies<Changes extends readonly Request<unknown>[]> = {
  -readonly [I in keyof Changes]: Changes[I] extends Request<infer Reply> ? Reply : never
}

/**
 * What a transaction is made of: the changes, or a function that makes them from what it reads. With a function the transaction only
 * goes through if nobody has changed the rule set since it was called; else it is called again.
 */
export type Changes<R extends readonly Request<unknown>[]> = R | ((generation: number) => R)

export interface TransactionOptions {
  /** Ask for acknowledgements. False does as nft and iptables do, for whom silence is success. True unless told. */
  readonly acknowledge?: boolean
  /** nlmsg_seq of the first message. */
  readonly sequence?: number
  /** How often it is tried before others who change the rule set win. 100 unless told. */
  readonly attempts?: number
}

/** One change that the kernel refused. */
export interface Refusal {
  /** Its place among the changes; undefined where it is the transaction as a whole. */
  readonly index: number | undefined
  readonly error: NetlinkError
}

/** The kernel refused a transaction, and none of it was done. `errors` has one NetlinkError for each change at fault. */
export class TransactionError extends AggregateError {
  override readonly name = 'TransactionError'
  declare readonly errors: NetlinkError[]
  /** errno's name of the first refusal, such as EEXIST. */
  readonly code: string
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[], changes: number) {
    const [first] = refusals
    const others = refusals.length === 1 ? '' : ` (and ${refusals.length - 1} more of ${changes} changes)`
    super(
      refusals.map(({ error }) => error),
      `${first!.error.message}${others}`,
    )
    this.code = first!.error.code
    this.refusals = refusals
  }
}

/** The rule set was changed by others each time between reading it and changing it. */
export class StaleGenerationError extends Error {
  override readonly name = 'StaleGenerationError'
  readonly code = 'ERR_NETFILTER_STALE_GENERATION'
  readonly attempts: number

  constructor(attempts: number) {
    super(`the rule set was changed by others each time it was to be changed (${attempts} attempts)`)
    this.attempts = attempts
  }
}

const ATTEMPTS = 100

/**
 * Changes the rule set: all of it or, where anything is refused, nothing. Gives what each change was answered with: nothing, or
 * for those in `echo` what the kernel made of it.
 *
 * Whether it was done is known for certain, on kernels that acknowledge the end of a batch (Linux 6.10) and on those before.
 *
 * @throws TransactionError; StaleGenerationError; EncodeError; AnswerLostError where so much was answered that it did not fit
 */
export async function transact<const R extends readonly Request<unknown>[]>(
  socket: Socket,
  changes: R | ((generation: number) => R | Promise<R>),
  options: TransactionOptions & { readonly signal?: AbortSignal } = {},
): Promise<Replies<R>> {
  if (typeof changes !== 'function') {
    const batch = batchOf(changes, undefined, options)
    return repliesOf(changes, batch, await socket.datagram(batch, options))
  }
  const { attempts = ATTEMPTS } = options
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { id } = await socket.request(generation.get(), options)
    const made = await changes(id!)
    const batch = batchOf(made, id, options)
    const answer = await socket.datagram(batch, options)
    if (!isStale(answer)) return repliesOf(made, batch, answer)
    await setTimeout(pause(attempt), undefined, options)
  }
  throw new StaleGenerationError(attempts)
}

/** `transact`, synchronously. */
export function transactSync<const R extends readonly Request<unknown>[]>(
  socket: Socket,
  changes: Changes<R>,
  options: TransactionOptions = {},
): Replies<R> {
  if (typeof changes !== 'function') {
    const batch = batchOf(changes, undefined, options)
    return repliesOf(changes, batch, socket.datagramSync(batch, options))
  }
  const { attempts = ATTEMPTS } = options
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { id } = socket.requestSync(generation.get())
    const made = changes(id!)
    const batch = batchOf(made, id, options)
    const answer = socket.datagramSync(batch, options)
    if (!isStale(answer)) return repliesOf(made, batch, answer)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause(attempt))
  }
  throw new StaleGenerationError(attempts)
}

/** Milliseconds to wait before trying again, by chance: those who change the rule set in step would meet each time. */
export function pause(attempt: number): number {
  return attempt === 1 ? 0 : Math.random() * Math.min(attempt, 20)
}

/** The bytes of a transaction as one datagram, numbered from `sequence` (1 unless told). Throws EncodeError. */
export function encodeTransaction(
  changes: readonly Request<unknown>[],
  options: TransactionOptions & { readonly generation?: number } = {},
): Uint8Array {
  const writer = new Writer(4096)
  for (const [i, request] of batchOf(changes, options.generation, options).entries()) {
    writeRequest(writer, request, (options.sequence ?? 1) + i, 0)
  }
  return writer.finish()
}

/** The changes between the messages that begin and end a batch; none at all where there are no changes. */
function batchOf(
  changes: readonly Request<unknown>[],
  generation: number | undefined,
  { acknowledge = true }: TransactionOptions,
): Request<unknown>[] {
  if (!Array.isArray(changes)) throw new EncodeError(`expected an array of changes, got ${quote(changes)}`)
  if (changes.length === 0) return []
  const resource = SUBSYSTEMS.nftables
  const begin = acknowledged({
    operation: 'change the rule set',
    type: NFNL_MSG_BATCH_BEGIN,
    codec: batchMessage,
    value: { resource, generation },
  })
  const end = acknowledged({
    operation: 'commit the change of the rule set',
    type: NFNL_MSG_BATCH_END,
    codec: batchMessage,
    value: { resource },
  })
  // Kernels before 6.10 do not acknowledge a batch's end: the last change's acknowledgement stands for it.
  const last = changes.length - 1
  const quiet = changes.map((request, i) => (acknowledge && i === last ? request : unacknowledged(request)))
  return [unacknowledged(begin), ...quiet, acknowledge ? end : unacknowledged(end)]
}

function unacknowledged<Reply>(request: Request<Reply>): Request<Reply> {
  return { ...request, flags: request.flags & ~NLM_F_ACK }
}

/** The rule set is not of the generation that the batch is based on any more. */
function isStale({ heard }: DatagramAnswer): boolean {
  return heard[0]?.error instanceof NetlinkError && heard[0].error.code === 'ERESTART'
}

function repliesOf<R extends readonly Request<unknown>[]>(
  changes: R,
  batch: readonly Request<unknown>[],
  { heard, overflowed }: DatagramAnswer,
): Replies<R> {
  const refusals = heard.flatMap(({ error }, i) => {
    const index = i === 0 || i === heard.length - 1 ? undefined : i - 1
    return error instanceof NetlinkError ? [{ index, error }] : []
  })
  if (refusals.length > 0) throw new TransactionError(refusals, changes.length)
  if (batch.length > 0 && !isDone(batch, heard, overflowed)) throw new AnswerLostError(batch[0]!.operation)
  return changes.map(({ answer }, i) => {
    const { error, replies } = heard[i + 1]!
    if (error !== undefined) throw error
    return answer.is === 'reply' ? replies[0] : undefined
  }) as Replies<R>
}

/**
 * Whether a batch of which nothing was refused was done. An acknowledgement of its end says so, and so does an echo, which there is
 * of what was done alone. Without either, all answers must be there: then no refusal is among them.
 */
function isDone(batch: readonly Request<unknown>[], heard: readonly Heard[], overflowed: boolean): boolean {
  if (heard.at(-1)!.acknowledged || heard.some(({ replies }) => replies.length > 0)) return true
  const asked = (batch.at(-2)!.flags & NLM_F_ACK) !== 0
  return !overflowed && (!asked || heard.at(-2)!.acknowledged)
}
