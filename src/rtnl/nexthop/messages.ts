import type { MessageType } from '../../netlink/index.ts'
import { nexthopMessage } from './message.ts'

export const RTM_NEWNEXTHOP = 104
export const RTM_DELNEXTHOP = 105
export const RTM_GETNEXTHOP = 106
export const RTM_NEWNEXTHOPBUCKET = 116
export const RTM_DELNEXTHOPBUCKET = 117
export const RTM_GETNEXTHOPBUCKET = 118

/** The message types about next hops (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map([
  [RTM_NEWNEXTHOP, { name: 'RTM_NEWNEXTHOP', codec: nexthopMessage }],
  [RTM_DELNEXTHOP, { name: 'RTM_DELNEXTHOP', codec: nexthopMessage }],
  [RTM_GETNEXTHOP, { name: 'RTM_GETNEXTHOP', codec: nexthopMessage }],
  [RTM_NEWNEXTHOPBUCKET, { name: 'RTM_NEWNEXTHOPBUCKET', codec: nexthopMessage }],
  [RTM_DELNEXTHOPBUCKET, { name: 'RTM_DELNEXTHOPBUCKET', codec: nexthopMessage }],
  [RTM_GETNEXTHOPBUCKET, { name: 'RTM_GETNEXTHOPBUCKET', codec: nexthopMessage }],
])
