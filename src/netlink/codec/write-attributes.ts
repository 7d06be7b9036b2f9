import { checkObject } from './check.ts'
import type { AttributeEntry, AttributeTable, Fields } from './codec.ts'
import { CodecError, EncodeError, quote } from './error.ts'
import { TYPE_MASK, type UnknownAttribute } from './layout.ts'
import { nests } from './nests.ts'
import { attributesIn } from './wire.ts'
import type { Writer } from './writer.ts'

/** In place of an attribute in a table of names: the value's fields of that name stand in the header. */
export const ofHeader = Symbol('a field of the header')

/** Writes a set of attributes: first what still holds of `raw`, as they once stood on the wire, then the rest in the order of the value. */
export function writeAttributes(
  writer: Writer,
  table: AttributeTable,
  value: Fields,
  raw: Uint8Array | undefined,
  names: ReadonlyMap<string, AttributeEntry | typeof ofHeader> = table.byName,
): void {
  checkObject(value)
  const begin = writer.position
  const done = raw === undefined ? undefined : writeAsBefore(writer, table, value, raw)
  for (const name in value) {
    const payload = value[name]
    const entry = names.get(name)
    if (payload === undefined || entry === ofHeader || done?.names.has(name)) continue
    if (done !== undefined && isLeft(payload, name === 'unknown' ? done.unknown : done.counts.get(name))) {
      writer.align(begin)
    }
    if (name === 'unknown') writeUnknown(writer, payload, done?.unknown ?? 0)
    else {
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
  for (const [i, item] of unknown.slice(from).entries()) {
    try {
      checkUnknown(item)
      writeRaw(writer, item.type, item.bytes)
    } catch (error) {
      throw error instanceof CodecError ? error.within(String(from + i)).within('unknown') : error
    }
  }
}

function checkUnknown(item: unknown): asserts item is UnknownAttribute {
  checkObject(item)
  const { type, bytes } = item as Partial<UnknownAttribute>
  if (!Number.isInteger(type) || type! < 0 || type! > 0xffff) {
    throw new EncodeError(`expected an attribute's number, got ${quote(type)}`).within('type')
  }
  if (!(bytes instanceof Uint8Array)) {
    throw new EncodeError(`expected a Uint8Array, got ${quote(bytes)}`).within('bytes')
  }
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
function keepPad(writer: Writer, begin: number, raw: Uint8Array, start: number, stop: number): void {
  const length = writer.bytes[begin]! | (writer.bytes[begin + 1]! << 8)
  if (length !== stop - start) return
  const next = start + ((length + 3) & ~3)
  for (let pad = stop; pad < Math.min(next, raw.length); pad++) writer.bytes[begin + pad - start] = raw[pad]!
  if (next > raw.length) writer.position = begin + raw.length - start
}
