import type { MessageType } from '../../netlink/index.ts'
import { routeMessage } from './message.ts'

export const RTM_NEWROUTE = 24
export const RTM_DELROUTE = 25
export const RTM_GETROUTE = 26

/** The message types about routes (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map([
  [RTM_NEWROUTE, { name: 'RTM_NEWROUTE', codec: routeMessage }],
  [RTM_DELROUTE, { name: 'RTM_DELROUTE', codec: routeMessage }],
  [RTM_GETROUTE, { name: 'RTM_GETROUTE', codec: routeMessage }],
])
