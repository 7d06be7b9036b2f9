import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type RouteMessage, routeMessage } from './message.ts'

export const RTM_NEWROUTE = 24
export const RTM_DELROUTE = 25
export const RTM_GETROUTE = 26

/** What the messages about routes hold. `listed` makes of one what `list` gives. */
export type RouteMessages = {
  readonly RTM_NEWROUTE: RouteMessage
  readonly RTM_DELROUTE: RouteMessage
  readonly RTM_GETROUTE: RouteMessage
}

/** The message types about routes (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<RouteMessages> = messageTypes<RouteMessages>({
  RTM_NEWROUTE: [RTM_NEWROUTE, routeMessage],
  RTM_DELROUTE: [RTM_DELROUTE, routeMessage],
  RTM_GETROUTE: [RTM_GETROUTE, routeMessage],
})
