import {
  acknowledged,
  asObject,
  attributes,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  type Infer,
  type InferInput,
  type MessageTypes,
  message,
  messageTypes,
  NLM_F_CREATE,
  NLM_F_EXCL,
  padding,
  prefix,
  type Request,
  struct,
  u8,
  u32,
} from '../netlink/index.ts'
import { type Family, family } from './family.ts'
import { lengthOf } from './prefix.ts'

export const RTM_NEWADDRLABEL = 72
export const RTM_DELADDRLABEL = 73
export const RTM_GETADDRLABEL = 74

/** RTM_NEWADDRLABEL and so on: struct ifaddrlblmsg and IFAL_* (include/uapi/linux/if_addrlabel.h). */
export const addressLabelMessage = message(
  struct({ family, pad: padding(1), prefixLength: u8, flags: u8, index: u32, sequence: u32 }),
  attributes({ address: [1, prefix(2)], label: [2, u32] }),
  { prefixLength: { from: 'address', absent: 0, of: lengthOf } },
)

/** A label that the prefix `address` has, on one link where `index` is not 0: how an IPv6 source address is chosen (RFC 6724). */
export type AddressLabel = Infer<typeof addressLabelMessage>
export type AddressLabelInput = InferInput<typeof addressLabelMessage>

/** Gives a prefix a label. Fails with EEXIST where it has one. Throws EncodeError. */
export function add(label: AddressLabelInput): Request<void> {
  checkObject(label)
  return acknowledged({
    operation: `add label of ${label.address}`,
    type: RTM_NEWADDRLABEL,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    codec: addressLabelMessage,
    value: { family: 'inet6', ...label },
  })
}

/** Takes a prefix's label. Fails with ESRCH where it has none. Throws EncodeError. */
function remove(label: AddressLabelInput): Request<void> {
  checkObject(label)
  return acknowledged({
    operation: `delete label of ${label.address}`,
    type: RTM_DELADDRLABEL,
    codec: addressLabelMessage,
    value: { family: 'inet6', ...label },
  })
}

export { remove as delete }

/** Asks for all labels. Only IPv6 has any. */
export function list(filter: { readonly family?: Family | undefined } = {}): DumpRequest<AddressLabel> {
  const { family = 'inet6', ...rest } = asObject(filter)
  checkRest(rest)
  return dumped(
    { operation: 'list address labels', type: RTM_GETADDRLABEL, codec: addressLabelMessage, value: { family } },
    addressLabelMessage,
  )
}

/** What the messages about address labels hold. */
export type AddressLabelMessages = {
  readonly RTM_NEWADDRLABEL: AddressLabel
  readonly RTM_DELADDRLABEL: AddressLabel
  readonly RTM_GETADDRLABEL: AddressLabel
}

/** The message types about address labels (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<AddressLabelMessages> = messageTypes<AddressLabelMessages>({
  RTM_NEWADDRLABEL: [RTM_NEWADDRLABEL, addressLabelMessage],
  RTM_DELADDRLABEL: [RTM_DELADDRLABEL, addressLabelMessage],
  RTM_GETADDRLABEL: [RTM_GETADDRLABEL, addressLabelMessage],
})
