import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A member of a struct of the kernel's specs. */
export interface Member {
  readonly name: string
  readonly type: string
  readonly len?: number
  readonly struct?: string
  readonly 'byte-order'?: 'big-endian'
  readonly enum?: string
}

export interface SpecAttribute {
  readonly name: string
  readonly type?: string
  readonly value?: number
  readonly 'byte-order'?: 'big-endian'
  readonly 'nested-attributes'?: string
  readonly 'sub-type'?: string
  readonly 'sub-message'?: string
  readonly selector?: string
  readonly struct?: string
  readonly enum?: string
  readonly 'enum-as-flags'?: boolean
  readonly 'multi-attr'?: boolean
}

export interface AttributeSet {
  readonly name: string
  readonly 'subset-of'?: string
  readonly attributes: readonly SpecAttribute[]
}

export interface Definition {
  readonly name: string
  readonly type: 'struct' | 'enum' | 'flags' | 'const'
  readonly 'value-start'?: number
  readonly entries?: readonly (string | { readonly name: string; readonly value?: number })[]
  readonly members?: readonly Member[]
}

interface Direction {
  readonly value?: number
}

export interface Operation {
  readonly name: string
  readonly value?: number
  readonly 'fixed-header'?: string
  readonly 'attribute-set'?: string
  readonly do?: { readonly request?: Direction; readonly reply?: Direction }
  readonly dump?: { readonly request?: Direction; readonly reply?: Direction }
}

export interface Spec {
  readonly name: string
  readonly definitions: readonly Definition[]
  readonly 'attribute-sets': readonly AttributeSet[]
  readonly 'sub-messages'?: readonly {
    readonly name: string
    readonly formats: readonly {
      readonly value: string
      readonly 'attribute-set'?: string
      readonly 'fixed-header'?: string
    }[]
  }[]
  readonly operations: { readonly 'fixed-header'?: string; readonly list: readonly Operation[] }
  readonly 'mcast-groups'?: { readonly list: readonly { readonly name: string; readonly value: number }[] }
}

const folder = new URL('../../../shared/reference/ynl/', import.meta.url)

/** Why the specs cannot be compared with, if so. */
export const missing = existsSync(folder) ? undefined : 'the kernel specs (../shared/reference/ynl) are not here'

/** One of the kernel's netlink specs (Documentation/netlink/specs). */
export function loadSpec(name: string): Spec {
  return parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')) as Spec
}

/** The attributes of a set with their numbers; those of a subset take both from the whole. */
export function numbered(spec: Spec, name: string): readonly (SpecAttribute & { readonly number: number })[] {
  const set = spec['attribute-sets'].find((one) => one.name === name)
  if (set === undefined) throw new Error(`${spec.name} has no attribute set ${name}`)
  const whole = set['subset-of']
  if (whole !== undefined) {
    const all = numbered(spec, whole)
    return set.attributes.map((attribute) => {
      const found = all.find((one) => one.name === attribute.name)
      if (found === undefined) throw new Error(`${whole} lacks ${attribute.name} of its subset ${name}`)
      return { ...found, ...attribute }
    })
  }
  let next = 1
  return set.attributes.map((attribute) => {
    const number = attribute.value ?? next
    next = number + 1
    return { ...attribute, number }
  })
}

/** The values of an enumeration, or of the bits of a set of flags. */
export function entriesOf(spec: Spec, name: string, asFlags: boolean): readonly { name: string; value: number }[] {
  const definition = spec.definitions.find((one) => one.name === name)
  if (definition?.entries === undefined) throw new Error(`${spec.name} has no enumeration ${name}`)
  let next = definition['value-start'] ?? 0
  return definition.entries.map((entry) => {
    const index = (typeof entry === 'string' ? undefined : entry.value) ?? next
    next = index + 1
    const value = asFlags || definition.type === 'flags' ? 2 ** index : index
    return { name: typeof entry === 'string' ? entry : entry.name, value }
  })
}

/** Members of a struct with their places; structs inside are taken apart. */
export function layoutOf(spec: Spec, name: string, from = 0): readonly (Member & { offset: number; size: number })[] {
  const definition = spec.definitions.find((one) => one.name === name && one.type === 'struct')
  if (definition?.members === undefined) throw new Error(`${spec.name} has no struct ${name}`)
  let offset = from
  return definition.members.flatMap((member) => {
    if (member.struct !== undefined) {
      const inner = layoutOf(spec, member.struct, offset)
      const last = inner.at(-1)!
      offset = last.offset + last.size
      return inner.map((one) => ({ ...one, name: `${member.name}.${one.name}` }))
    }
    const size = member.len ?? integerOf(member.type)?.size ?? 0
    offset += size
    return [{ ...member, offset: offset - size, size }]
  })
}

export function integerOf(type: string): { readonly size: number; readonly signed: boolean } | undefined {
  const found = /^([us])(8|16|32|64)$/.exec(type)
  if (type === 'uint' || type === 'sint') return { size: 0, signed: type === 'sint' }
  return found === null ? undefined : { size: Number(found[2]) / 8, signed: found[1] === 's' }
}
