import {
  acknowledged,
  asObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  type InferInput,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  type Request,
} from '../../../netlink/index.ts'
import type { originator } from '../../originator.ts'
import { RTM_DELMDB, RTM_GETMDB, RTM_NEWMDB } from '../types.ts'
import { databaseMessage, entryMessage, type MulticastDatabase } from './message.ts'

/** A multicast group that a port of a bridge listens to. */
export interface MulticastGroup {
  /** The bridge's index, or the vxlan device's. */
  readonly index: number
  /** The index of the port; the bridge's own for what the host itself listens to. */
  readonly port: number
  /** `239.1.1.1`, `ff02::1:3`, or a station's address. */
  readonly group: string
  /** The only sender that is listened to. */
  readonly source?: string | undefined
  readonly vlan?: number | undefined
  /** Whether it stays until it is deleted. */
  readonly permanent?: boolean | undefined
  /** Whether `sources` are the senders that are listened to, or those that are not. */
  readonly filterMode?: 'include' | 'exclude' | undefined
  readonly sources?: readonly string[] | undefined
  readonly protocol?: InferInput<typeof originator> | undefined
}

/** Adds a group. Fails with EEXIST where the port listens to it already. Throws EncodeError. */
export function add(entry: MulticastGroup): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, entry)
}

/** Adds a group, or changes it where it is there. Kernels from 6.2 on. Throws EncodeError. */
export function replace(entry: MulticastGroup): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, entry)
}

function make(verb: string, flags: number, entry: MulticastGroup): Request<void> {
  const { operation, value } = described(verb, entry)
  return acknowledged({ operation, type: RTM_NEWMDB, flags, codec: entryMessage, value })
}

/** Deletes a group. Fails with EINVAL or ENOENT where there is none. Throws EncodeError. */
export function remove(entry: MulticastGroup): Request<void> {
  const { operation, value } = described('delete', entry)
  return acknowledged({ operation, type: RTM_DELMDB, codec: entryMessage, value })
}

function described(verb: string, settings: MulticastGroup) {
  const { index, port, group, source, vlan = 0, permanent = false, filterMode, sources, protocol } = settings ?? {}
  if (typeof group !== 'string') throw new EncodeError('no group is given').within('group')
  const more = {
    source,
    srcList: sources && { entry: sources.map((address) => ({ address })) },
    groupMode: filterMode,
    rtprot: protocol,
  }
  const value = {
    family: 'bridge' as const,
    ifindex: index,
    entry: { ifindex: port, state: permanent ? ('permanent' as const) : ('temporary' as const), vid: vlan, group },
    attributes: Object.values(more).some((attribute) => attribute !== undefined) ? more : undefined,
  }
  return { operation: `${verb} multicast group ${group}`, value }
}

/** Asks for the groups of all bridges, or of the one with `index`; one item a bridge, or several where it has many. */
export function list(filter: { readonly index?: number | undefined } = {}): DumpRequest<MulticastDatabase> {
  const { index, ...rest } = asObject(filter)
  checkRest(rest)
  return dumped(
    { operation: 'list multicast groups', type: RTM_GETMDB, codec: databaseMessage, value: { family: 'bridge' } },
    databaseMessage,
    (database: MulticastDatabase) => (index === undefined || database.ifindex === index ? database : undefined),
  )
}
