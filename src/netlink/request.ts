import { type AnyCodec, type Codec, EncodeError, quote, Writer } from './codec/index.ts'
import { HEADER_SIZE, NLM_F_ACK, NLM_F_DUMP, NLM_F_ECHO, NLM_F_REQUEST } from './header.ts'
import type { Protocol } from './protocol.ts'

declare const reply: unique symbol
declare const item: unique symbol

/**
 * One message to the kernel and how to read what comes back, as a value: nothing is sent by making it.
 *
 * `operation` says in words what is asked (`add link veth-red`); errors begin with it.
 */
export interface Request<Reply> {
  readonly operation: string
  /** nlmsg_type. */
  readonly type: number
  /** nlmsg_flags, complete: NLM_F_REQUEST and, for an acknowledged request, NLM_F_ACK are in it. */
  readonly flags: number
  readonly codec: AnyCodec
  readonly value: object
  readonly answer: Answer
  /** Only for the compiler: what the answer becomes. */
  readonly [reply]?: Reply
}

/** A request that is answered by any number of messages; `stream` gives them one by one. */
export interface DumpRequest<Item> extends Request<Item[]> {
  readonly answer: Answer & { readonly is: 'dump' }
  readonly [item]?: Item
}

/** What one message of the answer becomes; `undefined` leaves it out. */
export interface ReadItem {
  /** The message types that are read at all; every one of the family's unless told. */
  readonly accepts?: (type: number) => boolean
  readonly codec: Codec<unknown, never>
  readonly pick: (decoded: never, type: number) => unknown
}

export type Answer =
  /** NLMSG_ERROR with errno 0. */
  | { readonly is: 'acknowledgement' }
  /** One message (then an acknowledgement, where the request's flags ask for it). */
  | { readonly is: 'reply'; readonly item: ReadItem }
  /** Messages until NLMSG_DONE. */
  | { readonly is: 'dump'; readonly item: ReadItem }

/** Whether this is a request that an acknowledgement alone answers. */
export function isChange(request: Request<unknown>): request is Request<void> {
  return request?.answer?.is === 'acknowledgement'
}

/** What a request is made of, besides how it is answered. */
export interface RequestParts<In> {
  readonly operation: string
  readonly type: number
  /** Beyond NLM_F_REQUEST and what the kind of answer implies: NLM_F_CREATE and the like. */
  readonly flags?: number
  readonly codec: Codec<unknown, In>
  readonly value: In & object
}

/** A change: answered by an acknowledgement alone. */
export function acknowledged<In>({ operation, type, flags = 0, codec, value }: RequestParts<In>): Request<void> {
  return { operation, type, flags: NLM_F_REQUEST | NLM_F_ACK | flags, codec, value, answer: { is: 'acknowledgement' } }
}

/** A question with one answer. */
export function answered<In, Out, Reply = Out>(
  { operation, type, flags = 0, codec, value }: RequestParts<In>,
  replyCodec: Codec<Out, never>,
  pick: (decoded: Out, type: number) => Reply | undefined = (decoded) => decoded as unknown as Reply,
): Request<Reply> {
  return {
    operation,
    type,
    flags: NLM_F_REQUEST | flags,
    codec,
    value,
    answer: { is: 'reply', item: { codec: replyCodec, pick } },
  }
}

/** A question for a whole table. `pick` turns each decoded message into an item, or leaves it out. */
export function dumped<In, Out, Item = Out>(
  { operation, type, flags = 0, codec, value }: RequestParts<In>,
  replyCodec: Codec<Out, never>,
  pick: (decoded: Out, type: number) => Item | undefined = (decoded) => decoded as unknown as Item,
): DumpRequest<Item> {
  return {
    operation,
    type,
    flags: NLM_F_REQUEST | NLM_F_DUMP | flags,
    codec,
    value,
    answer: { is: 'dump', item: { codec: replyCodec, pick } },
  }
}

/** What a change brought about, as the kernel tells everybody who listens. */
export interface Echo {
  /** nlmsg_type and its name: RTM_DELROUTE, say. */
  readonly type: number
  readonly name: string | undefined
  readonly value: unknown
}

/** The same change, answered by what it brought about (NLM_F_ECHO). Some changes bring about nothing: UnexpectedAnswerError then. */
export function echoed(request: Request<void>, { messages }: Protocol): Request<Echo> {
  const codec = (messages.get(request.type)?.codec ?? request.codec) as Codec<unknown, never>
  const pick = (value: unknown, type: number): Echo => ({ type, name: messages.get(type)?.name, value })
  const { operation, type, flags, value } = request
  const answer: Answer = { is: 'reply', item: { codec, pick } }
  return { operation, type, flags: flags | NLM_F_ECHO, codec: request.codec, value, answer }
}

/** Appends the request as a message, header first. Throws EncodeError before anything of it is appended. */
export function writeRequest(writer: Writer, request: Request<unknown>, sequence: number, port: number): void {
  const start = writer.position
  try {
    writer.zero(HEADER_SIZE)
    request.codec.write(writer, request.value, {})
  } catch (error) {
    writer.position = start
    if (typeof request?.codec?.write === 'function' && request.answer !== undefined) throw error
    throw new EncodeError(`expected a request, got ${quote(request)}`)
  }
  writer.setU32(start, writer.position - start)
  writer.setU16(start + 4, request.type)
  writer.setU16(start + 6, request.flags)
  writer.setU32(start + 8, sequence)
  writer.setU32(start + 12, port)
  writer.align(start)
}

/** The bytes that sending this request would send. Throws EncodeError. */
export function encodeRequest(request: Request<unknown>, sequence = 0, port = 0): Uint8Array {
  const writer = new Writer(256)
  writeRequest(writer, request, sequence, port)
  return writer.finish()
}
