/**
 * How a decoded object stood on the wire, where its own properties cannot say it: attributes that the table does not
 * know, repeated or with unusual type flags, strings without their NUL, structs shorter than ours. Encoding the same
 * object again consults this, so that bytes → value → bytes changes nothing.
 */
export const wireForm = new WeakMap<object, Uint8Array>()

/** Set by a reader whose value alone would be written differently; the enclosing set of attributes takes note and clears it. */
export const unusual = { seen: false }
