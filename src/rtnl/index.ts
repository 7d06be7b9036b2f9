/**
 * Routing netlink: links, addresses, routes, neighbours, rules, next hops, namespace ids and what bridges keep as typed values and requests.
 * @packageDocumentation
 */
import { openNetlink, type Socket, type SocketOptions } from '../netlink/index.ts'
import { type RoutingEvent, routeProtocol } from './messages.ts'

export * as address from './address/index.ts'
export * as addressLabel from './address-label.ts'
export * as bridge from './bridge/index.ts'
export { FAMILIES, type Family, type FamilyName, family, family16 } from './family.ts'
export { type GroupName, groups } from './groups.ts'
export * as ipv6RouteCall from './ipv6-route-call.ts'
export * as link from './link/index.ts'
export { type RoutingEvent, type RoutingMessages, routeProtocol } from './messages.ts'
export * as multicastAddress from './multicast-address.ts'
export * as neighbour from './neighbour/index.ts'
export * as netconf from './netconf.ts'
export * as nexthop from './nexthop/index.ts'
export * as nsid from './nsid.ts'
export { ORIGINATORS, originator } from './originator.ts'
export * as route from './route/index.ts'
export * as rule from './rule/index.ts'
export { SCOPES, scope } from './scope.ts'
export * as tunnel from './tunnel/index.ts'

/** A socket that speaks routing netlink. Throws SystemError, and UnsupportedPlatformError where there is no Linux. */
export function openRoute(options?: SocketOptions): Socket<RoutingEvent> {
  return openNetlink(routeProtocol, options)
}
