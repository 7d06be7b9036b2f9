import type { FixedCodec } from './codec.ts'
import { EncodeError, quote } from './error.ts'

/** An integer whose values have names: reads as the name, or as the number where the table has none. */
export function enumeration<const Names extends Readonly<Record<string, number>>>(
  of: FixedCodec<number>,
  names: Names,
): FixedCodec<(keyof Names & string) | number> {
  const byValue = new Map<number, keyof Names & string>()
  const small: (string | undefined)[] = []
  for (const [name, value] of Object.entries(names)) {
    if (byValue.has(value)) continue
    byValue.set(value, name)
    if (value >= 0 && value < 256) small[value] = name
  }
  for (let i = 0; i < small.length; i++) small[i] ??= undefined
  const table = small as (keyof Names & string)[]
  const byName = new Map<unknown, number>(Object.entries(names))
  const nameOf = (value: number) => (value >= 0 && value < table.length ? table[value] : byValue.get(value)) ?? value
  return {
    form: { is: 'enumeration', of: of.form, names },
    size: of.size,
    at: (bytes, offset) => nameOf(of.at(bytes, offset)),
    read: (bytes, offset, end, base, parent) => nameOf(of.read(bytes, offset, end, base, parent)),
    write(writer, value, parent) {
      const number = typeof value === 'number' ? value : byName.get(value)
      if (number === undefined) throw new EncodeError(`expected one of ${list(names)} or a number, got ${quote(value)}`)
      of.write(writer, number, parent)
    },
  }
}

/** A set of bits by name; bits without a name are one number at the end of the array. */
export type Bits<Name extends string> = readonly (Name | number)[]

const NONE: readonly never[] = Object.freeze([])

/** An integer whose bits have names, read as an array of those that are set, lowest first. `names` gives each bit's value. */
export function bits<const Names extends Readonly<Record<string, number>>>(
  of: FixedCodec<number>,
  names: Names,
): FixedCodec<Bits<keyof Names & string>, Bits<keyof Names & string> | number> {
  type Name = keyof Names & string
  const known = (Object.entries(names) as [Name, number][]).sort((a, b) => (a[1] >>> 0) - (b[1] >>> 0))
  const namesOf = (value: number): Bits<Name> => {
    if (value === 0) return NONE
    const set: (Name | number)[] = []
    let rest = value
    for (const [name, bit] of known) {
      if ((rest & bit) !== 0) {
        set.push(name)
        rest &= ~bit
      }
    }
    if (rest !== 0) set.push(rest >>> 0)
    return set
  }
  return {
    form: { is: 'bits', of: of.form, names },
    size: of.size,
    at: (bytes, offset) => namesOf(of.at(bytes, offset)),
    read: (bytes, offset, end, base, parent) => namesOf(of.read(bytes, offset, end, base, parent)),
    write(writer, value, parent) {
      of.write(writer, bitsValue(names, value), parent)
    },
  }
}

/** The number behind an array of bit names. Throws EncodeError. */
export function bitsValue(names: Readonly<Record<string, number>>, value: Bits<string> | number): number {
  if (typeof value === 'number') return value
  if (!Array.isArray(value)) throw new EncodeError(`expected an array of ${list(names)}, got ${quote(value)}`)
  let sum = 0
  for (const item of value) {
    const bit = isWord(item) ? item : numberOf(names, item)
    if (bit === undefined) throw new EncodeError(`expected some of ${list(names)} or a number, got ${quote(item)}`)
    sum |= bit
  }
  return sum >>> 0
}

function numberOf(names: Readonly<Record<string, number>>, name: unknown): number | undefined {
  return typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : undefined
}

function isWord(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff
}

function list(names: Readonly<Record<string, number>>): string {
  return Object.keys(names).join(', ')
}
