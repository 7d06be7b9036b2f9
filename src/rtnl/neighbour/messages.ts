import type { MessageType } from '../../netlink/index.ts'
import { neighbourMessage } from './message.ts'
import { neighbourTableMessage } from './table.ts'
import { RTM_GETNEIGHTBL, RTM_NEWNEIGHTBL, RTM_SETNEIGHTBL } from './table-types.ts'

export const RTM_NEWNEIGH = 28
export const RTM_DELNEIGH = 29
export const RTM_GETNEIGH = 30

/** The message types about neighbours and their tables (include/uapi/linux/rtnetlink.h). */
export const messages: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [RTM_NEWNEIGH, { name: 'RTM_NEWNEIGH', codec: neighbourMessage }],
  [RTM_DELNEIGH, { name: 'RTM_DELNEIGH', codec: neighbourMessage }],
  [RTM_GETNEIGH, { name: 'RTM_GETNEIGH', codec: neighbourMessage }],
  [RTM_NEWNEIGHTBL, { name: 'RTM_NEWNEIGHTBL', codec: neighbourTableMessage }],
  [RTM_GETNEIGHTBL, { name: 'RTM_GETNEIGHTBL', codec: neighbourTableMessage }],
  [RTM_SETNEIGHTBL, { name: 'RTM_SETNEIGHTBL', codec: neighbourTableMessage }],
])
