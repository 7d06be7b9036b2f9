import { DecodeError } from './error.ts'

/**
 * How a decoded object stood on the wire, where its own properties cannot say it: attributes that the table does not
 * know, repeated or with unusual type flags, strings without their NUL, structs shorter than ours. Encoding the same
 * object again consults this, so that bytes → value → bytes changes nothing.
 */
export const wireForm = new WeakMap<object, Uint8Array>()

/** Set by a reader whose value alone would be written differently; the enclosing set of attributes takes note and clears it. */
export const unusual = { seen: false }

/** A copy of `bytes[start, end)`; the slice method of a Node Buffer would not copy. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end))
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
