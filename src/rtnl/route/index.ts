export { ENCAP_TYPES, encapKinds, encapType, SEG6_LOCAL_ACTIONS, TUNNEL_FLAGS } from './encap.ts'
export { type GeneveOption, geneveOption, geneveOptions } from './geneve.ts'
export {
  NEXTHOP_FLAGS,
  type NextHop,
  ROUTE_FLAGS,
  ROUTER_PREFERENCES,
  type RouteInput,
  type RouteMessage,
  routeMessage,
  TABLES,
} from './message.ts'
export * from './messages.ts'
export { LOCKS, ROUTE_FEATURES } from './metrics.ts'
export {
  add,
  append,
  change,
  get,
  list,
  prepend,
  type RouteFilter,
  type RouteQuery,
  remove as delete,
  replace,
  test,
} from './requests.ts'
export { signingKey, throughSegments } from './segment-list.ts'
export { SEG6_MODES, type SegmentRouting, type SegmentRoutingEncap } from './segments.ts'
export { type Ioam6Trace, ioam6Trace, readIoam6Trace, rplRouting, rplSegments } from './source-routing.ts'
export { ROUTE_TYPES, routeType } from './type.ts'
export { listed, type Route, type RouteSettings } from './value.ts'
export type { Via } from './via.ts'
