import type { AnyCodec, Codec, Fields, FixedCodec } from './codec.ts'
import { DecodeError, EncodeError, quote } from './error.ts'
import { copyOf, unusual } from './wire.ts'
import type { Writer } from './writer.ts'

const utf8 = new TextDecoder('utf-8')
const encoder = new TextEncoder()

/** Text of `bytes[offset, end)`; names are short and ASCII, so a text decoder is only asked where they are not. */
export function textOf(bytes: Uint8Array, offset: number, end: number): string {
  if (end - offset > 48) return decodeText(bytes, offset, end)
  let text = ''
  for (let i = offset; i < end; i++) {
    const c = bytes[i]!
    if (c >= 0x80) return decodeText(bytes, offset, end)
    text += String.fromCharCode(c)
  }
  return text
}

function decodeText(bytes: Uint8Array, offset: number, end: number): string {
  const text = utf8.decode(bytes.subarray(offset, end))
  // Bytes that are not UTF-8 read as U+FFFD and would be written as that.
  if (text.includes('\ufffd') || bytes[offset] === 0xef) unusual.seen = true
  return text
}

function textIn(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw new EncodeError(`expected a string, got ${quote(value)}`)
  if (value.includes('\0')) throw new EncodeError(`a string cannot hold a NUL byte, got ${quote(value)}`)
  // A half of a surrogate pair would be written as U+FFFD.
  if (/\p{Surrogate}/u.test(value))
    throw new EncodeError(`a string of whole characters is expected, got ${quote(value)}`)
  return encoder.encode(value)
}

function putText(writer: Writer, value: string): void {
  if (!putAscii(writer, value)) writer.put(textIn(value))
}

/** Most names are short ASCII; false where the value is not, and nothing was written. */
function putAscii(writer: Writer, value: string): boolean {
  if (typeof value !== 'string' || value.length > 48) return false
  writer.reserve(value.length)
  let at = writer.position
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c === 0 || c >= 0x80) return false
    writer.bytes[at++] = c
  }
  writer.position = at
  return true
}

function untilNul(bytes: Uint8Array, offset: number, end: number): number {
  let stop = offset
  while (stop < end && bytes[stop] !== 0) stop++
  return stop
}

/** A string that ends with a NUL byte (NLA_NUL_STRING, and NLA_STRING as the kernel writes it). */
export const cstring: Codec<string> = {
  form: { is: 'string' },
  read(bytes, offset, end) {
    const stop = untilNul(bytes, offset, end)
    if (stop !== end - 1) unusual.seen = true
    return textOf(bytes, offset, stop)
  },
  write(writer, value) {
    putText(writer, value)
    writer.u8(0)
  },
}

/** A string without a NUL byte, as iproute2 writes IFLA_INFO_KIND; the kernel's own, with one, reads the same. */
export const string: Codec<string> = {
  form: { is: 'string' },
  read(bytes, offset, end) {
    const stop = untilNul(bytes, offset, end)
    if (stop !== end) unusual.seen = true
    return textOf(bytes, offset, stop)
  },
  write: putText,
}

/** Payload kept as it is. Decoding copies, so the value never aliases a receive buffer. */
export const bytes: Codec<Uint8Array> = {
  form: { is: 'bytes' },
  read: (source, offset, end) => copyOf(source, offset, end),
  write(writer, value) {
    if (!(value instanceof Uint8Array)) throw new EncodeError(`expected a Uint8Array, got ${quote(value)}`)
    writer.put(value)
  },
}

/**
 * Payload kept as it is that is known to be more: `inside` says how traces and errors read it, by the attributes beside it. For what
 * is a format of its own inside netlink, as the structs of iptables' extensions.
 */
export function opaque(inside: (parent: Fields) => AnyCodec | undefined): Codec<Uint8Array> {
  return { ...bytes, form: { is: 'bytes', inside } }
}

/** Exactly `size` bytes kept as they are. */
export function fixedBytes(size: number): FixedCodec<Uint8Array> {
  const at = (source: Uint8Array, offset: number) => copyOf(source, offset, offset + size)
  return {
    form: { is: 'bytes' },
    size,
    at,
    read(source, offset, end) {
      if (end - offset !== size)
        throw new DecodeError(`expected ${size} bytes, got ${end - offset}`, source, offset, end)
      return at(source, offset)
    },
    write(writer, value) {
      if (!(value instanceof Uint8Array) || value.length !== size) {
        throw new EncodeError(`expected a Uint8Array of ${size} bytes, got ${quote(value)}`)
      }
      writer.put(value)
    },
  }
}
