import {
  answered,
  asObject,
  attributes,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  type Infer,
  i32,
  type MessageTypes,
  message,
  messageTypes,
  padding,
  type Request,
  struct,
} from '../netlink/index.ts'
import { type Family, family } from './family.ts'

export const RTM_NEWNETCONF = 80
export const RTM_DELNETCONF = 81
export const RTM_GETNETCONF = 82

/** NETCONFA_IFINDEX_*: all links, and those to come. */
export const EVERY_LINK = { all: -1, default: -2 } as const

/** RTM_NEWNETCONF and so on: struct netconfmsg and NETCONFA_* (include/uapi/linux/netconf.h). */
export const netconfMessage = message(
  struct({ family, pad: padding(3) }),
  attributes({
    ifindex: [1, i32],
    forwarding: [2, i32],
    rpFilter: [3, i32],
    mcForwarding: [4, i32],
    proxyNeigh: [5, i32],
    ignoreRoutesWithLinkdown: [6, i32],
    input: [7, i32],
    bcForwarding: [8, i32],
    forceForwarding: [9, i32],
  }),
)

/** How a family forwards on a link: what /proc/sys/net/ipv4/conf and its like say. `ifindex` is that of a link, or one of EVERY_LINK. */
export type Netconf = Infer<typeof netconfMessage>

/** Asks how a family forwards on one link. Fails with EINVAL where there is none. */
export function get(query: { readonly family: Family; readonly ifindex: number }): Request<Netconf> {
  checkObject(query)
  return answered(
    {
      operation: `get network configuration of ${query.ifindex}`,
      type: RTM_GETNETCONF,
      codec: netconfMessage,
      value: query,
    },
    netconfMessage,
  )
}

/** Asks the same of all links, of one family or of all: kernels before 6.0 refuse the latter with EOPNOTSUPP. */
export function list(filter: { readonly family?: Family | undefined } = {}): DumpRequest<Netconf> {
  const { family, ...rest } = asObject(filter)
  checkRest(rest)
  return dumped(
    { operation: 'list network configuration', type: RTM_GETNETCONF, codec: netconfMessage, value: { family } },
    netconfMessage,
  )
}

/** What the messages about network configuration hold. */
export type NetconfMessages = {
  readonly RTM_NEWNETCONF: Netconf
  readonly RTM_DELNETCONF: Netconf
  readonly RTM_GETNETCONF: Netconf
}

/** The message types about network configuration (include/uapi/linux/rtnetlink.h). */
export const messages: MessageTypes<NetconfMessages> = messageTypes<NetconfMessages>({
  RTM_NEWNETCONF: [RTM_NEWNETCONF, netconfMessage],
  RTM_DELNETCONF: [RTM_DELNETCONF, netconfMessage],
  RTM_GETNETCONF: [RTM_GETNETCONF, netconfMessage],
})
