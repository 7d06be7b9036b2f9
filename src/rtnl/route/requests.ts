import {
  acknowledged,
  answered,
  asObject,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  NLM_F_APPEND,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  type Request,
  within,
} from '../../netlink/index.ts'
import { FAMILIES, type Family } from '../family.ts'
import { ORIGINATORS } from '../originator.ts'
import { familyOf, hostOf, sameFamily } from '../prefix.ts'
import { type RouteInput, type RouteMessage, routeMessage } from './message.ts'
import { RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE } from './messages.ts'
import { isLabel } from './mpls.ts'
import { ROUTE_TYPES } from './type.ts'
import { describe, listed, type Route, type RouteSettings, routeValue } from './value.ts'

/** Which routes are listed. */
export interface RouteFilter {
  readonly family?: Family | undefined
  /** 254 is the main table. Without one, routes of all tables. Fails with ENOENT where a family has no such table. */
  readonly table?: number | undefined
  /** The index of a link that the route, or one of its next hops, leaves by. */
  readonly oif?: number | undefined
  readonly protocol?: keyof typeof ORIGINATORS | number | undefined
  readonly type?: keyof typeof ROUTE_TYPES | number | undefined
  /** Exceptions learnt from redirects and path MTU discovery instead of routes. */
  readonly cloned?: boolean | undefined
}

/** What the kernel is asked to find the route of. */
export interface RouteQuery {
  /** An address; of MPLS, a label. */
  readonly dst: string
  readonly family?: Family | undefined
  /** An address. Kernels take none with a prefix length but that of the whole address. */
  readonly src?: string | undefined
  readonly iif?: number | undefined
  readonly oif?: number | undefined
  readonly tos?: number | undefined
  readonly mark?: number | undefined
  readonly uid?: number | undefined
  readonly ipProto?: number | undefined
  readonly sport?: number | undefined
  readonly dport?: number | undefined
  readonly flowlabel?: number | undefined
  /** The labels that packets of this one are sent on with. */
  readonly newdst?: string | undefined
  /** Tell of changes to the route. */
  readonly notify?: boolean | undefined
  /** Answer with the entry of the table as it was added. */
  readonly fibMatch?: boolean | undefined
}

/** Adds a route. Fails with EEXIST where there is one for the same destination, table and metric. Throws EncodeError. */
export function add(settings: RouteSettings): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Changes the route of a destination. Fails with ENOENT where there is none. Throws EncodeError. */
export function change(settings: RouteSettings): Request<void> {
  return make('change', NLM_F_REPLACE, settings)
}

/** Adds a route, or changes the one of its destination. Throws EncodeError. */
export function replace(settings: RouteSettings): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

/** Adds a route after those of the same destination; of IPv6, a next hop to the one that there is. Throws EncodeError. */
export function append(settings: RouteSettings): Request<void> {
  return make('append', NLM_F_CREATE | NLM_F_APPEND, settings)
}

/** Adds a route before those of the same destination. Throws EncodeError. */
export function prepend(settings: RouteSettings): Request<void> {
  return make('prepend', NLM_F_CREATE, settings)
}

/** Asks whether there is such a route: fails with EEXIST where there is, and with ENOENT where there is not. Throws EncodeError. */
export function test(settings: RouteSettings): Request<void> {
  return make('test', NLM_F_EXCL, settings)
}

function make(verb: string, flags: number, settings: RouteSettings): Request<void> {
  checkObject(settings)
  return acknowledged({
    operation: `${verb} route ${describe(settings)}`,
    type: RTM_NEWROUTE,
    flags,
    codec: routeMessage,
    value: routeValue(settings, 'add'),
  })
}

/** Deletes the first route that has all that is said. Fails with ESRCH where there is none. Throws EncodeError. */
export function remove(settings: RouteSettings): Request<void> {
  checkObject(settings)
  return acknowledged({
    operation: `delete route ${describe(settings)}`,
    type: RTM_DELROUTE,
    codec: routeMessage,
    value: routeValue(settings, 'delete'),
  })
}

/** Asks by what route the kernel would send to `dst`. Fails with ENETUNREACH or as the route says. Throws EncodeError. */
export function get(request: RouteQuery): Request<Route> {
  const { fibMatch = false, notify = false, ...query } = asObject(request)
  const label = isLabel(query.dst)
  const family = query.family ?? (label ? 'mpls' : within('dst', () => familyOf(query.dst)))
  // Only IPv4 asks for the table: IPv6 says it unasked, MPLS has but one.
  const lookup = sameFamily(family, 'inet') ? (['lookup-table'] as const) : []
  const flags: RouteInput['flags'] = [
    ...lookup,
    ...(fibMatch ? (['fib-match'] as const) : []),
    ...(notify ? (['notify'] as const) : []),
  ]
  const value: RouteInput = { ...query, family, dst: label ? query.dst : within('dst', () => hostOf(query.dst)), flags }
  return answered(
    { operation: `get route ${query.dst}`, type: RTM_GETROUTE, codec: routeMessage, value },
    routeMessage,
    listed,
  )
}

/**
 * Asks for routes. The kernel filters where it checks strictly; older ones leave it to this. A default route's `dst` is `default`.
 * A kernel without the multicast routing that `ipmr` or `ip6mr` asks for answers with all routes that it has: their `type` is not
 * `multicast`. Throws EncodeError.
 */
export function list(filter: RouteFilter = {}): DumpRequest<Route> {
  const { family, table, oif, protocol, type, cloned = false, ...rest } = asObject(filter)
  checkRest(rest)
  const value: RouteInput = {
    family,
    protocol,
    type,
    flags: cloned ? ['cloned'] : undefined,
    table,
    oif,
    headerTable: 0,
  }
  const matches = matcher(filter)
  return dumped(
    { operation: 'list routes', type: RTM_GETROUTE, codec: routeMessage, value },
    routeMessage,
    (message: RouteMessage) => {
      const route = listed(message)
      return matches(route) ? route : undefined
    },
  )
}

function matcher({ family, table, oif, protocol, type, cloned = false }: RouteFilter): (route: Route) => boolean {
  const name = (names: Readonly<Record<string, number>>, value: string | number | undefined) =>
    typeof value === 'number' ? value : value === undefined ? undefined : names[value]
  const anyFamily = (['unspec', 'ipmr', 'ip6mr'] as const).some((one) => sameFamily(family ?? 'unspec', one))
  const wantedFamily = anyFamily ? undefined : name(FAMILIES, family)
  const wantedProtocol = name(ORIGINATORS, protocol) || undefined
  const wantedType = name(ROUTE_TYPES, type) || undefined
  return (route) =>
    (table === undefined || table === 0 || route.table === table) &&
    (wantedFamily === undefined || name(FAMILIES, route.family) === wantedFamily) &&
    (wantedProtocol === undefined || name(ORIGINATORS, route.protocol) === wantedProtocol) &&
    (wantedType === undefined || name(ROUTE_TYPES, route.type) === wantedType) &&
    (oif === undefined || leavesBy(route, oif)) &&
    route.flags.includes('cloned') === cloned
}

function leavesBy({ oif, multipath, nhId }: Route, index: number): boolean {
  if (oif === undefined && multipath === undefined) return nhId !== undefined
  return oif === index || multipath?.some((hop) => hop.oif === index) === true
}
