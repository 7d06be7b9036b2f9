import {
  array,
  attributes,
  bits,
  bytes,
  EncodeError,
  enumeration,
  type FixedCodec,
  flag,
  type Infer,
  type InferInput,
  ip,
  message,
  multi,
  NESTED,
  padding,
  quote,
  select,
  struct,
  u16,
  u32,
  u64,
  uint,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { originator } from '../originator.ts'
import { encapKinds, encapType, NEXTHOP_FLAGS } from '../route/index.ts'
import { scope } from '../scope.ts'

/** NEXTHOP_GRP_TYPE_*. */
export const GROUP_TYPES = { mpath: 0, resilient: 1 } as const

/** NHA_OP_FLAG_*: what an answer is to hold beyond the ordinary. */
export const OPERATION_FLAGS = { 'dump-stats': 1, 'dump-hw-stats': 2, 'resp-grp-resvd-0': 0x80000000 } as const

/** From 1: the wire has one less, its high byte in what used to be reserved (`weight_high`). */
const weight: FixedCodec<number> = {
  form: u16.form,
  size: 2,
  at: (source, offset) => u16.at(source, offset) + 1,
  read: (source, offset, end, base, parent) => u16.read(source, offset, end, base, parent) + 1,
  write(writer, value, parent) {
    if (!Number.isInteger(value) || value < 1 || value > 65536) {
      throw new EncodeError(`expected a weight from 1 to 65536, got ${quote(value)}`)
    }
    u16.write(writer, value - 1, parent)
  },
}

/** struct nexthop_grp. */
export const groupMember = struct({ id: u32, weight, resvd2: padding(2) })

/** Times in hundredths of a second. */
export const resilientGroup = attributes({
  pad: [0, multi(bytes)],
  buckets: [1, u16],
  idleTimer: [2, u32],
  unbalancedTimer: [3, u32],
  unbalancedTime: [4, u64],
})

export const resilientBucket = attributes({
  pad: [0, multi(bytes)],
  index: [1, u16],
  idleTime: [2, u64],
  nhId: [3, u32],
})

const memberStatistics = attributes({ id: [1, u32], packets: [2, uint], packetsHw: [3, uint] })

/** struct nhmsg. */
export const nexthopHeader = struct({
  family,
  scope,
  protocol: originator,
  resvd: padding(1),
  flags: bits(u32, NEXTHOP_FLAGS),
})

export const nexthopAttributes = attributes({
  id: [1, u32],
  group: [2, array(groupMember)],
  groupType: [3, enumeration(u16, GROUP_TYPES)],
  blackhole: [4, flag],
  oif: [5, u32],
  via: [6, ip],
  encapType: [7, encapType],
  encap: [8, select('encapType', encapKinds, bytes), NESTED],
  groups: [9, flag],
  master: [10, u32],
  fdb: [11, flag],
  resGroup: [12, resilientGroup, NESTED],
  resBucket: [13, resilientBucket, NESTED],
  opFlags: [14, bits(u32, OPERATION_FLAGS)],
  groupStats: [15, attributes({ entry: [1, multi(memberStatistics), NESTED] }), NESTED],
  hwStatsEnable: [16, u32],
  hwStatsUsed: [17, u32],
})

/** RTM_NEWNEXTHOP and so on, and those of buckets: struct nhmsg and NHA_* (include/uapi/linux/nexthop.h). */
export const nexthopMessage = message(nexthopHeader, nexthopAttributes)

/** A next hop that routes refer to by `id`, or a group of such. */
export type Nexthop = Infer<typeof nexthopMessage>
/** What may be said about a next hop in a request, attribute by attribute. */
export type NexthopInput = InferInput<typeof nexthopMessage>
