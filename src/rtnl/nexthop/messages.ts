import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type Nexthop, nexthopMessage } from './message.ts'

export const RTM_NEWNEXTHOP = 104
export const RTM_DELNEXTHOP = 105
export const RTM_GETNEXTHOP = 106
export const RTM_NEWNEXTHOPBUCKET = 116
export const RTM_DELNEXTHOPBUCKET = 117
export const RTM_GETNEXTHOPBUCKET = 118

/** What the messages about next hops hold. */
export type NexthopMessages = {
  readonly RTM_NEWNEXTHOP: Nexthop
  readonly RTM_DELNEXTHOP: Nexthop
  readonly RTM_GETNEXTHOP: Nexthop
  readonly RTM_NEWNEXTHOPBUCKET: Nexthop
  readonly RTM_DELNEXTHOPBUCKET: Nexthop
  readonly RTM_GETNEXTHOPBUCKET: Nexthop
}

/** The message types about next hops (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<NexthopMessages> = messageTypes<NexthopMessages>({
  RTM_NEWNEXTHOP: [RTM_NEWNEXTHOP, nexthopMessage],
  RTM_DELNEXTHOP: [RTM_DELNEXTHOP, nexthopMessage],
  RTM_GETNEXTHOP: [RTM_GETNEXTHOP, nexthopMessage],
  RTM_NEWNEXTHOPBUCKET: [RTM_NEWNEXTHOPBUCKET, nexthopMessage],
  RTM_DELNEXTHOPBUCKET: [RTM_DELNEXTHOPBUCKET, nexthopMessage],
  RTM_GETNEXTHOPBUCKET: [RTM_GETNEXTHOPBUCKET, nexthopMessage],
})
