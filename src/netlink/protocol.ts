import type { AnyCodec } from './codec/index.ts'
import { controlMessages } from './control.ts'

/** One message type of a netlink family. */
export interface MessageType {
  /** The kernel's name, such as RTM_NEWLINK. */
  readonly name: string
  readonly codec: AnyCodec
}

/** What a netlink family says: used to decode, trace and explain messages that nobody asked for by type. */
export interface Protocol {
  readonly name: string
  /** The number given to socket(2): NETLINK_ROUTE is 0. */
  readonly number: number
  readonly messages: ReadonlyMap<number, MessageType>
  /** How types that `messages` lacks are read: the header that the family's messages share, at least. */
  readonly otherwise?: MessageType
}

/** How a message type is read: netlink's own, the family's, or undefined. */
export function messageType(protocol: Protocol, type: number): MessageType | undefined {
  return controlMessages.get(type) ?? protocol.messages.get(type) ?? protocol.otherwise
}
