import type { CodecError } from './codec/index.ts'

/** A message that the kernel told everybody who listens. */
export interface EventMessage<Name extends string | undefined, Value> {
  readonly event: 'message'
  /** nlmsg_type and its name, such as RTM_NEWLINK; undefined for a type that the protocol does not have. */
  readonly type: number
  readonly name: Name
  readonly flags: number
  /** The sequence and port of the request that caused it, 0 where the kernel acted by itself. */
  readonly sequence: number
  readonly port: number
  /** The id of the namespace that it comes from; undefined for the socket's own. */
  readonly nsid?: number
  /** What `name` says that it is; the bytes where there is no name. */
  readonly value: Value
}

/** What a subscription tells besides messages. */
export type EventFailure =
  /** Messages were lost (the receive buffer overflowed): dump again to know where things stand. The subscription goes on. */
  | { readonly event: 'resync'; readonly reason: string }
  /** A message that could not be decoded. The subscription goes on. */
  | { readonly event: 'undecoded'; readonly type: number; readonly error: CodecError; readonly hex: string }

/** What a subscription tells, of a family of which nothing more is known. */
export type Event = EventMessage<string | undefined, unknown> | EventFailure

/** What a subscription tells where it is known what messages hold: `event.name === 'RTM_NEWLINK'` narrows `event.value` to a link. */
export type EventOf<Values> =
  | { [Name in keyof Values & string]: EventMessage<Name, Values[Name]> }[keyof Values & string]
  | EventMessage<undefined, Uint8Array>
  | EventFailure
