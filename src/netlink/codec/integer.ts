import type { FixedCodec } from './codec.ts'
import { DecodeError, EncodeError, quote } from './error.ts'
import { unusual } from './wire.ts'
import type { Writer } from './writer.ts'

type Read<T> = (bytes: Uint8Array, offset: number) => T
type Put = (writer: Writer, value: number) => void

function integer(
  name: string,
  size: number,
  signed: boolean,
  bigEndian: boolean,
  at: Read<number>,
  put: Put,
): FixedCodec<number> {
  const max = 2 ** (size * 8 - (signed ? 1 : 0)) - 1
  const min = signed ? -max - 1 : 0
  return {
    form: { is: 'integer', size, signed, bigEndian },
    size,
    at,
    read(bytes, offset, end) {
      if (end - offset !== size) throw wrongLength(name, size, bytes, offset, end)
      return at(bytes, offset)
    },
    write(writer, value) {
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new EncodeError(`expected ${name} (an integer from ${min} to ${max}), got ${quote(value)}`)
      }
      writer.reserve(size)
      put(writer, value)
      writer.position += size
    },
  }
}

export function wrongLength(name: string, size: number, bytes: Uint8Array, offset: number, end: number): DecodeError {
  return new DecodeError(`${name} is ${size} bytes long, got ${end - offset}`, bytes, offset, end)
}

const at8: Read<number> = (b, o) => b[o]!
const at16: Read<number> = (b, o) => b[o]! | (b[o + 1]! << 8)
const at32: Read<number> = (b, o) => (b[o]! | (b[o + 1]! << 8) | (b[o + 2]! << 16) | (b[o + 3]! << 24)) >>> 0
const at32signed: Read<number> = (b, o) => b[o]! | (b[o + 1]! << 8) | (b[o + 2]! << 16) | (b[o + 3]! << 24)
const at16be: Read<number> = (b, o) => (b[o]! << 8) | b[o + 1]!
const at32be: Read<number> = (b, o) => ((b[o]! << 24) | (b[o + 1]! << 16) | (b[o + 2]! << 8) | b[o + 3]!) >>> 0

const put8: Put = (w, v) => {
  w.bytes[w.position] = v
}
const put16: Put = (w, v) => w.setU16(w.position, v)
const put32: Put = (w, v) => w.setU32(w.position, v)
const put16be: Put = (w, v) => w.setU16(w.position, ((v & 0xff) << 8) | (v >>> 8))
const put32be: Put = (w, v) => {
  w.bytes[w.position] = v >>> 24
  w.bytes[w.position + 1] = v >>> 16
  w.bytes[w.position + 2] = v >>> 8
  w.bytes[w.position + 3] = v
}

export const u8 = integer('u8', 1, false, false, at8, put8)
export const i8 = integer('i8', 1, true, false, (b, o) => (b[o]! << 24) >> 24, put8)
export const u16 = integer('u16', 2, false, false, at16, put16)
export const i16 = integer('i16', 2, true, false, (b, o) => (at16(b, o) << 16) >> 16, put16)
export const u32 = integer('u32', 4, false, false, at32, put32)
export const i32 = integer('i32', 4, true, false, at32signed, put32)
/** Network byte order. */
export const u16be = integer('u16be', 2, false, true, at16be, put16be)
/** Network byte order. */
export const u32be = integer('u32be', 4, false, true, at32be, put32be)
/** Network byte order. */
export const i32be = integer('i32be', 4, true, true, (b, o) => at32be(b, o) | 0, put32be)

/** A 64-bit counter: a number while that is exact (up to 2^53 - 1), a bigint above. */
export type U64 = number | bigint

function integer64(name: string, signed: boolean, bigEndian: boolean): FixedCodec<U64> {
  const half = bigEndian ? at32be : at32
  const [low, high] = bigEndian ? [4, 0] : [0, 4]
  const max = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n
  const min = signed ? -(2n ** 63n) : 0n
  const at = (bytes: Uint8Array, offset: number): U64 => {
    const top = half(bytes, offset + high)
    if (top < 0x200000) return top * 0x100000000 + half(bytes, offset + low)
    const exact = (BigInt(top) << 32n) | BigInt(half(bytes, offset + low))
    const value = signed ? BigInt.asIntN(64, exact) : exact
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  }
  return {
    form: { is: 'integer', size: 8, signed, bigEndian },
    size: 8,
    at,
    read(bytes, offset, end) {
      if (end - offset !== 8) throw wrongLength(name, 8, bytes, offset, end)
      return at(bytes, offset)
    },
    write(writer, value) {
      const exact = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value) : undefined
      if (exact === undefined || exact < min || exact > max) {
        throw new EncodeError(
          `expected ${name} (a safe integer, or a bigint from ${min} to ${max}), got ${quote(value)}`,
        )
      }
      const unsigned = BigInt.asUintN(64, exact)
      const put = bigEndian ? put32be : put32
      for (const part of bigEndian ? [unsigned >> 32n, unsigned] : [unsigned, unsigned >> 32n]) {
        writer.reserve(4)
        put(writer, Number(part & 0xffffffffn))
        writer.position += 4
      }
    },
  }
}

export const u64 = integer64('u64', false, false)
export const i64 = integer64('i64', true, false)
/** Network byte order. */
export const u64be = integer64('u64be', false, true)

/**
 * The specs' `uint`: four bytes where the value fits, else eight (kernel include/net/netlink.h, nla_put_uint).
 */
export const uint = {
  form: { is: 'integer', size: 0, signed: false, bigEndian: false } as const,
  read(bytes: Uint8Array, offset: number, end: number): U64 {
    if (end - offset === 4) return u32.at(bytes, offset)
    const value = u64.read(bytes, offset, end, -1, {})
    if (value <= 0xffffffff) unusual.seen = true
    return value
  },
  write(writer: Writer, value: U64): void {
    const fits = (typeof value === 'number' || typeof value === 'bigint') && value <= 0xffffffff
    if (fits && value >= 0) u32.write(writer, Number(value), {})
    else u64.write(writer, value, {})
  },
}
