import { errnoMessage, errnoName } from '../libc/index.ts'
import type { ExtendedAck } from './acknowledgement.ts'
import type { CodecError } from './codec/index.ts'
import { dissect, partsAt } from './dissect.ts'
import { HEADER_SIZE } from './header.ts'
import type { Request } from './request.ts'

/** The kernel refused a request. */
export class NetlinkError extends Error {
  override readonly name = 'NetlinkError'
  /** errno's name, such as EEXIST. */
  readonly code: string
  /** Positive. */
  readonly errno: number
  /** What was asked, in words: `add link veth-red`. */
  readonly operation: string
  /** The kernel's own sentence (extended acknowledgement), where it gave one. */
  readonly text?: string
  /** The attribute that the kernel pointed at, such as `linkinfo.data.peer.name`. */
  readonly attribute?: string
  /** The attribute that the kernel says is missing. */
  readonly missing?: string
  /** All of the extended acknowledgement. */
  readonly extended: ExtendedAck
  /** Of a dump: whether it had begun, as opposed to a request that was refused as such. */
  readonly begun: boolean

  constructor(request: Request<unknown>, sent: Uint8Array, errno: number, extended: ExtendedAck, begun = false) {
    const attribute = attributeAt(request, sent, extended.offset)
    const missing = missingAttribute(request, sent, extended)
    const where = attribute === undefined ? '' : ` (at ${attribute})`
    const lacks = missing === undefined ? '' : ` (missing ${missing})`
    const text = extended.message === undefined ? '' : `: ${extended.message}`
    super(`${request.operation}: ${errnoName(errno)}: ${errnoMessage(errno)}${text}${where}${lacks}`)
    this.code = errnoName(errno)
    this.errno = errno
    this.operation = request.operation
    this.extended = extended
    this.begun = begun
    if (extended.message !== undefined) this.text = extended.message
    if (attribute !== undefined) this.attribute = attribute
    if (missing !== undefined) this.missing = missing
  }
}

/** The dotted names of the attribute of `sent` (header included) at `offset`. */
export function attributeAt(
  request: Request<unknown>,
  sent: Uint8Array,
  offset: number | undefined,
): string | undefined {
  if (offset === undefined) return undefined
  const parts = partsAt(dissect(request.codec, sent, HEADER_SIZE, sent.length), offset)
  return parts.length === 0 ? undefined : parts.map((part) => part.name).join('.')
}

function missingAttribute(request: Request<unknown>, sent: Uint8Array, extended: ExtendedAck): string | undefined {
  const { missingType, missingNest } = extended
  if (missingType === undefined) return undefined
  const whole = dissect(request.codec, sent, HEADER_SIZE, sent.length)
  const nest = missingNest === undefined ? [] : partsAt(whole, missingNest)
  const { form } = request.codec
  const top = form.is === 'message' || form.is === 'attributes' ? form.table : undefined
  const table = nest.length === 0 ? top : nest.at(-1)?.table
  return [...nest.map((part) => part.name), table?.byType[missingType]?.name ?? `#${missingType}`].join('.')
}

/** The kernel answered, but not with what this request is answered by. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  readonly code = 'ERR_NETLINK_UNEXPECTED_ANSWER'

  constructor(operation: string, what: string) {
    super(`${operation}: ${what}`)
  }
}

/** A dump that did not come to a good end. `items` holds what was read all the same. */
export abstract class IncompleteDumpError extends Error {
  abstract readonly code: string
  readonly operation: string
  /** What was read; of a stream, whose items were already delivered, nothing. */
  readonly items: readonly unknown[]

  constructor(operation: string, reason: string, items: readonly unknown[], options?: ErrorOptions) {
    super(`${operation}: ${reason}`, options)
    this.operation = operation
    this.items = items
  }
}

/**
 * The table changed while it was dumped, each time it was tried (NLM_F_DUMP_INTR): entries may be missing or there twice.
 */
export class DumpInterruptedError extends IncompleteDumpError {
  override readonly name = 'DumpInterruptedError'
  readonly code = 'ERR_NETLINK_DUMP_INTERRUPTED'
  /** How often it was tried. */
  readonly attempts: number

  constructor(operation: string, items: readonly unknown[], attempts: number) {
    super(operation, `the table changed while it was read (${attempts} attempts)`, items)
    this.attempts = attempts
  }
}

/** Some messages of a dump could not be decoded; the others are in `items`. */
export class DumpDecodeError extends IncompleteDumpError {
  override readonly name = 'DumpDecodeError'
  readonly code = 'ERR_NETLINK_DUMP_DECODE'
  readonly errors: readonly CodecError[]

  constructor(operation: string, items: readonly unknown[], errors: readonly CodecError[]) {
    super(operation, `${errors.length} of its messages could not be decoded: ${errors[0]?.message}`, items, {
      cause: errors[0],
    })
    this.errors = errors
  }
}

/**
 * The socket's receive buffer overflowed (ENOBUFS), and with it went the answer: whether the request was carried out is not known.
 */
export class AnswerLostError extends Error {
  override readonly name = 'AnswerLostError'
  readonly code = 'ENOBUFS'

  constructor(operation: string) {
    super(`${operation}: the answer was lost: no buffer space available`)
  }
}

/** The socket was closed, by its owner, before the answer came. */
export class SocketClosedError extends Error {
  override readonly name = 'SocketClosedError'
  readonly code = 'ERR_NETLINK_SOCKET_CLOSED'

  constructor(operation?: string) {
    super(operation === undefined ? 'the socket is closed' : `${operation}: the socket was closed`)
  }
}
