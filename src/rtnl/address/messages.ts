import { type MessageTypes, messageTypes } from '../../netlink/index.ts'
import { type Address, addressMessage } from './message.ts'

export const RTM_NEWADDR = 20
export const RTM_DELADDR = 21
export const RTM_GETADDR = 22
export const RTM_NEWMULTICAST = 56
export const RTM_DELMULTICAST = 57
export const RTM_GETMULTICAST = 58
export const RTM_NEWANYCAST = 60
export const RTM_DELANYCAST = 61
export const RTM_GETANYCAST = 62

/** What the messages about addresses hold. */
export type AddressMessages = {
  readonly RTM_NEWADDR: Address
  readonly RTM_DELADDR: Address
  readonly RTM_GETADDR: Address
  readonly RTM_NEWMULTICAST: Address
  readonly RTM_DELMULTICAST: Address
  readonly RTM_GETMULTICAST: Address
  readonly RTM_NEWANYCAST: Address
  readonly RTM_DELANYCAST: Address
  readonly RTM_GETANYCAST: Address
}

/** The message types about addresses (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<AddressMessages> = messageTypes<AddressMessages>({
  RTM_NEWADDR: [RTM_NEWADDR, addressMessage],
  RTM_DELADDR: [RTM_DELADDR, addressMessage],
  RTM_GETADDR: [RTM_GETADDR, addressMessage],
  RTM_NEWMULTICAST: [RTM_NEWMULTICAST, addressMessage],
  RTM_DELMULTICAST: [RTM_DELMULTICAST, addressMessage],
  RTM_GETMULTICAST: [RTM_GETMULTICAST, addressMessage],
  RTM_NEWANYCAST: [RTM_NEWANYCAST, addressMessage],
  RTM_DELANYCAST: [RTM_DELANYCAST, addressMessage],
  RTM_GETANYCAST: [RTM_GETANYCAST, addressMessage],
})
