import type { AnyCodec, Codec } from './codec/index.ts'
import { controlMessages } from './control.ts'
import type { Event } from './event.ts'

/** One message type of a netlink family. */
export interface MessageType {
  /** The kernel's name, such as RTM_NEWLINK. */
  readonly name: string
  readonly codec: AnyCodec
}

declare const values: unique symbol
declare const event: unique symbol

/** Message types by their numbers (nlmsg_type). */
export interface MessageTypes<Values = unknown> extends ReadonlyMap<number, MessageType> {
  /** Only for the compiler: what they hold, by their names (`{ RTM_NEWLINK: Link }`). */
  readonly [values]?: Values
}

/** Message types by name: number and codec. */
export function messageTypes<Values>(
  types: {
    readonly [Name in keyof Values & string]: readonly [type: number, codec: Codec<Values[Name], never>]
  },
): MessageTypes<Values> {
  const rows = Object.entries(types) as [string, readonly [number, AnyCodec]][]
  return new Map(rows.map(([name, [type, codec]]) => [type, { name, codec }]))
}

/** What a netlink family says: used to decode, trace and explain messages that nobody asked for by type. */
export interface Protocol<Told extends Event = Event> {
  readonly name: string
  /** The number given to socket(2): NETLINK_ROUTE is 0. */
  readonly number: number
  readonly messages: ReadonlyMap<number, MessageType>
  /** How types that `messages` lacks are read: the header that the family's messages share, at least. */
  readonly otherwise?: MessageType
  /** Only for the compiler: what a subscription tells. */
  readonly [event]?: Told
}

/** How a message type is read: netlink's own, the family's, or undefined. */
export function messageType(protocol: Protocol, type: number): MessageType | undefined {
  return controlMessages.get(type) ?? protocol.messages.get(type) ?? protocol.otherwise
}
