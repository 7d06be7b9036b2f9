import {
  acknowledged,
  answered,
  asObject,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  type Request,
  within,
} from '../../netlink/index.ts'
import { anew } from '../anew.ts'
import type { Family } from '../family.ts'
import { checkFamily, familyOf, sameFamily } from '../prefix.ts'
import { type Nexthop, type NexthopInput, nexthopMessage } from './message.ts'
import { RTM_DELNEXTHOP, RTM_GETNEXTHOP, RTM_GETNEXTHOPBUCKET, RTM_NEWNEXTHOP } from './messages.ts'

/**
 * What is wanted of a next hop: anything a next hop message holds. `family` follows from `via`, is `unspec` for a group, and `inet`
 * where neither says otherwise. Without an `id` the kernel chooses one.
 *
 * Next hops as `list` gives them are taken as they are; scope, counters and times are left out.
 */
export type NexthopSettings = NexthopInput | Nexthop

/** Which next hops are listed. */
export interface NexthopFilter {
  readonly family?: Family | undefined
  /** The index of the link that they leave by. */
  readonly oif?: number | undefined
  /** The index of the VRF or bridge that this link belongs to. */
  readonly master?: number | undefined
  /** Groups alone. */
  readonly groups?: boolean | undefined
  /** Those of forwarding tables alone. */
  readonly fdb?: boolean | undefined
}

/** Which buckets of resilient groups are listed. */
export interface BucketFilter {
  /** Of the next hop that a bucket sends by. */
  readonly family?: Family | undefined
  /** The group's id. */
  readonly id?: number | undefined
  readonly oif?: number | undefined
  readonly master?: number | undefined
  /** The next hop that a bucket sends by. */
  readonly nhId?: number | undefined
}

/** Adds a next hop or a group. Fails with EEXIST where the id is taken. Throws EncodeError. */
export function add(settings: NexthopSettings): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Adds a next hop or a group, or changes the one with this id. Throws EncodeError. */
export function replace(settings: NexthopSettings): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

function make(verb: string, flags: number, settings: NexthopSettings): Request<void> {
  checkObject(settings)
  const value = nexthopValue(settings as NexthopInput)
  const operation = `${verb} nexthop ${value.id ?? ''}`.trimEnd()
  return acknowledged({ operation, type: RTM_NEWNEXTHOP, flags, codec: nexthopMessage, value })
}

/** Deletes a next hop, and the routes that use it. Fails with ENOENT where there is none. Throws EncodeError. */
export function remove(target: { readonly id?: number | undefined }): Request<void> {
  const id = idOf(target)
  return acknowledged({ operation: `delete nexthop ${id}`, type: RTM_DELNEXTHOP, codec: nexthopMessage, value: { id } })
}

/** Asks for one next hop. Fails with ENOENT where there is none. Throws EncodeError. */
export function get(target: Pick<NexthopInput, 'id' | 'opFlags'>): Request<Nexthop> {
  const id = idOf(target)
  const value: NexthopInput = { id, opFlags: target.opFlags }
  return answered(
    { operation: `get nexthop ${id}`, type: RTM_GETNEXTHOP, codec: nexthopMessage, value },
    nexthopMessage,
  )
}

/** Asks for next hops. Throws EncodeError. */
export function list(filter: NexthopFilter = {}): DumpRequest<Nexthop> {
  const { family, oif, master, groups = false, fdb = false, ...rest } = asObject(filter)
  checkRest(rest)
  const value: NexthopInput = { family, oif, master, groups: groups || undefined, fdb: fdb || undefined }
  return dumped(
    { operation: 'list nexthops', type: RTM_GETNEXTHOP, codec: nexthopMessage, value },
    nexthopMessage,
    (nexthop: Nexthop) =>
      family === undefined || sameFamily(family, 'unspec') || sameFamily(nexthop.family, family) ? nexthop : undefined,
  )
}

/** Asks for one bucket of a resilient group, whose next hop is in `resBucket.nhId`. Throws EncodeError. */
export function getBucket(bucket: { readonly id: number; readonly index: number }): Request<Nexthop> {
  const { id, index } = asObject(bucket)
  const value: NexthopInput = { id, resBucket: { index } }
  return answered(
    { operation: `get bucket ${index} of nexthop ${id}`, type: RTM_GETNEXTHOPBUCKET, codec: nexthopMessage, value },
    nexthopMessage,
  )
}

/** Asks for the buckets of resilient groups. Throws EncodeError. */
export function listBuckets(filter: BucketFilter = {}): DumpRequest<Nexthop> {
  const { family, id, oif, master, nhId, ...rest } = asObject(filter)
  checkRest(rest)
  const value: NexthopInput = { family, id, oif, master, resBucket: nhId === undefined ? undefined : { nhId } }
  return dumped(
    { operation: 'list nexthop buckets', type: RTM_GETNEXTHOPBUCKET, codec: nexthopMessage, value },
    nexthopMessage,
  )
}

function idOf(target: { readonly id?: number | undefined }): number {
  const { id } = asObject(target)
  if (id === undefined) throw new EncodeError('which nexthop is not said').within('id')
  return id
}

/** What the kernel says of a next hop and does not take. */
const STATES: readonly (string | number)[] = ['dead', 'linkdown', 'offload', 'trap', 'unresolved']

function nexthopValue(given: NexthopInput): NexthopInput {
  const { scope, flags, groupStats, hwStatsUsed, opFlags, resGroup, encap, ...rest } = given
  void scope
  void groupStats
  void hwStatsUsed
  void opFlags
  const { unbalancedTime, pad, ...group } = resGroup ?? {}
  void unbalancedTime
  void pad
  const value = {
    ...rest,
    family: familyOfNexthop(given),
    flags: Array.isArray(flags) ? flags.filter((flag) => !STATES.includes(flag)) : flags,
    resGroup: resGroup === undefined ? undefined : group,
  }
  return (encap === undefined ? value : { ...value, encap: anew(encap) }) as NexthopInput
}

function familyOfNexthop({ family, via, group }: NexthopInput): Family {
  if (via !== undefined) {
    checkFamily('via', via, family)
    return within('via', () => familyOf(via))
  }
  return family ?? (group === undefined ? 'inet' : 'unspec')
}
