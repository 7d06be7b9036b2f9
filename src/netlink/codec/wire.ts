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
