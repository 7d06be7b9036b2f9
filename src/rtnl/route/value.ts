import { type Bits, checkObject, EncodeError, type InferInput, quote, within } from '../../netlink/index.ts'
import { anew } from '../anew.ts'
import type { Family } from '../family.ts'
import { familyOf, isDefault, sameFamily } from '../prefix.ts'
import { type NextHop, type nextHop, type RouteInput, type RouteMessage, TABLES } from './message.ts'
import { isLabel } from './mpls.ts'
import { ROUTE_TYPES } from './type.ts'

/** A route as `list` gives it: `dst` is `default` where the message has none, and `table` is said even if only the header had it. */
export type Route = RouteMessage & { readonly dst: string; readonly table: number }

/**
 * What is wanted of a route: anything a route message holds, where
 *
 * - `dst` is a prefix, an address, an MPLS label, or `default`; left out it is `default` too, of the family of `via` or `family`;
 * - `via` is the gateway's address; of a family that is not the route's, it is sent as RTA_VIA;
 * - `table` is 254 (main) where it is not given, 255 (local) for routes of type local, broadcast, anycast and nat;
 * - `protocol` is `boot`, `type` is `unicast`, and `scope` follows from type and gateway, as iproute2 has it.
 *
 * Routes as `list` gives them are taken as they are. What only the kernel may say is left out: cache information (an IPv6 route's
 * time left becomes `expires`), flags such as `linkdown`, and of a route with `nhId` what that next hop says already.
 */
export type RouteSettings = RouteInput | Route

type Hop = InferInput<typeof nextHop>

/** Flags that the kernel says and does not take. */
const STATES: readonly (string | number)[] = [
  'dead',
  'linkdown',
  'offload',
  'trap',
  'unresolved',
  'cloned',
  'rt-offload',
  'rt-trap',
  'rt-offload-failed',
]
const LOCAL_TYPES: readonly unknown[] = ['local', 'broadcast', 'anycast', 'nat']
const USER_HZ = 100

/** The members that do not go into the message as they are given. */
const TREATED: ReadonlySet<string> = new Set(
  (
    'dst dstLength srcLength via viaOther table headerTable family protocol type scope flags metrics multipath encap ' +
    'cacheinfo expires pad unknown'
  ).split(' '),
)

/** The message for adding a route, or for deleting one: that says no more than it is given. Throws EncodeError. */
export function routeValue(settings: RouteSettings, purpose: 'add' | 'delete'): RouteInput {
  const given = settings as RouteInput
  const { dst, via, viaOther, flags, metrics, multipath, encap } = given
  if (multipath !== undefined) checkHops(multipath)
  const family = familyOfRoute(given)
  // MPLS knows no other type, and wants it said (net/mpls/af_mpls.c, rtm_to_route_config).
  const usualType = purpose === 'add' || sameFamily(family, 'mpls') ? 'unicast' : 'unspec'
  const type = typeName(given.type) ?? usualType
  const table = given.table ?? given.headerTable ?? (LOCAL_TYPES.includes(type) ? TABLES.local : TABLES.main)
  const value: RouteInput = {
    family,
    protocol: given.protocol ?? (purpose === 'add' ? 'boot' : 'unspec'),
    type: given.type ?? usualType,
    scope: given.scope ?? impliedScope(given, family, type, purpose),
    ...tableFields(table),
  }
  // Members one by one rather than by spreading: hundreds of thousands of routes come this way.
  const members = value as Record<string, unknown>
  const source = given as Record<string, unknown>
  for (const name of Object.keys(source)) if (!TREATED.has(name)) members[name] = source[name]
  if (flags !== undefined) members.flags = settable(flags)
  if (dst !== undefined && dst !== 'default') value.dst = dst
  if (via !== undefined) {
    const viaFamily = within('via', () => familyOf(via))
    if (sameFamily(viaFamily, family)) value.via = via
    else value.viaOther = { family: viaFamily, address: via }
  } else if (viaOther !== undefined) value.viaOther = viaOther
  if (metrics !== undefined) value.metrics = anew(metrics)
  if (multipath !== undefined) value.multipath = multipath.map((hop) => hopValue(hop, family))
  if (encap !== undefined) members.encap = anew(encap)
  const expires = given.expires ?? secondsLeft(given.cacheinfo?.expires)
  if (expires !== undefined) value.expires = expires
  if (given.unknown !== undefined) value.unknown = given.unknown
  return given.nhId === undefined ? value : ({ ...value, ...NOTHING_OF_A_HOP } as RouteInput)
}

/** RTA_NH_ID goes together with none of these (net/ipv4/fib_frontend.c, rtm_to_fib_config). */
const NOTHING_OF_A_HOP = {
  oif: undefined,
  via: undefined,
  viaOther: undefined,
  multipath: undefined,
  encapType: undefined,
  encap: undefined,
}

function familyOfRoute({ family, dst, via, prefsrc, src, multipath }: RouteInput): Family {
  if (family !== undefined && !sameFamily(family, 'unspec')) return family
  if (dst !== undefined && dst !== 'default') return isLabel(dst) ? 'mpls' : within('dst', () => familyOf(dst))
  const said = via ?? prefsrc ?? (src === 'default' ? undefined : src) ?? multipath?.find((hop) => hop.via)?.via
  return said === undefined ? 'inet' : within('via', () => familyOf(said))
}

function typeName(type: RouteInput['type']): string | undefined {
  if (typeof type !== 'number') return type
  return Object.entries(ROUTE_TYPES).find(([, number]) => number === type)?.[0] ?? 'other'
}

function impliedScope(given: RouteInput, family: Family, type: string, purpose: 'add' | 'delete') {
  if (!sameFamily(family, 'inet')) return 'global'
  if (type === 'local' || type === 'nat') return 'host'
  if (type === 'broadcast' || type === 'multicast' || type === 'anycast') return 'link'
  if (type !== 'unicast' && type !== 'unspec') return purpose === 'add' ? 'global' : 'nowhere'
  if (purpose === 'delete') return 'nowhere'
  const { via, viaOther, multipath, nhId } = given
  return (via ?? viaOther ?? multipath ?? nhId) === undefined ? 'link' : 'global'
}

/** A table below 256 stands in the header alone, any other in RTA_TABLE alone, as iproute2 sends them. */
export function tableFields(table: number): { headerTable: number; table?: number } {
  return table < 256 ? { headerTable: table } : { headerTable: TABLES.unspec, table }
}

/** The flags that the kernel takes. */
export function settable<Flags extends Bits<string> | number | undefined>(flags: Flags): Flags {
  if (flags === undefined || typeof flags === 'number') return flags
  if (!Array.isArray(flags)) throw new EncodeError(`expected an array of flags, got ${quote(flags)}`).within('flags')
  return flags.filter((flag) => !STATES.includes(flag)) as unknown as Flags
}

function checkHops(multipath: unknown): void {
  within('multipath', () => {
    if (!Array.isArray(multipath)) throw new EncodeError(`expected an array, got ${quote(multipath)}`)
    for (const [i, hop] of multipath.entries()) within(String(i), () => checkObject(hop))
  })
}

function hopValue(hop: Hop | NextHop, family: Family): Hop {
  const { via, flags, ...rest } = anew(hop) as Hop
  const elsewhere =
    via !== undefined &&
    !sameFamily(
      within('via', () => familyOf(via)),
      family,
    )
  return {
    ...rest,
    flags: settable(flags),
    ...(elsewhere ? { viaOther: { family: familyOf(via), address: via } } : { via }),
  } as Hop
}

/** Of hundredths of a second; none where the route does not expire. */
function secondsLeft(expires: number | undefined): number | undefined {
  return expires === undefined || expires <= 0 ? undefined : Math.ceil(expires / USER_HZ)
}

/** Gives a decoded route what every listed route says. */
export function listed(route: RouteMessage): Route {
  const item = route as { dst?: string; table?: number; headerTable?: number; unknown?: unknown }
  if (item.dst === undefined || item.dst === '0.0.0.0/0' || item.dst === '::/0') item.dst = 'default'
  item.table ??= item.headerTable ?? TABLES.unspec
  return item as Route
}

/** How errors call a route. */
export function describe({ dst, src }: { dst?: unknown; src?: unknown }): string {
  const to = dst === undefined || (typeof dst === 'string' && isDefault(dst)) ? 'default' : String(dst)
  return src === undefined ? to : `${to} from ${String(src)}`
}
