import { type address as addresses, type link as links, SCOPES } from '../../../rtnl/index.ts'
import { hasFlag } from '../../devices.ts'
import { type Address as Prefix, readAddress } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { FilterDraft } from './filter.ts'
import { matchesPattern } from './pattern.ts'

type Address = addresses.Address
type Link = links.Link

/** Whether the link itself is meant. */
export function matchesLink({ request: filter }: FilterDraft, link: Link): boolean {
  if (filter.index !== undefined && link.index !== filter.index) return false
  if (filter.up && !hasFlag(link, 'up')) return false
  if (filter.label !== undefined) return true
  if (filter.group !== undefined && link.group !== undefined && link.group !== filter.group) return false
  if ((filter.master ?? 0) > 0 && link.master !== filter.master) return false
  if (filter.kind !== undefined && link.linkinfo?.kind !== filter.kind) return false
  return filter.slaveKind === undefined || link.linkinfo?.slaveKind === filter.slaveKind
}

/** Whether the address is meant, whatever its link. */
export function matchesAddress({ request: filter, family }: FilterDraft, address: Address, session: Session): boolean {
  if (filter.index !== undefined && filter.index !== address.index) return false
  if (family !== 'unspec' && family !== address.family) return false
  const { scope, flags = [] } = address
  if (filter.scope !== undefined && filter.scope !== (typeof scope === 'number' ? scope : SCOPES[scope])) return false
  for (const [flag, wanted] of filter.flags) if (flags.includes(flag) !== wanted) return false
  if (filter.label !== undefined) {
    const label = address.label ?? session.devices.name(address.index)
    if (!matchesPattern(filter.label, label)) return false
  }
  return filter.to === undefined || isInside(localOf(address), filter.to)
}

/** The link's own address, without a length. */
export function localOf({ local, address = '' }: Address): string {
  return local ?? address.replace(/\/.*/, '')
}

/** Whether an address lies in a prefix; in one of length 0 all do, whatever their family. */
export function isInside(text: string, prefix: Prefix): boolean {
  if (prefix.family === 'unspec' || prefix.length === 0) return true
  const address = readAddress(text, prefix.family)
  return address !== undefined && sameBits(address.bytes, prefix.bytes, prefix.length)
}

/** Whether two addresses begin with the same `length` bits. What is missing counts as zero. */
export function sameBits(a: Uint8Array, b: Uint8Array, length: number): boolean {
  for (let bit = 0; bit < length; bit += 8) {
    const mask = length - bit >= 8 ? 0xff : 0xff << (8 - (length - bit))
    if ((((a[bit >> 3] ?? 0) ^ (b[bit >> 3] ?? 0)) & mask) !== 0) return false
  }
  return true
}
