import {
  attributes,
  bits,
  bytes,
  EncodeError,
  enumeration,
  type FixedCodec,
  type Infer,
  type InferInput,
  i32,
  ip,
  message,
  multi,
  NESTED,
  quote,
  select,
  sequence,
  struct,
  u8,
  u16be,
  u32,
  u32be,
  u64,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { originator } from '../originator.ts'
import { scope } from '../scope.ts'
import { encapKinds, encapType } from './encap.ts'
import { expires } from './expires.ts'
import { metrics } from './metrics.ts'
import { destination, labels, lengthOfDestination } from './mpls.ts'
import { routeType } from './type.ts'
import { via } from './via.ts'

/** RTNH_F_*: what is so of one next hop. All but `pervasive` and `onlink` are the kernel's to say. */
export const NEXTHOP_FLAGS = {
  dead: 1,
  pervasive: 2,
  onlink: 4,
  offload: 8,
  linkdown: 16,
  unresolved: 32,
  trap: 64,
} as const

/** Those of the only next hop, and RTM_F_* of the route. */
export const ROUTE_FLAGS = {
  ...NEXTHOP_FLAGS,
  notify: 0x100,
  cloned: 0x200,
  equalize: 0x400,
  prefix: 0x800,
  'lookup-table': 0x1000,
  'fib-match': 0x2000,
  'rt-offload': 0x4000,
  'rt-trap': 0x8000,
  'rt-offload-failed': 0x20000000,
} as const

/** RT_TABLE_*. In the header's byte, `compat` stands for a table that needs more than a byte. */
export const TABLES = { unspec: 0, compat: 252, default: 253, main: 254, local: 255 } as const

/** ICMPV6_ROUTER_PREF_*: RFC 4191. */
export const ROUTER_PREFERENCES = { medium: 0, high: 1, invalid: 2, low: 3 } as const

/** A share of a multipath route's traffic, from 1: the wire has one less. */
const weight: FixedCodec<number> = {
  form: u8.form,
  size: 1,
  at: (source, offset) => source[offset]! + 1,
  read: (source, offset, end, base, parent) => u8.read(source, offset, end, base, parent) + 1,
  write(writer, value, parent) {
    if (!Number.isInteger(value) || value < 1 || value > 256)
      throw new EncodeError(`expected a weight from 1 to 256, got ${quote(value)}`)
    u8.write(writer, value - 1, parent)
  },
}

/** struct rtnexthop after its length, and the attributes that a next hop has of its own. */
export const nextHop = message(
  struct({ flags: bits(u8, NEXTHOP_FLAGS), weight, oif: i32 }),
  attributes({
    via: [5, ip],
    flow: [11, u32],
    viaOther: [18, via],
    newdst: [19, labels],
    encapType: [21, encapType],
    encap: [22, select('encapType', encapKinds, bytes), NESTED],
    nhId: [30, u32],
  }),
)

/** struct rtmsg. Tables from 256 up are only in the attribute. */
export const routeHeader = struct({
  family,
  dstLength: u8,
  srcLength: u8,
  tos: u8,
  headerTable: u8,
  protocol: originator,
  scope,
  type: routeType,
  flags: bits(u32, ROUTE_FLAGS),
})

export const routeAttributes = attributes({
  dst: [1, destination(1)],
  src: [2, destination(2)],
  iif: [3, u32],
  oif: [4, u32],
  via: [5, ip],
  metric: [6, u32],
  prefsrc: [7, ip],
  metrics: [8, metrics],
  multipath: [9, sequence(nextHop)],
  protoinfo: [10, bytes],
  flow: [11, u32],
  // rta_clntref and so on; times in hundredths of a second.
  cacheinfo: [
    12,
    struct({ clntref: u32, lastuse: u32, expires: i32, error: u32, used: u32, id: u32, ts: u32, tsage: u32 }),
  ],
  session: [13, bytes],
  mpAlgo: [14, bytes],
  table: [15, u32],
  mark: [16, u32],
  mfcStats: [17, struct({ packets: u64, bytes: u64, wrongIf: u64 })],
  viaOther: [18, via],
  newdst: [19, labels],
  pref: [20, enumeration(u8, ROUTER_PREFERENCES)],
  encapType: [21, encapType],
  encap: [22, select('encapType', encapKinds, bytes), NESTED],
  expires: [23, expires],
  pad: [24, multi(bytes)],
  uid: [25, u32],
  ttlPropagate: [26, u8],
  ipProto: [27, u8],
  // The kernel reads and writes both as __be16 (net/ipv4/route.c).
  sport: [28, u16be],
  dport: [29, u16be],
  nhId: [30, u32],
  flowlabel: [31, u32be],
})

/** RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE. */
export const routeMessage = message(routeHeader, routeAttributes, {
  dstLength: { from: 'dst', absent: 0, of: lengthOfDestination },
  srcLength: { from: 'src', absent: 0, of: lengthOfDestination },
  headerTable: { from: 'table', absent: 0, of: (table: number) => (table < 256 ? table : TABLES.compat) },
})

/** A route attribute by attribute: a default route has no `dst`. */
export type RouteMessage = Infer<typeof routeMessage>
/** What may be said about a route in a request, attribute by attribute. */
export type RouteInput = InferInput<typeof routeMessage>
/** One next hop of a multipath route. */
export type NextHop = Infer<typeof nextHop>
