import { type MessageType, type Protocol, struct, u32 } from '../../../netlink/index.ts'
import { routeProtocol } from '../../../rtnl/index.ts'

export const STAMP = 'NLMSG_TSTAMP'

/** When the messages after it were received: rtmon(8) writes such between those of the kernel. */
export interface Stamp {
  readonly seconds: number
  readonly microseconds: number
}

const stamp: MessageType = { name: STAMP, codec: struct({ seconds: u32, microseconds: u32 }) }

/** What a file of rtmon(8) holds. */
export const keptProtocol: Protocol = { ...routeProtocol, messages: new Map([...routeProtocol.messages, [15, stamp]]) }
