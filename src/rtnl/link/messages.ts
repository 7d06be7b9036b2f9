import { type Infer, type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type Link, linkMessage } from './message.ts'
import { type LinkStatistics, statisticsMessage, statisticsSetting } from './statistics.ts'

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

/** What the messages about links hold. */
export type LinkMessages = {
  readonly RTM_NEWLINK: Link
  readonly RTM_DELLINK: Link
  readonly RTM_GETLINK: Link
  readonly RTM_SETLINK: Link
  readonly RTM_NEWSTATS: LinkStatistics
  readonly RTM_GETSTATS: LinkStatistics
  readonly RTM_SETSTATS: Infer<typeof statisticsSetting>
  readonly RTM_NEWLINKPROP: Link
  readonly RTM_DELLINKPROP: Link
  readonly RTM_GETLINKPROP: Link
}

/** The message types about links (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<LinkMessages> = messageTypes<LinkMessages>({
  RTM_NEWLINK: [RTM_NEWLINK, linkMessage],
  RTM_DELLINK: [RTM_DELLINK, linkMessage],
  RTM_GETLINK: [RTM_GETLINK, linkMessage],
  RTM_SETLINK: [RTM_SETLINK, linkMessage],
  RTM_NEWSTATS: [RTM_NEWSTATS, statisticsMessage],
  RTM_GETSTATS: [RTM_GETSTATS, statisticsMessage],
  RTM_SETSTATS: [RTM_SETSTATS, statisticsSetting],
  RTM_NEWLINKPROP: [RTM_NEWLINKPROP, linkMessage],
  RTM_DELLINKPROP: [RTM_DELLINKPROP, linkMessage],
  RTM_GETLINKPROP: [RTM_GETLINKPROP, linkMessage],
})
