/**
 * Netfilter over netlink. So far: the header that all its messages share.
 * @packageDocumentation
 */
import { attributes, message, type Protocol, struct, u8, u16be } from '../netlink/index.ts'

/** struct nfgenmsg (include/uapi/linux/netfilter/nfnetlink.h): `resource` is in network byte order. */
const netfilterHeader = struct({ family: u8, version: u8, resource: u16be })

/** NETLINK_NETFILTER: a message's type is the subsystem in the high byte and its command in the low one. */
export const netfilterProtocol: Protocol = {
  name: 'netfilter',
  number: 12,
  messages: new Map(),
  otherwise: { name: 'NFNL', codec: message(netfilterHeader, attributes({})) },
}
