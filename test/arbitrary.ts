import fc, { type Arbitrary } from 'fast-check'
import {
  type AnyCodec,
  type AttributeTable,
  type Fields,
  type Form,
  formatIpv4,
  formatIpv6,
  lladdr,
  type StructField,
} from '../src/netlink/index.ts'

/** Values of codecs whose form does not say all that they want. */
export type Special = ReadonlyMap<AnyCodec, Arbitrary<unknown>>

interface Context {
  readonly special: Special
  /** Header fields that attributes imply: they are left to them. */
  readonly derived: ReadonlySet<string>
  readonly depth: number
}

const MAX_DEPTH = 5

/** Values as decoding gives them, so that decoding what they are encoded as must give them back. */
export function arbitraryOf(codec: AnyCodec, special: Special, derived: ReadonlySet<string>): Arbitrary<unknown> {
  return within(codec, {}, { special, derived, depth: 0 })
}

function within(codec: AnyCodec, parent: Fields, context: Context): Arbitrary<unknown> {
  const inner = { ...context, depth: context.depth + 1 }
  const { form } = codec
  const special = context.special.get(codec)
  if (special !== undefined) return special
  switch (form.is) {
    case 'integer':
      return integer(form)
    case 'boolean':
      return fc.boolean()
    case 'flag':
      return fc.constant(true)
    case 'string':
      return fc.string({ unit: 'grapheme-ascii', maxLength: 60 })
    case 'bytes':
      return 'size' in codec ? ofSize(codec.size as number) : fc.uint8Array({ maxLength: 40 })
    case 'ipv4':
      return ipv4Text
    case 'ipv6':
      return ipv6Text
    case 'ip':
      return fc.oneof(ipv4Text, ipv6Text)
    case 'lladdr':
      return ofSize(6).map((bytes) => lladdr.read(bytes, 0, bytes.length, -1, {}))
    case 'prefix':
      return fc.oneof(
        fc.tuple(ipv4Text, fc.nat(32)).map(([text, length]) => `${text}/${length}`),
        fc.tuple(ipv6Text, fc.nat(128)).map(([text, length]) => `${text}/${length}`),
      )
    case 'padding':
      return fc.constant(undefined)
    case 'enumeration':
      return fc.oneof(
        fc.constantFrom(...names(form)),
        integer(form.of).filter((value) => !hasName(form, value)),
      )
    case 'bits':
      return bitSet(form)
    case 'struct':
      return record(form.fields, inner)
    case 'attributes':
      return context.depth > MAX_DEPTH ? fc.constant({}) : attributeSet(form.table, {}, inner)
    case 'message': {
      const { fields } = form.header.form as { fields: readonly StructField[] }
      if (context.depth > MAX_DEPTH) return record(fields, inner)
      return record(fields, inner).chain((header) =>
        attributeSet(form.table, header, inner).map((attributes) => ({ ...header, ...attributes })),
      )
    }
    case 'array':
    case 'list':
    case 'sequence':
      return fc.array(within(form.element, parent, inner), { maxLength: 4, ...counted(codec, form.element) })
    case 'multi':
      return fc.array(within(form.element, parent, inner), { minLength: 1, maxLength: 3 })
    case 'either':
      return fc.oneof(within(form.first, parent, context), within(form.second, parent, context))
    case 'select': {
      const name = String(parent[form.by])
      return within(Object.hasOwn(form.cases, name) ? form.cases[name]! : form.otherwise, parent, inner)
    }
  }
}

/** The length of an array that fills a field of a struct. */
function counted(codec: AnyCodec, element: AnyCodec): { minLength?: number; maxLength?: number } {
  if (!('size' in codec)) return {}
  const count = (codec.size as number) / (element as unknown as { size: number }).size
  return { minLength: count, maxLength: count }
}

function record(fields: readonly StructField[], context: Context): Arbitrary<Fields> {
  const wanted = fields.filter(({ name, codec }) => codec.form.is !== 'padding' && !context.derived.has(name))
  const values = wanted.map(({ name, codec }) => [name, within(codec as AnyCodec, {}, context)] as const)
  return fc.record(Object.fromEntries(values)) as Arbitrary<Fields>
}

/** Some of a table's attributes; first those that select what others hold. */
function attributeSet(table: AttributeTable, header: Fields, context: Context): Arbitrary<Fields> {
  const selectors = new Set(table.entries.flatMap(({ codec: { form } }) => (form.is === 'select' ? [form.by] : [])))
  const some = (names: readonly string[], parent: Fields) =>
    fc.subarray([...names], { maxLength: Math.min(6, names.length) }).chain((chosen) => {
      const values = chosen.map((name) => [name, within(table.byName.get(name)!.codec, parent, context)] as const)
      return fc.record(Object.fromEntries(values)) as Arbitrary<Fields>
    })
  const own = table.entries.map(({ name }) => name)
  const first = own.filter((name) => selectors.has(name))
  return some(first, header).chain((selecting) =>
    some(
      own.filter((name) => !selectors.has(name)),
      { ...header, ...selecting },
    ).map((others) => ({ ...selecting, ...others })),
  )
}

function integer(form: Form): Arbitrary<number | bigint> {
  if (form.is !== 'integer') throw new Error(`expected an integer, got ${form.is}`)
  const { size, signed } = form
  if (size === 8 || size === 0) {
    const any = signed ? fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) : fc.bigInt(0n, 2n ** 64n - 1n)
    const small = fc.integer({ min: signed ? -(2 ** 40) : 0, max: 2 ** 40 })
    return fc.oneof(small, any.map(exact))
  }
  const max = 2 ** (size * 8 - (signed ? 1 : 0)) - 1
  return fc.integer({ min: signed ? -max - 1 : 0, max })
}

function exact(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

type Named = Extract<Form, { names: Readonly<Record<string, number>> }>

/** The name that each value reads as: the first of those that share it. */
function names({ names }: Named): string[] {
  const all = Object.entries(names)
  return all.filter(([name, value]) => all.find((other) => other[1] === value)?.[0] === name).map(([name]) => name)
}

function hasName({ names }: Named, value: number | bigint): boolean {
  return Object.values(names).includes(Number(value))
}

function bitSet(form: Named): Arbitrary<(string | number)[]> {
  const sorted = Object.entries(form.names).sort(([, a], [, b]) => (a >>> 0) - (b >>> 0))
  const known = sorted.reduce((sum, [, bit]) => (sum | bit) >>> 0, 0)
  const size = form.of.is === 'integer' ? form.of.size : 4
  const rest = (size === 4 ? ~known >>> 0 : ~known & (2 ** (size * 8) - 1)) >>> 0
  return fc.tuple(fc.subarray(sorted), fc.nat(0xffffffff)).map(([chosen, more]) => {
    const left = (more & rest) >>> 0
    const set = chosen.map(([name]) => name)
    return left === 0 ? set : [...set, left]
  })
}

function ofSize(size: number): Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: size, maxLength: size })
}

const ipv4Text = ofSize(4).map((bytes) => formatIpv4(bytes, 0))
const ipv6Text = fc.oneof(
  ofSize(16).map((bytes) => formatIpv6(bytes, 0)),
  fc.constantFrom('::', '::1', 'fe80::1', '::ffff:10.0.0.1', 'fd00:0:1::'),
)
