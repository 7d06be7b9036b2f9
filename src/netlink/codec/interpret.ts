import type { AttributeEntry, AttributeTable, Fields } from './codec.ts'
import { CodecError, DecodeError } from './error.ts'
import { type Layout, NESTED, type ReadSet, TYPE_MASK, type UnknownAttribute } from './layout.ts'
import { nests } from './nests.ts'
import { copyOf, unusual, wireForm } from './wire.ts'

/** Whether this is a select whose sibling has not come yet. */
function isEarly({ codec }: AttributeEntry, out: Fields): boolean {
  return codec.form.is === 'select' && out[codec.form.by] === undefined
}

/** Reads attribute by attribute, by the table. */
export function interpret({ table, header, headerSize, derived }: Layout): ReadSet {
  const shown = header.filter((field) => derived[field.name] === undefined && field.codec.form.is !== 'padding')
  const pads = header.filter((field) => field.codec.form.is === 'padding')
  return (bytes, start, end, outerBase) => {
    const base = headerSize > 0 ? start : outerBase
    const out: Fields = {}
    for (const field of shown) out[field.name] = field.codec.at(bytes, start + field.offset)
    const late: { entry: AttributeEntry; o: number; stop: number }[] = []
    let odd = false
    let last = -1
    let o = start + headerSize
    try {
      while (end - o >= 4) {
        const length = bytes[o]! | (bytes[o + 1]! << 8)
        const stop = o + length
        if (length < 4 || stop > end) throw support.badLength(bytes, o, end)
        const type = bytes[o + 2]! | (bytes[o + 3]! << 8)
        const entry = table.byType[type & TYPE_MASK]
        const early = entry !== undefined && out[entry.name] === undefined && isEarly(entry, out)
        const plain = entry !== undefined && entry.flags === NESTED && type === entry.type
        if (entry !== undefined && entry.flags === NESTED) {
          if (plain) nests.plain = true
          else if (type === (entry.type | NESTED)) nests.flagged = true
        }
        if (early && (entry.type | entry.flags | NESTED) === (type | NESTED)) {
          out[entry.name] = null
          late.push({ entry, o, stop })
          odd ||= (entry.type | entry.flags) !== type && !(plain && nests.remembered)
        } else if (plain && nests.remembered) {
          odd = readEntry(out, entry.name, entry, bytes, o, stop, base, last !== type) || odd
        } else if (entry === undefined || (entry.type | entry.flags) !== type) {
          support.other(out, table, bytes, o, stop, base)
          odd = true
        } else {
          odd = readEntry(out, entry.name, entry, bytes, o, stop, base, last !== type) || odd
        }
        last = type
        o += (length + 3) & ~3
        for (let pad = stop; pad < o && pad < end; pad++) odd ||= bytes[pad] !== 0
      }
      const after = o
      for (const one of late) {
        o = one.o
        out[one.entry.name] = undefined
        odd = readEntry(out, one.entry.name, one.entry, bytes, o, one.stop, base, false) || odd
      }
      o = after
    } catch (error) {
      throw support.located(error, table, bytes, o)
    }
    if (o < end) throw support.leftover(bytes, o, end)
    if (o > end) odd = true
    for (const pad of pads) for (let i = 0; i < pad.codec.size; i++) if (bytes[start + pad.offset + i] !== 0) odd = true
    if (odd) wireForm.set(out, copyOf(bytes, start, end))
    for (const field of header) {
      const derivation = derived[field.name]
      if (derivation === undefined) continue
      const value = field.codec.at(bytes, start + field.offset)
      const source = out[derivation.from]
      const trusted = table.byName.get(derivation.from)?.codec.form.is === 'prefix'
      if (source === undefined ? value !== derivation.absent : !trusted && value !== derivation.of(source as never)) {
        out[field.name] = value
      }
    }
    return out
  }
}

/** Reads one attribute that the table knows into `out`; true where its place on the wire cannot be told from the value. */
function readEntry(
  out: Fields,
  name: string,
  entry: AttributeTable['entries'][number],
  bytes: Uint8Array,
  o: number,
  stop: number,
  base: number,
  apart: boolean,
): boolean {
  const multi = entry.codec.form.is === 'multi'
  const before = out[name]
  if (before !== undefined && !multi) {
    support.again(out, bytes, o, stop)
    return true
  }
  const value: unknown = entry.codec.read(bytes, o + 4, stop, base, out)
  const odd = unusual.seen
  unusual.seen = false
  if (!multi) out[name] = value
  else if (before === undefined) out[name] = [value]
  else (before as unknown[]).push(value)
  return odd || (multi && before !== undefined && apart)
}

/** What the functions made from tables leave to ordinary ones. */
export const support = {
  unusual,
  nests,
  wireForm,
  copyOf,

  again(out: Fields, bytes: Uint8Array, o: number, stop: number): void {
    out.unknown ??= []
    const unknown = out.unknown as UnknownAttribute[]
    unknown.push({ type: (bytes[o + 2]! | (bytes[o + 3]! << 8)) & TYPE_MASK, bytes: copyOf(bytes, o + 4, stop) })
  },

  /** An attribute that the table does not know, or knows with other type flags. */
  other(out: Fields, table: AttributeTable, bytes: Uint8Array, o: number, stop: number, base: number): void {
    const entry = table.byType[(bytes[o + 2]! | (bytes[o + 3]! << 8)) & TYPE_MASK]
    if (entry === undefined) support.again(out, bytes, o, stop)
    else readEntry(out, entry.name, entry, bytes, o, stop, base, true)
  },

  located(error: unknown, table: AttributeTable, bytes: Uint8Array, o: number): unknown {
    unusual.seen = false
    if (!(error instanceof CodecError)) return error
    const type = (bytes[o + 2]! | (bytes[o + 3]! << 8)) & TYPE_MASK
    return error.within(table.byType[type]?.name ?? `#${type}`)
  },

  badLength(bytes: Uint8Array, o: number, end: number): DecodeError {
    const length = bytes[o]! | (bytes[o + 1]! << 8)
    return new DecodeError(`an attribute's length of ${length} where ${end - o} bytes remain`, bytes, o, end)
  },

  leftover(bytes: Uint8Array, o: number, end: number): DecodeError {
    return new DecodeError(`${end - o} bytes left over after the attributes`, bytes, o, end)
  },
}
