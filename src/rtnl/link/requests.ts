import {
  acknowledged,
  answered,
  type Bits,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  NLM_F_APPEND,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  type Request,
} from '../../netlink/index.ts'
import { FAMILIES, type Family } from '../family.ts'
import type { EXT_MASK } from './attributes.ts'
import { type Link, type LinkInput, linkMessage, linkRequest } from './message.ts'
import { RTM_DELLINK, RTM_DELLINKPROP, RTM_GETLINK, RTM_NEWLINK, RTM_NEWLINKPROP, RTM_SETLINK } from './messages.ts'
import { checkAlternativeName, isLong } from './name.ts'
import { describe, type LinkSettings, type LinkTarget, linkValue, targetValue } from './value.ts'

export type ExtMask = Bits<keyof typeof EXT_MASK> | number

/** What an answer is to hold beyond the ordinary. */
export interface Extent {
  /** Whether counters are wanted (`stats64`); some hardware takes long to say them. */
  readonly stats?: boolean | undefined
  /** RTEXT_FILTER_* instead of that, see EXT_MASK. `vf` can hold the kernel's RTNL lock for a second. */
  readonly extMask?: ExtMask | undefined
}

/** Which links are listed; each says no more than that such links are. */
export interface LinkFilter extends Extent {
  /** `bridge` lists bridges' ports as bridge(8) sees them, `inet6` links as IPv6 sees them. */
  readonly family?: Family | undefined
  readonly kind?: string | undefined
  /** The index of their master; 0 for links without one. */
  readonly master?: number | undefined
  /** A network namespace by the id that this one has given it. */
  readonly targetNetnsid?: number | undefined
}

/** Makes a link. Fails with EEXIST where the name is taken, EOPNOTSUPP where the kernel lacks the kind. Throws EncodeError. */
export function add(settings: LinkSettings): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Makes a link, or changes the one that has the name, as far as its kind can be changed. Throws EncodeError. */
export function replace(settings: LinkSettings): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

function make(verb: string, flags: number, settings: LinkSettings): Request<void> {
  const value = linkValue(settings)
  const operation = `${verb} link ${describe({ name: value.name ?? String(value.linkinfo?.kind ?? '') })}`
  return acknowledged({ operation, type: RTM_NEWLINK, flags, codec: linkRequest, value })
}

/**
 * Changes a link, said by `index` or else by `name` or `altName`. With an index, `name` is the new name; a new name of a link
 * that is up needs a kernel of 6.2 or later. With `group` alone, all links of that group are changed.
 *
 * In family `bridge` it is what bridge(8) does to a port: `afSpec.vlanInfo`, `protinfo`. Throws EncodeError.
 */
export function set(settings: LinkSettings): Request<void> {
  return alter('set', settings)
}

/** The same as `set`. */
export function change(settings: LinkSettings): Request<void> {
  return alter('change', settings)
}

function alter(verb: string, settings: LinkSettings): Request<void> {
  const { index, name, altName, group } = settings ?? {}
  const long = index === undefined && altName === undefined && typeof name === 'string' && isLong(name)
  const value = linkValue(long ? { ...settings, name: undefined, altName: name } : settings)
  if (index !== undefined) targetValue({ index })
  else if (name === undefined && altName === undefined && group === undefined) targetValue({} as never)
  const type = isBridge(settings.family) ? RTM_SETLINK : RTM_NEWLINK
  const operation = `${verb} link ${describe(index === undefined ? { name, altName } : { index })}`
  return acknowledged({ operation, type, codec: linkRequest, value: asIproute(value) })
}

/** iproute2 names a master's kind as the link's own kind, with `_slave` after it; the kernel looks at neither. */
function asIproute(value: LinkInput): LinkInput {
  const { kind, slaveKind, slaveData, ...rest } = (value.linkinfo ?? {}) as Record<string, unknown>
  if (slaveKind === undefined || kind !== undefined) return value
  return { ...value, linkinfo: { ...rest, kind: `${slaveKind}_slave`, slaveData } as never }
}

function isBridge(family: Family | undefined): boolean {
  return family === 'bridge' || family === FAMILIES.bridge
}

/**
 * Deletes a link. Deleting one end of a veth deletes the other. With `{ group }`, all links of the group; with
 * `{ family: 'bridge', index, afSpec }`, VLANs of a bridge's port. Throws EncodeError.
 */
export function remove(target: LinkTarget | Pick<LinkInput, 'family' | 'index' | 'group' | 'afSpec'>): Request<void> {
  const given = typeof target === 'object' && target !== null ? (target as LinkInput) : {}
  const which = given.group === undefined || given.index !== undefined ? targetValue(target as LinkTarget) : {}
  const { family, group, afSpec } = given
  const operation = `delete link ${describe(which) || `of group ${group}`}`
  const value = { family, ...which, group, afSpec }
  return acknowledged({ operation, type: RTM_DELLINK, codec: linkRequest, value })
}

/** Asks for one link. Fails with ENODEV where there is none. Without `stats`, counters are left out. Throws EncodeError. */
export function get(target: LinkTarget, extent: Extent & { targetNetnsid?: number | undefined } = {}): Request<Link> {
  checkObject(extent)
  const which = targetValue(target)
  const value = { ...which, targetNetnsid: extent.targetNetnsid, extMask: extMaskOf(extent) }
  return answered(
    { operation: `get link ${describe(which)}`, type: RTM_GETLINK, codec: linkRequest, value },
    linkMessage,
  )
}

/** Asks for all links, or those that a filter says; the kernel filters as far as it can. Throws EncodeError. */
export function list(filter: LinkFilter = {}): DumpRequest<Link> {
  checkObject(filter)
  const { family, kind, master, targetNetnsid, stats, extMask, ...rest } = filter
  checkRest(rest)
  // The handlers of these families take less: with strict checking, anything else is refused (net/core/rtnetlink.c,
  // net/ipv6/addrconf.c).
  const bridge = isBridge(family)
  const narrow = bridge || family === 'inet6' || family === FAMILIES.inet6
  const value: LinkInput = narrow
    ? { family, extMask: bridge ? filter.extMask : undefined }
    : {
        family,
        targetNetnsid,
        master: master === 0 ? undefined : master,
        linkinfo: kind === undefined ? undefined : ({ kind } as LinkInput['linkinfo']),
        extMask: extMaskOf(filter),
      }
  // A kind that the kernel has no module for, and a master of 0, filter nothing there.
  const wanted = (link: Link, type: number) =>
    type === RTM_NEWLINK &&
    (kind === undefined || String(link.linkinfo?.kind ?? '') === kind) &&
    (master === undefined || (link.master ?? 0) === master)
  return dumped(
    { operation: 'list links', type: RTM_GETLINK, codec: linkRequest, value },
    linkMessage,
    (link: Link, type) => (wanted(link, type) ? link : undefined),
  )
}

function extMaskOf({ stats = false, extMask }: Extent): ExtMask | undefined {
  return extMask ?? (stats ? undefined : ['skip-stats'])
}

/** Gives a link alternative names, 1 to 127 bytes each. Fails with EEXIST where one is taken. Throws EncodeError. */
export function addAltName(target: LinkTarget, ...names: readonly string[]): Request<void> {
  return alternative('add', RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND, target, names)
}

/** Takes alternative names from a link. Throws EncodeError. */
export function deleteAltName(target: LinkTarget, ...names: readonly string[]): Request<void> {
  return alternative('delete', RTM_DELLINKPROP, 0, target, names)
}

function alternative(verb: string, type: number, flags: number, target: LinkTarget, names: readonly string[]) {
  const which = targetValue(target)
  if (names.length === 0) throw new EncodeError('no name is given').within('altName').within('propList')
  for (const [i, name] of names.entries()) checkAlternativeName(name, 'propList', 'altName', String(i))
  const operation = `${verb} alternative name ${names.join(', ')} of link ${describe(which)}`
  return acknowledged({ operation, type, flags, codec: linkRequest, value: { ...which, propList: { altName: names } } })
}
