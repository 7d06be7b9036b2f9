import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { messageNumber } from '../family.ts'
import {
  type Connection,
  conntrackMessage,
  type Statistics,
  statisticsMessage,
  type Totals,
  totalsMessage,
} from './message.ts'

export const IPCTNL_MSG_CT_NEW = messageNumber('conntrack', 0)
export const IPCTNL_MSG_CT_GET = messageNumber('conntrack', 1)
export const IPCTNL_MSG_CT_DELETE = messageNumber('conntrack', 2)
export const IPCTNL_MSG_CT_GET_CTRZERO = messageNumber('conntrack', 3)
export const IPCTNL_MSG_CT_GET_STATS_CPU = messageNumber('conntrack', 4)
export const IPCTNL_MSG_CT_GET_STATS = messageNumber('conntrack', 5)
export const IPCTNL_MSG_CT_GET_DYING = messageNumber('conntrack', 6)
export const IPCTNL_MSG_CT_GET_UNCONFIRMED = messageNumber('conntrack', 7)

/** What the messages about connections hold. */
export type ConntrackMessages = {
  readonly IPCTNL_MSG_CT_NEW: Connection
  readonly IPCTNL_MSG_CT_GET: Connection
  readonly IPCTNL_MSG_CT_DELETE: Connection
  readonly IPCTNL_MSG_CT_GET_CTRZERO: Connection
  readonly IPCTNL_MSG_CT_GET_STATS_CPU: Statistics
  readonly IPCTNL_MSG_CT_GET_STATS: Totals
  readonly IPCTNL_MSG_CT_GET_DYING: Connection
  readonly IPCTNL_MSG_CT_GET_UNCONFIRMED: Connection
}

/** The message types of connection tracking (include/uapi/linux/netfilter/nfnetlink_conntrack.h). */
export const messages: MessageTypes<ConntrackMessages> = messageTypes<ConntrackMessages>({
  IPCTNL_MSG_CT_NEW: [IPCTNL_MSG_CT_NEW, conntrackMessage],
  IPCTNL_MSG_CT_GET: [IPCTNL_MSG_CT_GET, conntrackMessage],
  IPCTNL_MSG_CT_DELETE: [IPCTNL_MSG_CT_DELETE, conntrackMessage],
  IPCTNL_MSG_CT_GET_CTRZERO: [IPCTNL_MSG_CT_GET_CTRZERO, conntrackMessage],
  IPCTNL_MSG_CT_GET_STATS_CPU: [IPCTNL_MSG_CT_GET_STATS_CPU, statisticsMessage],
  IPCTNL_MSG_CT_GET_STATS: [IPCTNL_MSG_CT_GET_STATS, totalsMessage],
  IPCTNL_MSG_CT_GET_DYING: [IPCTNL_MSG_CT_GET_DYING, conntrackMessage],
  IPCTNL_MSG_CT_GET_UNCONFIRMED: [IPCTNL_MSG_CT_GET_UNCONFIRMED, conntrackMessage],
})
