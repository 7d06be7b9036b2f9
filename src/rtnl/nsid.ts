import {
  acknowledged,
  answered,
  asObject,
  attributes,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  type Infer,
  type InferInput,
  i32,
  type MessageTypes,
  message,
  messageTypes,
  padding,
  type Request,
  struct,
  u32,
} from '../netlink/index.ts'
import { family } from './family.ts'

export const RTM_NEWNSID = 88
export const RTM_DELNSID = 89
export const RTM_GETNSID = 90

/** NETNSA_NSID_NOT_ASSIGNED: the namespace has no id here. */
export const NOT_ASSIGNED = -1

/**
 * RTM_NEWNSID, RTM_DELNSID, RTM_GETNSID: struct rtgenmsg and NETNSA_* (include/uapi/linux/net_namespace.h). `fd` is a descriptor of the
 * sending process, `pid` a process as it sees it.
 */
export const nsidMessage = message(
  struct({ family, pad: padding(3) }),
  attributes({
    nsid: [1, i32],
    pid: [2, u32],
    fd: [3, u32],
    targetNsid: [4, i32],
    currentNsid: [5, i32],
  }),
)

/** The id by which this network namespace calls another; -1 where it has none. */
export type Nsid = Infer<typeof nsidMessage>
export type NsidInput = InferInput<typeof nsidMessage>

/** Another network namespace, by a descriptor, a process in it, or the id it has. */
export type NsidTarget =
  | { readonly fd: number; readonly pid?: undefined; readonly nsid?: undefined }
  | { readonly pid: number; readonly fd?: undefined; readonly nsid?: undefined }
  | { readonly nsid: number; readonly fd?: undefined; readonly pid?: undefined }

/** Gives a namespace an id, any free one where `nsid` is -1. Fails with EEXIST where it has one, or where the id is taken. */
export function add(settings: ({ readonly fd: number } | { readonly pid: number }) & { readonly nsid: number }) {
  checkObject(settings)
  const operation = `add namespace id ${settings.nsid}`
  return acknowledged({ operation, type: RTM_NEWNSID, codec: nsidMessage, value: settings })
}

/** Asks for a namespace's id; `targetNsid` asks what id another namespace has given it. Throws EncodeError. */
export function get(target: NsidTarget & { readonly targetNsid?: number | undefined }): Request<Nsid> {
  return answered({ operation: 'get namespace id', type: RTM_GETNSID, codec: nsidMessage, value: target }, nsidMessage)
}

/** Asks for all ids that this namespace has given, or the one with the id `targetNsid` (then `currentNsid` says what it is here). */
export function list(filter: { readonly targetNsid?: number | undefined } = {}): DumpRequest<Nsid> {
  const { targetNsid, ...rest } = asObject(filter)
  checkRest(rest)
  return dumped(
    { operation: 'list namespace ids', type: RTM_GETNSID, codec: nsidMessage, value: { targetNsid } },
    nsidMessage,
  )
}

/** What the messages about namespace ids hold. */
export type NsidMessages = {
  readonly RTM_NEWNSID: Nsid
  readonly RTM_DELNSID: Nsid
  readonly RTM_GETNSID: Nsid
}

/** The message types about namespace ids (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<NsidMessages> = messageTypes<NsidMessages>({
  RTM_NEWNSID: [RTM_NEWNSID, nsidMessage],
  RTM_DELNSID: [RTM_DELNSID, nsidMessage],
  RTM_GETNSID: [RTM_GETNSID, nsidMessage],
})
