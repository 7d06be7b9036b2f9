import type { AnyCodec, AttributeTable, Form, StructField } from '../../src/netlink/index.ts'
import { entriesOf, integerOf, layoutOf, numbered, type Spec, type SpecAttribute } from './spec.ts'

/** Where our tables say otherwise than the kernel's spec, by place: what each says. */
export type Deviations = Map<string, string>

type Tables = readonly (readonly [set: string, table: AttributeTable])[]

/** Compares attribute sets and all that they hold, each pair of a set and a table once. */
export function compareSets(spec: Spec, tables: Tables): Deviations {
  const found: Deviations = new Map()
  const seen = new Set<string>()
  const walk = (set: string, table: AttributeTable): void => {
    const key = `${set} ${table.entries.map(({ name }) => name).join()}`
    if (seen.has(key)) return
    seen.add(key)
    const known = new Set<number>()
    for (const attribute of numbered(spec, set)) {
      known.add(attribute.number)
      const place = `${set}.${attribute.name}`
      const entry = table.byType[attribute.number]
      if (attribute.type === 'pad' || attribute.type === 'unused') continue
      if (entry === undefined) found.set(place, `number ${attribute.number} is not in our table`)
      else compareAttribute(place, attribute, entry.codec)
    }
    for (const { type, name } of table.entries) {
      if (!known.has(type)) found.set(`${set}.+${name}`, `number ${type} is not in the spec`)
    }
  }

  const compareAttribute = (place: string, attribute: SpecAttribute, codec: AnyCodec): void => {
    const one = attribute['multi-attr'] === true ? elementOf(codec, 'multi') : codec
    if (one === undefined) return void found.set(place, `may come several times, ours is ${codec.form.is}`)
    if (attribute.type === 'indexed-array') {
      const element = elementOf(one, 'list')
      if (element === undefined) return void found.set(place, `indexed array, ours is ${one.form.is}`)
      compareAttribute(place, { ...attribute, type: attribute['sub-type']!, 'multi-attr': false }, element)
      return
    }
    const nested = attribute['nested-attributes']
    if (attribute.type === 'nest') {
      // Of a nest that depends on the message's family, the specs say the case that all families but bridge have.
      const form = one.form.is === 'select' ? one.form.otherwise.form : one.form
      if (form.is === 'attributes') walk(nested!, form.table)
      else if (form.is === 'list') compareList(place, nested!, form.element)
      else found.set(place, `nest, ours is ${one.form.is}`)
    } else if (attribute.type === 'sub-message') compareSubMessage(place, attribute, one)
    else comparePlain(place, attribute, one.form)
  }

  /** A nest of one kind of attribute, many times, is a list of ours. */
  const compareList = (place: string, set: string, element: AnyCodec): void => {
    const [only, ...others] = numbered(spec, set)
    if (only === undefined || others.length > 0) found.set(place, `nest ${set}, ours is a list`)
    else compareAttribute(`${set}.${only.name}`, { ...only, 'multi-attr': false }, element)
  }

  const compareSubMessage = (place: string, attribute: SpecAttribute, { form }: AnyCodec): void => {
    if (form.is !== 'select') return void found.set(place, `sub-message, ours is ${form.is}`)
    if (form.by !== camel(attribute.selector!))
      found.set(place, `selected by ${attribute.selector}, ours by ${form.by}`)
    for (const format of spec['sub-messages']!.find(({ name }) => name === attribute['sub-message'])!.formats) {
      const inner = form.cases[format.value]
      if (inner === undefined) found.set(`${place}.${format.value}`, 'not in our table')
      else if (inner.form.is !== 'attributes') found.set(`${place}.${format.value}`, `ours is ${inner.form.is}`)
      else walk(format['attribute-set']!, inner.form.table)
    }
  }

  const comparePlain = (place: string, attribute: SpecAttribute, form: Form): void => {
    const integer = integerOf(attribute.type!)
    if (integer !== undefined) compareInteger(place, attribute, integer, form)
    else if (attribute.struct !== undefined) compareStruct(spec, place, attribute.struct, form, found)
    else if (attribute.type === 'string') expectForm(place, form, ['string'])
    else if (attribute.type === 'flag') expectForm(place, form, ['flag'])
    else if (attribute.type !== 'binary') found.set(place, `unknown type ${attribute.type}`)
    if (attribute.enum !== undefined) compareNames(place, attribute.enum, attribute['enum-as-flags'] === true, form)
  }

  const compareInteger = (
    place: string,
    attribute: SpecAttribute,
    { size, signed }: { size: number; signed: boolean },
    form: Form,
  ): void => {
    const ours = plainForm(form)
    const theirs = { size, signed, bigEndian: attribute['byte-order'] === 'big-endian' }
    if (ours.is === 'boolean' && size === 1) return
    if (ours.is !== 'integer') found.set(place, `${attribute.type}, ours is ${ours.is}`)
    else if (ours.size !== size) found.set(place, `${size} bytes, ours ${ours.size}`)
    else if (ours.signed !== signed) found.set(place, `${attribute.type}, ours is ${ours.signed ? '' : 'un'}signed`)
    else if (ours.bigEndian !== theirs.bigEndian && size !== 1) {
      found.set(place, `host byte order: ${!theirs.bigEndian}, ours: ${!ours.bigEndian}`)
    }
  }

  const compareNames = (place: string, name: string, asFlags: boolean, form: Form): void => {
    if (form.is !== 'enumeration' && form.is !== 'bits') return void found.set(place, `enum ${name}, ours has no names`)
    const ours = new Set(Object.values(form.names).map((value) => value >>> 0))
    const lacking = entriesOf(spec, name, asFlags).filter(({ value }) => !ours.has(value >>> 0) && value !== 0)
    if (lacking.length > 0) found.set(place, `our names lack ${lacking.map((one) => one.name).join(', ')}`)
  }

  const expectForm = (place: string, { is }: Form, wanted: readonly string[]): void => {
    if (!wanted.includes(is)) found.set(place, `${wanted.join(' or ')}, ours is ${is}`)
  }

  for (const [set, table] of tables) walk(set, table)
  return found
}

/** Compares a struct's members by place, size, sign and byte order. */
export function compareStruct(spec: Spec, place: string, name: string, form: Form, found: Deviations): void {
  if (form.is !== 'struct') return void found.set(place, `struct ${name}, ours is ${form.is}`)
  const ours = flatten(form.fields)
  for (const member of layoutOf(spec, name)) {
    if (member.type === 'pad') continue
    const field = ours.find(({ offset, size }) => offset === member.offset && size === member.size)
    if (field === undefined) {
      found.set(`${place}.${member.name}`, `${member.size} bytes at ${member.offset}, ours has no such field`)
      continue
    }
    const integer = integerOf(member.type)
    const inner = plainForm(field.form)
    if (integer === undefined || inner.is !== 'integer') continue
    if (inner.signed !== integer.signed) found.set(`${place}.${member.name}`, `${member.type}, ours by another sign`)
    if (inner.size > 1 && inner.bigEndian !== (member['byte-order'] === 'big-endian')) {
      found.set(`${place}.${member.name}`, `byte order ${member['byte-order'] ?? 'host'}, ours the other`)
    }
  }
}

function flatten(fields: readonly StructField[], from = 0): { offset: number; size: number; form: Form }[] {
  return fields.flatMap(({ offset, codec }) =>
    codec.form.is === 'struct'
      ? flatten(codec.form.fields, from + offset)
      : [{ offset: from + offset, size: codec.size, form: codec.form }],
  )
}

function plainForm(form: Form): Form {
  return form.is === 'enumeration' || form.is === 'bits' ? form.of : form
}

function elementOf({ form }: AnyCodec, is: 'multi' | 'list'): AnyCodec | undefined {
  return form.is === is ? form.element : undefined
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
