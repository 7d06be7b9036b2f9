import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type Neighbour, neighbourMessage } from './message.ts'
import { type NeighbourTable, neighbourTableMessage } from './table.ts'
import { RTM_GETNEIGHTBL, RTM_NEWNEIGHTBL, RTM_SETNEIGHTBL } from './table-types.ts'

export const RTM_NEWNEIGH = 28
export const RTM_DELNEIGH = 29
export const RTM_GETNEIGH = 30

/** What the messages about neighbours and their tables hold. */
export type NeighbourMessages = {
  readonly RTM_NEWNEIGH: Neighbour
  readonly RTM_DELNEIGH: Neighbour
  readonly RTM_GETNEIGH: Neighbour
  readonly RTM_NEWNEIGHTBL: NeighbourTable
  readonly RTM_GETNEIGHTBL: NeighbourTable
  readonly RTM_SETNEIGHTBL: NeighbourTable
}

/** The message types about neighbours and their tables (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<NeighbourMessages> = messageTypes<NeighbourMessages>({
  RTM_NEWNEIGH: [RTM_NEWNEIGH, neighbourMessage],
  RTM_DELNEIGH: [RTM_DELNEIGH, neighbourMessage],
  RTM_GETNEIGH: [RTM_GETNEIGH, neighbourMessage],
  RTM_NEWNEIGHTBL: [RTM_NEWNEIGHTBL, neighbourTableMessage],
  RTM_GETNEIGHTBL: [RTM_GETNEIGHTBL, neighbourTableMessage],
  RTM_SETNEIGHTBL: [RTM_SETNEIGHTBL, neighbourTableMessage],
})
