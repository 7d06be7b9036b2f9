import { wrong } from './failure.ts'
import type { Reader } from './keyword.ts'

/** A number as C's strtol reads it with base 0: `0x` is hexadecimal, a leading 0 octal. Undefined where it is none. */
export function cInteger(text: string, base: 0 | 10 | 16 = 0): bigint | undefined {
  const match = /^\s*([+-]?)(?:(0x)([0-9a-f]+)|([0-9a-f]+))$/i.exec(text)
  if (match === null) return undefined
  const [, sign, hex, hexDigits, digits = ''] = match
  const radix = hex !== undefined ? 16 : base === 0 ? (digits.startsWith('0') ? 8 : 10) : base
  if (hex !== undefined && base === 10) return undefined
  const magnitude = radix === 16 ? (hexDigits ?? digits) : digits
  if (radix === 8 ? !/^[0-7]+$/.test(magnitude) : radix === 10 && !/^[0-9]+$/.test(magnitude)) return undefined
  const value = BigInt(radix === 16 ? `0x${magnitude}` : radix === 8 ? `0o${magnitude}` : magnitude)
  return sign === '-' ? -value : value
}

/** The same within bounds, as a number. */
export function cNumber(text: string, least: number, most: number, base: 0 | 10 | 16 = 0): number | undefined {
  if (base !== 16) {
    const plain = plainDecimal(text)
    if (plain >= 0) return plain < least || plain > most ? undefined : plain
  }
  const value = cInteger(text, base)
  return value === undefined || value < least || value > most ? undefined : Number(value)
}

const [LONG_MIN, LONG_MAX] = [-(2n ** 63n), 2n ** 63n - 1n]

/** What a 32-bit int holds of a number that C's strtol read: too large a number loses its upper half. Undefined where it is none. */
export function cTruncated(text: string, base: 0 | 10 = 0): number | undefined {
  const value = cInteger(text, base)
  if (value === undefined) return undefined
  return Number(BigInt.asIntN(32, value < LONG_MIN ? LONG_MIN : value > LONG_MAX ? LONG_MAX : value))
}

const [ZERO, ONE, NINE] = [0x30, 0x31, 0x39]

/** A number of up to nine digits that begins with none but 1 to 9, or is 0; -1 for any other text. Most numbers are like that. */
function plainDecimal(text: string): number {
  const { length } = text
  if (length === 0 || length > 9) return -1
  let value = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code < (i === 0 && length > 1 ? ONE : ZERO) || code > NINE) return -1
    value = value * 10 + (code - ZERO)
  }
  return value
}

function numberReader(least: number, most: number) {
  return (why: string, hint = 'NUMBER', max = most): Reader<number> => ({
    hint,
    read(words) {
      const value = cNumber(words.current, least, max)
      if (value === undefined) throw wrong(words.current, why)
      return value
    },
  })
}

/** Readers of numbers; the argument is the reason given when the word is none, exactly as iproute2 words it. */
export const u8 = numberReader(0, 0xff)
export const u16 = numberReader(0, 0xffff)
export const u32 = numberReader(0, 0xffffffff)
export const i32 = numberReader(-0x80000000, 0x7fffffff)

/** Here C takes a negative number for what is left of 64 bits. */
export function u64(why: string, hint = 'NUMBER'): Reader<number | bigint> {
  const most = 0xffffffffffffffffn
  return {
    hint,
    read(words) {
      const given = cInteger(words.current)
      if (given === undefined || given < -most || given > most) throw wrong(words.current, why)
      const value = BigInt.asUintN(64, given)
      return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
    },
  }
}

/** A number as C's atoi reads it, which ignores what follows the digits; `least` and up. */
export function leadingNumber(why: string, least: number): Reader<number> {
  return {
    hint: 'NUMBER',
    read(words) {
      const value = Number(/^\s*[+-]?\d+/.exec(words.current)?.[0] ?? 0)
      if (value < least || value > 0x7fffffff) throw wrong(words.current, why)
      return value
    },
  }
}
