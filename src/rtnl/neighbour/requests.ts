import {
  acknowledged,
  answered,
  asObject,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  NLM_F_APPEND,
  NLM_F_BULK,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  quote,
  type Request,
  within,
} from '../../netlink/index.ts'
import type { Family } from '../family.ts'
import { checkFamily, familyOf, sameFamily } from '../prefix.ts'
import { type NEIGHBOUR_FLAGS, type Neighbour, type NeighbourInput, neighbourMessage } from './message.ts'
import { RTM_DELNEIGH, RTM_GETNEIGH, RTM_NEWNEIGH } from './messages.ts'

/**
 * What is wanted of a neighbour: anything a neighbour message holds. `index` is the link's; `family` follows from `dst`.
 *
 * `state` is `permanent` where it is not given (none, of a neighbour that the kernel is to manage). In family `bridge` it is
 * `noarp` and `permanent`, and the entry is the link's own (`self`) where `flags` do not say `master`.
 *
 * Neighbours as `list` gives them are taken as they are; times and counts are left out.
 */
export type NeighbourSettings = NeighbourInput | Neighbour

/** Which neighbours are listed. */
export interface NeighbourFilter {
  /** `bridge` lists forwarding tables. */
  readonly family?: Family | undefined
  /** The index of a link. */
  readonly index?: number | undefined
  /** The index of the bridge, or of the VRF, that the link belongs to. */
  readonly master?: number | undefined
  /** Addresses that the host answers for, instead of neighbours. */
  readonly proxy?: boolean | undefined
}

/** Adds a neighbour. Fails with EEXIST where there is one. Throws EncodeError. */
export function add(settings: NeighbourSettings): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Changes a neighbour. Fails with ENOENT where there is none. Throws EncodeError. */
export function change(settings: NeighbourSettings): Request<void> {
  return make('change', NLM_F_REPLACE, settings)
}

/** Adds a neighbour, or changes the one that there is. Throws EncodeError. */
export function replace(settings: NeighbourSettings): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

/** Adds a further far end of a vxlan device's forwarding entry. Throws EncodeError. */
export function append(settings: NeighbourSettings): Request<void> {
  return make('append', NLM_F_CREATE | NLM_F_APPEND, settings)
}

function make(verb: string, flags: number, settings: NeighbourSettings): Request<void> {
  checkObject(settings)
  const operation = `${verb} neighbour ${describe(settings)}`
  return acknowledged({
    operation,
    type: RTM_NEWNEIGH,
    flags,
    codec: neighbourMessage,
    value: neighbourValue(settings),
  })
}

/** Deletes a neighbour. Fails with ENOENT where there is none. Throws EncodeError. */
export function remove(settings: NeighbourSettings): Request<void> {
  checkObject(settings)
  const { lladdr, dst, flagsExt, protocol, ...value } = neighbourValue(settings)
  const bridge = sameFamily(value.family ?? 0, 'bridge')
  return acknowledged({
    operation: `delete neighbour ${describe(settings)}`,
    type: RTM_DELNEIGH,
    codec: neighbourMessage,
    // Of a forwarding entry the station says which it is, of a neighbour the address.
    value: bridge ? { ...value, lladdr, dst } : { ...value, dst },
  })
}

/** Which entries of a forwarding table are flushed: of those with all that is said here, all. */
export interface FlushFilter {
  /** The index of the bridge, with `self`; or of a port, with `master`. */
  readonly index: number
  /** The index of the port that the entries point to. */
  readonly port?: number | undefined
  readonly vlan?: number | undefined
  /** Whose table: the link's own (`self`) where it is not said. */
  readonly owner?: readonly ('self' | 'master')[] | undefined
  /** States that an entry is to have, out of those in `stateMask`, which are looked at. */
  readonly state?: NeighbourInput['state']
  readonly stateMask?: NeighbourInput['stateMask']
  /** The same of flags. */
  readonly flags?: readonly (keyof typeof NEIGHBOUR_FLAGS)[] | undefined
  readonly flagsMask?: NeighbourInput['flagsMask']
}

/** Deletes the entries of a forwarding table that the filter says, at once. Kernels from 5.19 on. Throws EncodeError. */
export function flush(filter: FlushFilter): Request<void> {
  const { index, port, owner = ['self'], flags = [], ...rest } = asObject(filter)
  if (!Array.isArray(flags)) throw new EncodeError(`expected an array of flags, got ${quote(flags)}`).within('flags')
  return acknowledged({
    operation: `flush forwarding table of link with index ${index}`,
    type: RTM_DELNEIGH,
    flags: NLM_F_BULK,
    codec: neighbourMessage,
    value: { ...rest, family: 'bridge', index, ifindex: port, flags: [...owner, ...flags] },
  })
}

/** Asks for one neighbour by `dst`, or one forwarding entry (family `bridge`) by `lladdr`. Fails with ENOENT. Throws EncodeError. */
export function get(
  query: Pick<NeighbourInput, 'family' | 'index' | 'dst' | 'lladdr' | 'vlan' | 'vni' | 'master'> & {
    readonly proxy?: boolean
    /** Of a forwarding entry: whose table it is in, the link's own or its bridge's. */
    readonly flags?: readonly ('self' | 'master')[]
  },
): Request<Neighbour> {
  checkObject(query)
  const { proxy = false, index, flags, ...which } = query
  const family = familyOfNeighbour(query)
  const value: NeighbourInput = { ...which, family, index, flags: proxy ? ['proxy'] : flags }
  return answered(
    { operation: `get neighbour ${describe(query)}`, type: RTM_GETNEIGH, codec: neighbourMessage, value },
    neighbourMessage,
  )
}

/** Asks for neighbours. The kernel filters where it checks strictly; older ones leave it to this. Throws EncodeError. */
export function list(filter: NeighbourFilter = {}): DumpRequest<Neighbour> {
  const { family, index, master, proxy = false, ...rest } = asObject(filter)
  checkRest(rest)
  const value: NeighbourInput = { family, flags: proxy ? ['proxy'] : undefined, ifindex: index, master }
  const wanted = (neighbour: Neighbour) =>
    (index === undefined || neighbour.index === index) &&
    (family === undefined || sameFamily(family, 'unspec') || sameFamily(neighbour.family, family))
  return dumped(
    { operation: 'list neighbours', type: RTM_GETNEIGH, codec: neighbourMessage, value },
    neighbourMessage,
    (neighbour: Neighbour) => (wanted(neighbour) ? neighbour : undefined),
  )
}

/** How errors call a neighbour. */
function describe({ dst, lladdr }: { dst?: unknown; lladdr?: unknown }): string {
  return String(dst ?? lladdr)
}

function familyOfNeighbour({ family, dst, lladdr }: Pick<NeighbourInput, 'family' | 'dst' | 'lladdr'>): Family {
  if (family !== undefined && !sameFamily(family, 'unspec')) {
    if (dst !== undefined && !sameFamily(family, 'bridge')) checkFamily('dst', dst, family)
    return family
  }
  if (dst !== undefined) return within('dst', () => familyOf(dst))
  if (lladdr !== undefined) return 'bridge'
  throw new EncodeError('no address is given').within('dst')
}

function neighbourValue(settings: NeighbourSettings): NeighbourInput {
  const { cacheinfo, probes, flags, state, flagsExt, ...rest } = settings as NeighbourInput
  void cacheinfo
  void probes
  const family = familyOfNeighbour(settings as NeighbourInput)
  const bridge = sameFamily(family, 'bridge')
  const managed = Array.isArray(flagsExt) && flagsExt.includes('managed')
  const usual = bridge ? (['noarp', 'permanent'] as const) : managed ? ([] as const) : (['permanent'] as const)
  return {
    ...rest,
    family,
    state: state ?? usual,
    flags: bridge ? owner(flags, rest.master) : settable(flags),
    flagsExt: Array.isArray(flagsExt) && flagsExt.length === 0 ? undefined : flagsExt,
  }
}

type Flags = NeighbourInput['flags']

/** Whose forwarding table is meant: entries of a bridge are listed without saying `master`, only which one. */
function owner(flags: Flags, master: number | undefined): Flags {
  const given = settable(flags) ?? []
  if (typeof given === 'number' || given.includes('self') || given.includes('master')) return given
  return [...given, master === undefined ? 'self' : 'master']
}

/** The flags that the kernel takes. */
function settable(flags: Flags): Flags {
  return Array.isArray(flags) ? flags.filter((flag) => flag !== 'offloaded') : flags
}
