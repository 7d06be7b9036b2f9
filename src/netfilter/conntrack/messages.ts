import type { MessageType } from '../../netlink/index.ts'
import { messageNumber } from '../family.ts'
import { conntrackMessage, statisticsMessage, totalsMessage } from './message.ts'

export const IPCTNL_MSG_CT_NEW = messageNumber('conntrack', 0)
export const IPCTNL_MSG_CT_GET = messageNumber('conntrack', 1)
export const IPCTNL_MSG_CT_DELETE = messageNumber('conntrack', 2)
export const IPCTNL_MSG_CT_GET_CTRZERO = messageNumber('conntrack', 3)
export const IPCTNL_MSG_CT_GET_STATS_CPU = messageNumber('conntrack', 4)
export const IPCTNL_MSG_CT_GET_STATS = messageNumber('conntrack', 5)
export const IPCTNL_MSG_CT_GET_DYING = messageNumber('conntrack', 6)
export const IPCTNL_MSG_CT_GET_UNCONFIRMED = messageNumber('conntrack', 7)

/** The message types of connection tracking (include/uapi/linux/netfilter/nfnetlink_conntrack.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [IPCTNL_MSG_CT_NEW, { name: 'IPCTNL_MSG_CT_NEW', codec: conntrackMessage }],
  [IPCTNL_MSG_CT_GET, { name: 'IPCTNL_MSG_CT_GET', codec: conntrackMessage }],
  [IPCTNL_MSG_CT_DELETE, { name: 'IPCTNL_MSG_CT_DELETE', codec: conntrackMessage }],
  [IPCTNL_MSG_CT_GET_CTRZERO, { name: 'IPCTNL_MSG_CT_GET_CTRZERO', codec: conntrackMessage }],
  [IPCTNL_MSG_CT_GET_STATS_CPU, { name: 'IPCTNL_MSG_CT_GET_STATS_CPU', codec: statisticsMessage }],
  [IPCTNL_MSG_CT_GET_STATS, { name: 'IPCTNL_MSG_CT_GET_STATS', codec: totalsMessage }],
  [IPCTNL_MSG_CT_GET_DYING, { name: 'IPCTNL_MSG_CT_GET_DYING', codec: conntrackMessage }],
  [IPCTNL_MSG_CT_GET_UNCONFIRMED, { name: 'IPCTNL_MSG_CT_GET_UNCONFIRMED', codec: conntrackMessage }],
])
