import type { EventOf, MessageType, Protocol } from '../netlink/index.ts'
import * as address from './address/index.ts'
import * as addressLabel from './address-label.ts'
import * as bridge from './bridge/index.ts'
import * as link from './link/index.ts'
import * as neighbour from './neighbour/index.ts'
import * as netconf from './netconf.ts'
import * as nexthop from './nexthop/index.ts'
import * as nsid from './nsid.ts'
import { type OtherMessages, otherMessages } from './other-messages.ts'
import * as route from './route/index.ts'
import * as rule from './rule/index.ts'

const tables: readonly ReadonlyMap<number, MessageType>[] = [
  link.messages,
  address.messages,
  route.messages,
  neighbour.messages,
  rule.messages,
  nsid.messages,
  nexthop.messages,
  bridge.messages,
  netconf.messages,
  addressLabel.messages,
  otherMessages,
]

/** What the messages of routing netlink hold, by their names. */
export type RoutingMessages = link.LinkMessages &
  address.AddressMessages &
  route.RouteMessages &
  neighbour.NeighbourMessages &
  rule.RuleMessages &
  nsid.NsidMessages &
  nexthop.NexthopMessages &
  bridge.BridgeMessages &
  netconf.NetconfMessages &
  addressLabel.AddressLabelMessages &
  OtherMessages

/** What a subscription to routing netlink tells. */
export type RoutingEvent = EventOf<RoutingMessages>

/** Routing netlink: NETLINK_ROUTE, and all its message types in the order of their numbers. */
export const routeProtocol: Protocol<RoutingEvent> = {
  name: 'route',
  number: 0,
  messages: new Map(tables.flatMap((table) => [...table]).sort(([a], [b]) => a - b)),
}
