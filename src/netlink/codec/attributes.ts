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
import { compile, type Derivation, TYPE_MASK, type UnknownAttribute } from './compile.ts'
import { CodecError, DecodeError, EncodeError, quote } from './error.ts'
import { nests, readRemembering, writeRemembered } from './nests.ts'
import type { Select, SelectIn, SelectOut } from './select.ts'
import {
  type Implied,
  readFields,
  type Struct,
  type StructDeclaration,
  type StructIn,
  type StructOut,
  writeFields,
} from './struct.ts'
import { copyOf, wireForm } from './wire.ts'
import type { Writer } from './writer.ts'

/** The attribute's payload is itself attributes, said on the wire (NLA_F_NESTED). Third member of a table row. */
export const NESTED = 0x8000

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
      writeAttributes(writer, table, value as Fields, wireForm.get(value as object), undefined)
    },
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
  const implied = impliedBy(derived)
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
      if (typeof value !== 'object' || value === null) throw new EncodeError(`expected an object, got ${quote(value)}`)
      const raw = wireForm.get(value)
      const own = value as Fields
      writeFields(writer, named, size, own, raw?.subarray(0, size), implied)
      if (raw === undefined || raw.length >= size) {
        writeRemembered(value, NESTED, () => writeAttributes(writer, table, own, raw?.subarray(size), headerNames))
      }
    },
  }
}

function impliedBy(derived: DerivedKeys): Implied | undefined {
  const byField = new Map(Object.entries(derived))
  if (byField.size === 0) return undefined
  return (field, value) => {
    const derivation = byField.get(field)
    if (derivation === undefined) return undefined
    const source = value[derivation.from]
    if (source === undefined) return derivation.absent
    try {
      return derivation.of(source as never)
    } catch (error) {
      throw error instanceof CodecError ? error.within(derivation.from) : error
    }
  }
}

function writeAttributes(
  writer: Writer,
  table: AttributeTable,
  value: Fields,
  raw: Uint8Array | undefined,
  headerNames: ReadonlySet<string> | undefined,
): void {
  if (typeof value !== 'object' || value === null) throw new EncodeError(`expected an object, got ${quote(value)}`)
  const begin = writer.position
  const done = raw === undefined ? undefined : writeAsBefore(writer, table, value, raw)
  for (const name in value) {
    const payload = value[name]
    if (payload === undefined || headerNames?.has(name) || done?.names.has(name)) continue
    if (done !== undefined && isLeft(payload, name === 'unknown' ? done.unknown : done.counts.get(name))) {
      writer.align(begin)
    }
    if (name === 'unknown') writeUnknown(writer, payload, done?.unknown ?? 0)
    else {
      const entry = table.byName.get(name)
      if (entry === undefined) {
        throw new EncodeError(`unknown attribute, expected one of ${[...table.byName.keys()].join(', ')}`).within(name)
      }
      if (entry.codec.form.is !== 'multi') {
        writeAttribute(writer, entry, typeOf(entry), payload, value)
      } else if (Array.isArray(payload)) {
        for (const item of payload.slice(done?.counts.get(name) ?? 0)) {
          writeAttribute(writer, entry, typeOf(entry), item, value)
        }
      } else throw new EncodeError(`expected an array, got ${quote(payload)}`).within(name)
    }
  }
}

/** Whether anything of a repeated attribute is left to write; of any other there is. */
function isLeft(payload: unknown, written = 0): boolean {
  return written === 0 || !Array.isArray(payload) || payload.length > written
}

function typeOf(entry: AttributeEntry): number {
  return entry.type | (entry.flags & ~nests.omitted)
}

function writeAttribute(writer: Writer, entry: AttributeEntry, type: number, payload: unknown, parent: Fields): void {
  const start = writer.position
  writer.zero(4)
  try {
    entry.codec.write(writer, payload, parent)
    finishAttribute(writer, start, type)
  } catch (error) {
    throw error instanceof CodecError ? error.within(entry.name) : error
  }
}

function finishAttribute(writer: Writer, start: number, type: number): void {
  const length = writer.position - start
  if (length > 0xffff) throw new EncodeError(`an attribute holds at most 65531 bytes, got ${length - 4}`)
  writer.setU16(start, length)
  writer.setU16(start + 2, type)
  writer.align(start)
}

function writeUnknown(writer: Writer, unknown: unknown, from: number): void {
  if (!Array.isArray(unknown)) throw new EncodeError(`expected an array, got ${quote(unknown)}`).within('unknown')
  for (const { type, bytes } of unknown.slice(from) as UnknownAttribute[]) writeRaw(writer, type, bytes)
}

function writeRaw(writer: Writer, type: number, bytes: Uint8Array): void {
  const start = writer.position
  writer.zero(4)
  writer.put(bytes)
  finishAttribute(writer, start, type)
}

interface Done {
  readonly names: Set<string>
  readonly counts: Map<string, number>
  unknown: number
}

/** Writes what still holds of `raw`, the attributes as they once stood on the wire, in that order and manner. */
function writeAsBefore(writer: Writer, table: AttributeTable, value: Fields, raw: Uint8Array): Done {
  const done: Done = { names: new Set(), counts: new Map(), unknown: 0 }
  const unknown = (value.unknown ?? []) as readonly UnknownAttribute[]
  for (const { type, start, stop } of attributesIn(raw, 0, raw.length)) {
    const entry = table.byType[type & TYPE_MASK]
    const payload = raw.subarray(start + 4, stop)
    const begin = writer.position
    if (entry === undefined || done.names.has(entry.name)) {
      const kept = unknown[done.unknown]
      if (kept?.type !== (type & TYPE_MASK)) continue
      writeRaw(writer, type, kept.bytes)
      done.unknown++
    } else {
      let current = value[entry.name]
      if (entry.codec.form.is === 'multi') {
        const count = done.counts.get(entry.name) ?? 0
        current = (current as unknown[] | undefined)?.[count]
        if (current !== undefined) done.counts.set(entry.name, count + 1)
      } else done.names.add(entry.name)
      if (current === undefined) continue
      const same = typeof current !== 'object' && entry.codec.read(raw, start + 4, stop, -1, value) === current
      if (same) writeRaw(writer, type, payload)
      else writeAttribute(writer, entry, type, current, value)
    }
    keepPad(writer, begin, raw, start, stop)
  }
  return done
}

/**
 * Gives what fills the attribute or element written at `begin` up to a multiple of four bytes the content and the extent that it
 * had in `raw`, if the attribute is still as long.
 */
export function keepPad(writer: Writer, begin: number, raw: Uint8Array, start: number, stop: number): void {
  const length = writer.bytes[begin]! | (writer.bytes[begin + 1]! << 8)
  if (length !== stop - start) return
  const next = start + ((length + 3) & ~3)
  for (let pad = stop; pad < Math.min(next, raw.length); pad++) writer.bytes[begin + pad - start] = raw[pad]!
  if (next > raw.length) writer.position = begin + raw.length - start
}

/** Walks type-length-value triples of `bytes[start, end)`. Throws DecodeError where a length is impossible. */
export function* attributesIn(
  bytes: Uint8Array,
  start: number,
  end: number,
): Generator<{ readonly type: number; readonly start: number; readonly stop: number }> {
  let at = start
  while (end - at >= 4) {
    const length = bytes[at]! | (bytes[at + 1]! << 8)
    if (length < 4 || length > end - at) {
      throw new DecodeError(`an attribute's length of ${length} where ${end - at} bytes remain`, bytes, at, end)
    }
    yield { type: bytes[at + 2]! | (bytes[at + 3]! << 8), start: at, stop: at + length }
    at += (length + 3) & ~3
  }
  if (at < end) throw new DecodeError(`${end - at} bytes left over after the attributes`, bytes, at, end)
}
