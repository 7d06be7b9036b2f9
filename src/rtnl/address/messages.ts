import type { MessageType } from '../../netlink/index.ts'
import { addressMessage } from './message.ts'

export const RTM_NEWADDR = 20
export const RTM_DELADDR = 21
export const RTM_GETADDR = 22
export const RTM_NEWMULTICAST = 56
export const RTM_DELMULTICAST = 57
export const RTM_GETMULTICAST = 58
export const RTM_NEWANYCAST = 60
export const RTM_DELANYCAST = 61
export const RTM_GETANYCAST = 62

/** The message types about addresses (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map([
  [RTM_NEWADDR, { name: 'RTM_NEWADDR', codec: addressMessage }],
  [RTM_DELADDR, { name: 'RTM_DELADDR', codec: addressMessage }],
  [RTM_GETADDR, { name: 'RTM_GETADDR', codec: addressMessage }],
  [RTM_NEWMULTICAST, { name: 'RTM_NEWMULTICAST', codec: addressMessage }],
  [RTM_DELMULTICAST, { name: 'RTM_DELMULTICAST', codec: addressMessage }],
  [RTM_GETMULTICAST, { name: 'RTM_GETMULTICAST', codec: addressMessage }],
  [RTM_NEWANYCAST, { name: 'RTM_NEWANYCAST', codec: addressMessage }],
  [RTM_DELANYCAST, { name: 'RTM_DELANYCAST', codec: addressMessage }],
  [RTM_GETANYCAST, { name: 'RTM_GETANYCAST', codec: addressMessage }],
])
