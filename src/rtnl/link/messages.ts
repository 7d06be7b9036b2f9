import type { MessageType } from '../../netlink/index.ts'
import { linkMessage } from './message.ts'
import { statisticsMessage, statisticsSetting } from './statistics.ts'

export const RTM_NEWLINK = 16
export const RTM_DELLINK = 17
export const RTM_GETLINK = 18
export const RTM_SETLINK = 19
export const RTM_NEWSTATS = 92
export const RTM_GETSTATS = 94
export const RTM_SETSTATS = 95
export const RTM_NEWLINKPROP = 108
export const RTM_DELLINKPROP = 109
export const RTM_GETLINKPROP = 110

/** The message types about links (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map([
  [RTM_NEWLINK, { name: 'RTM_NEWLINK', codec: linkMessage }],
  [RTM_DELLINK, { name: 'RTM_DELLINK', codec: linkMessage }],
  [RTM_GETLINK, { name: 'RTM_GETLINK', codec: linkMessage }],
  [RTM_SETLINK, { name: 'RTM_SETLINK', codec: linkMessage }],
  [RTM_NEWSTATS, { name: 'RTM_NEWSTATS', codec: statisticsMessage }],
  [RTM_GETSTATS, { name: 'RTM_GETSTATS', codec: statisticsMessage }],
  [RTM_SETSTATS, { name: 'RTM_SETSTATS', codec: statisticsSetting }],
  [RTM_NEWLINKPROP, { name: 'RTM_NEWLINKPROP', codec: linkMessage }],
  [RTM_DELLINKPROP, { name: 'RTM_DELLINKPROP', codec: linkMessage }],
  [RTM_GETLINKPROP, { name: 'RTM_GETLINKPROP', codec: linkMessage }],
])
