import type { Codec, FixedCodec } from './codec.ts'
import { EncodeError, quote } from './error.ts'
import { wrongLength } from './integer.ts'
import { unusual } from './wire.ts'

/** One byte, 0 or 1. Any other byte reads as true, as the kernel takes it. */
export const bool8: FixedCodec<boolean> = {
  form: { is: 'boolean' },
  size: 1,
  at: (bytes, offset) => bytes[offset] !== 0,
  read(bytes, offset, end) {
    if (end - offset !== 1) throw wrongLength('bool8', 1, bytes, offset, end)
    if (bytes[offset]! > 1) unusual.seen = true
    return bytes[offset] !== 0
  },
  write(writer, value) {
    if (typeof value !== 'boolean') throw new EncodeError(`expected true or false, got ${quote(value)}`)
    writer.u8(value ? 1 : 0)
  },
}

/** An attribute whose presence is its meaning (NLA_FLAG): `true` sends it, leaving it out does not. */
export const flag: Codec<true> = {
  form: { is: 'flag' },
  read(_bytes, offset, end) {
    if (end !== offset) unusual.seen = true
    return true
  },
  write(_writer, value) {
    if (value !== true) throw new EncodeError(`a flag is true or left out, got ${quote(value)}`)
  },
}

/**
 * A flag that the kernel takes as such, yet says as a byte, 0 or 1. `true` is written as it is taken; `false` as it is said, which
 * the kernel refuses: leave it out of requests.
 */
export const flagOrByte: Codec<boolean> = {
  form: { is: 'flag' },
  read(bytes, offset, end, base, parent) {
    if (end === offset) return true
    const set = bool8.read(bytes, offset, end, base, parent)
    if (set) unusual.seen = true
    return set
  },
  write(writer, value, parent) {
    if (value !== true) bool8.write(writer, value, parent)
  },
}
