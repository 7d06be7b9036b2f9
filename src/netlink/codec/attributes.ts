import { checkObject } from './check.ts'
import type {
  AnyCodec,
  AttributeEntry,
  AttributeTable,
  Codec,
  Fields,
  Infer,
  InferInput,
  Simplify,
  StructField,
} from './codec.ts'
import { compile } from './compile.ts'
import { within } from './error.ts'
import { type Derivation, NESTED, type UnknownAttribute } from './layout.ts'
import { readRemembering, writeRemembered } from './nests.ts'
import type { Select, SelectIn, SelectOut } from './select.ts'
import { readFields, type Struct, type StructDeclaration, type StructIn, type StructOut } from './struct.ts'
import { copyOf, wireForm } from './wire.ts'
import { ofHeader, writeAttributes } from './write-attributes.ts'
import { fieldsWriter, type Implied } from './write-fields.ts'

/** A row of a table: the attribute's number, its payload, and the type flags that the kernel or iproute2 sets on it. */
export type AttributeRow = readonly [type: number, codec: AnyCodec, flags?: typeof NESTED]
export type AttributeDeclaration = Readonly<Record<string, AttributeRow>>

type SelectKeys<D extends AttributeDeclaration> = {
  [K in keyof D]: D[K][1] extends Select<infer _By, infer _Cases, infer _Otherwise> ? K : never
}[keyof D]
/** The keys whose values are said together with the value that selects them, in a union. */
type Selectors<D extends AttributeDeclaration> = {
  [K in SelectKeys<D>]: D[K][1] extends Select<infer By, infer _Cases, infer _Otherwise> ? By : never
}[SelectKeys<D>]
type PlainKeys<D extends AttributeDeclaration> = Exclude<keyof D, SelectKeys<D> | Selectors<D>>

type Union<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type SelectedOut<D extends AttributeDeclaration> = [SelectKeys<D>] extends [never]
  ? unknown
  : Union<{ [K in SelectKeys<D>]: { of: SelectOut<D[K][1], K & string> } }[SelectKeys<D>]> extends infer U
    ? U extends { of: infer V }
      ? V
      : never
    : never
type SelectedIn<D extends AttributeDeclaration> = [SelectKeys<D>] extends [never]
  ? unknown
  : Union<{ [K in SelectKeys<D>]: { of: SelectIn<D[K][1], K & string> } }[SelectKeys<D>]> extends infer U
    ? U extends { of: infer V }
      ? V
      : never
    : never

interface WithUnknown {
  /** Attributes that the table does not know, in wire order. */
  unknown?: readonly UnknownAttribute[]
}

export type AttributesOut<D extends AttributeDeclaration> = Simplify<
  { [K in PlainKeys<D>]?: Infer<D[K][1]> } & WithUnknown
> &
  SelectedOut<D>
export type AttributesIn<D extends AttributeDeclaration> = Simplify<
  { [K in PlainKeys<D>]?: InferInput<D[K][1]> | undefined } & WithUnknown
> &
  SelectedIn<D>

export interface Attributes<D extends AttributeDeclaration> extends Codec<AttributesOut<D>, AttributesIn<D>> {
  readonly form: { readonly is: 'attributes'; readonly table: AttributeTable }
  readonly declaration: D
}

/**
 * A set of attributes: type-length-value triples, each padded to four bytes.
 *
 * Decoding puts them into properties in wire order. An attribute that came twice, and those that the table does not know, are
 * kept in `unknown`. Encoding writes properties in their order; `undefined` is not sent; a name that the table does not have is
 * an EncodeError.
 */
export function attributes<const D extends AttributeDeclaration>(declaration: D): Attributes<D> {
  const table = tableOf(declaration)
  const read = compile.set({ table, header: [], headerSize: 0, derived: {} })
  return {
    form: { is: 'attributes', table },
    declaration,
    read: (bytes, start, end, base) => read(bytes, start, end, base) as AttributesOut<D>,
    write(writer, value) {
      writeAttributes(writer, table, value as Fields, wireForm.get(value as object))
    },
    toJSON: () => undefined,
  }
}

function tableOf(declaration: AttributeDeclaration): AttributeTable {
  const byType: (AttributeEntry | undefined)[] = []
  const byName = new Map<string, AttributeEntry>()
  const entries: AttributeEntry[] = []
  for (const [name, [type, codec, flags = 0]] of Object.entries(declaration)) {
    const entry: AttributeEntry = { name, type, flags, codec }
    if (byType[type] !== undefined) throw new TypeError(`attribute ${type} is both ${byType[type].name} and ${name}`)
    byType[type] = entry
    byName.set(name, entry)
    entries.push(entry)
  }
  return { entries, byType, byName }
}

type DerivedKeys = Readonly<Record<string, Derivation>>
type MessageOut<F extends StructDeclaration, D extends AttributeDeclaration, X> = Simplify<
  Omit<StructOut<F>, keyof X> & Partial<Pick<StructOut<F>, keyof X & keyof StructOut<F>>>
> &
  AttributesOut<D>
type MessageIn<F extends StructDeclaration, D extends AttributeDeclaration> = StructIn<F> & AttributesIn<D>

export interface Message<Out, In> extends Codec<Out, In> {
  /** What follows the header, alone. */
  readonly attributes: AnyCodec
  readonly form: { readonly is: 'message'; readonly header: Struct<StructDeclaration>; readonly table: AttributeTable }
}

/**
 * A fixed header followed by attributes, as one flat object: the header's fields, then the attributes in wire order.
 *
 * `derived` names header fields that an attribute implies (a prefix's length, the low byte of a table's number). They are
 * computed when writing, and stand in a decoded value only where the wire said something else.
 */
export function message<
  const F extends StructDeclaration,
  const D extends AttributeDeclaration,
  const X extends DerivedKeys = Record<never, never>,
>(header: Struct<F>, attributes: Attributes<D>, derived: X = {} as X): Message<MessageOut<F, D, X>, MessageIn<F, D>> {
  const { table } = attributes.form
  const fields: readonly StructField[] = header.form.fields
  const size = header.size
  const read = compile.set({ table, header: fields, headerSize: size, derived })
  const named = fields.filter((field) => field.codec.form.is !== 'padding')
  const headerNames = new Set(named.map((field) => field.name))
  for (const { name } of table.entries) {
    if (headerNames.has(name)) throw new TypeError(`${name} is both a field of the header and an attribute`)
  }
  const names = new Map<string, AttributeEntry | typeof ofHeader>(table.byName)
  for (const { name } of named) names.set(name, ofHeader)
  const writeHeader = fieldsWriter(named, size, new Set(Object.keys(derived)), impliedBy(derived))
  return {
    form: { is: 'message', header: header as unknown as Struct<StructDeclaration>, table },
    attributes,
    read(bytes, start, end) {
      if (end - start >= size) return readRemembering(read, bytes, start, end) as MessageOut<F, D, X>
      const out: Fields = {}
      readFields(out, named, bytes, start, end)
      wireForm.set(out, copyOf(bytes, start, end))
      return out as MessageOut<F, D, X>
    },
    write(writer, value) {
      checkObject(value)
      const raw = wireForm.get(value)
      const own = value as Fields
      writeHeader(writer, own, raw?.subarray(0, size))
      if (raw === undefined || raw.length >= size) {
        writeRemembered(value, NESTED, () => writeAttributes(writer, table, own, raw?.subarray(size), names))
      }
    },
    toJSON: () => undefined,
  }
}

function impliedBy(derived: DerivedKeys): Implied {
  return (field, value) => {
    const { from, absent, of } = derived[field]!
    const source = value[from]
    return source === undefined ? absent : within(from, () => of(source as never))
  }
}
