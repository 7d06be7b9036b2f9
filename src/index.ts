/**
 * Linux networking: the objects of routing netlink as typed requests, sockets that carry them, firewall rules and connections, network
 * namespaces, and networking as verbs that can be undone.
 *
 * ```ts
 * import { link, openRoute } from 'ipts'
 *
 * using route = openRoute()
 * for (const { index, name, flags } of await route.request(link.list())) console.log(index, name, flags)
 * ```
 *
 * The layers can be imported alone, as `ipts/netlink`, `ipts/rtnl`, `ipts/netfilter`, `ipts/netns` and `ipts/ops`. Importing any of them
 * works on every system; what makes a system call throws {@link UnsupportedPlatformError} where there is no Linux.
 * @packageDocumentation
 */
export { InvalidValueError, SystemError, UnsupportedPlatformError, unsupportedReason } from './libc/index.ts'
export { conntrack, firewall, openNetfilter } from './netfilter/index.ts'
export {
  AnswerLostError,
  type CallOptions,
  DecodeError,
  DumpInterruptedError,
  type DumpRequest,
  type Event,
  NetlinkError,
  type Request,
  type Result,
  Socket,
  type SocketOptions,
  type Subscription,
} from './netlink/index.ts'
export * as netns from './netns/index.ts'
export * as ops from './ops/index.ts'
export {
  address,
  bridge,
  groups,
  link,
  neighbour,
  nexthop,
  nsid,
  openRoute,
  type RoutingEvent,
  route,
  rule,
} from './rtnl/index.ts'
