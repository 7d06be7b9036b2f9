import type { AnyCodec, Codec, Fields, Infer, InferInput } from './codec.ts'
import { CodecError, DecodeError, EncodeError, quote } from './error.ts'
import { nests } from './nests.ts'
import { attributesIn, copyOf, unusual, wireForm } from './wire.ts'
import type { Writer } from './writer.ts'

/** An attribute that may come several times in its set: one array (the specs' multi-attr). */
export function multi<C extends AnyCodec>(element: C): Codec<Infer<C>[], readonly InferInput<C>[]> {
  return {
    form: { is: 'multi', element },
    // The set of attributes gathers the elements, so reading and writing are one element's.
    read: element.read as never,
    write: element.write as never,
  }
}

/**
 * Attributes whose type is only their place in an array (the specs' indexed-array). `first` is the type of the first one: 1
 * as most of the kernel counts, 0 for some. `step` is how much higher the next one's is: 0 where all have the same type, as the
 * expressions of an nftables rule do.
 */
export function list<C extends AnyCodec>(
  element: C,
  { first = 1, step = 1, flags = 0 }: { first?: number; step?: 0 | 1; flags?: number } = {},
): Codec<Infer<C>[], readonly InferInput<C>[]> {
  const typeAt = (index: number) => (first + index * step) | flags
  return {
    form: { is: 'list', element },
    read(bytes, offset, end, base, parent) {
      const out: Infer<C>[] = []
      let odd = false
      let at = offset
      for (const { type, start, stop } of attributesIn(bytes, offset, end)) {
        const usual = typeAt(out.length)
        if (flags === 0 || type === usual) odd ||= type !== usual
        else if ((type | flags) !== usual || !nests.remembered) odd = true
        if (flags !== 0) nests[type === usual ? 'flagged' : 'plain'] = true
        try {
          out.push(element.read(bytes, start + 4, stop, base, parent))
        } catch (error) {
          throw error instanceof CodecError ? error.within(String(out.length)) : error
        }
        odd ||= unusual.seen
        at = start + ((stop - start + 3) & ~3)
        for (let pad = stop; pad < Math.min(end, at); pad++) odd ||= bytes[pad] !== 0
      }
      if (odd || at !== end) wireForm.set(out, copyOf(bytes, offset, end))
      unusual.seen = false
      return out
    },
    write(writer, value, parent) {
      if (!Array.isArray(value)) throw new EncodeError(`expected an array, got ${quote(value)}`)
      const begin = writer.position
      const raw = wireForm.get(value)
      const before = raw === undefined ? [] : [...attributesIn(raw, 0, raw.length)]
      for (const [i, item] of value.entries()) {
        const start = writer.position
        const was = before[i]
        writer.zero(4)
        try {
          if (raw !== undefined && was !== undefined && isAsBefore(element, item, raw, was, parent)) {
            writer.put(raw.subarray(was.start + 4, was.stop))
          } else element.write(writer, item, parent)
        } catch (error) {
          throw error instanceof CodecError ? error.within(String(i)) : error
        }
        writer.setU16(start, writer.position - start)
        writer.setU16(start + 2, was?.type ?? typeAt(i) & ~nests.omitted)
        writer.align(start)
      }
      if (raw !== undefined) keepPads(writer, begin, raw)
    },
  }
}

/** Whether a plain value is still the one that stood on the wire, which may have said it otherwise than it would be written. */
function isAsBefore(
  element: AnyCodec,
  item: unknown,
  raw: Uint8Array,
  { start, stop }: { readonly start: number; readonly stop: number },
  parent: Fields,
): boolean {
  if (typeof item === 'object') return false
  try {
    return element.read(raw, start + 4, stop, -1, parent) === item
  } finally {
    unusual.seen = false
  }
}

/**
 * Elements one after another, each beginning with its own length in 16 bits and padded to four bytes, as the next hops of a
 * multipath route (struct rtnexthop). The length is this codec's matter: `element` is what follows it.
 */
export function sequence<C extends AnyCodec>(element: C): Codec<Infer<C>[], readonly InferInput<C>[]> {
  return {
    form: { is: 'sequence', element },
    read(bytes, offset, end, base, parent) {
      const out: Infer<C>[] = []
      let at = offset
      let odd = false
      while (at < end) {
        const length = end - at < 2 ? 0 : bytes[at]! | (bytes[at + 1]! << 8)
        if (length < 4 || length > end - at) {
          throw new DecodeError(`an element's length of ${length} where ${end - at} bytes remain`, bytes, at, end)
        }
        try {
          out.push(element.read(bytes, at + 2, at + length, base, parent))
        } catch (error) {
          throw error instanceof CodecError ? error.within(String(out.length)) : error
        }
        for (let pad = at + length; pad < Math.min(end, at + ((length + 3) & ~3)); pad++) odd ||= bytes[pad] !== 0
        at += (length + 3) & ~3
      }
      if (odd || at !== end) wireForm.set(out, copyOf(bytes, offset, end))
      unusual.seen = false
      return out
    },
    write(writer: Writer, value, parent) {
      if (!Array.isArray(value)) throw new EncodeError(`expected an array, got ${quote(value)}`)
      const begin = writer.position
      for (const [i, item] of value.entries()) {
        const start = writer.position
        writer.zero(2)
        try {
          element.write(writer, item, parent)
        } catch (error) {
          throw error instanceof CodecError ? error.within(String(i)) : error
        }
        writer.setU16(start, writer.position - start)
        writer.align(start)
      }
      const raw = wireForm.get(value)
      if (raw !== undefined) keepPads(writer, begin, raw)
    },
  }
}

/** Gives the padding between and after the elements at `begin` what it held in `raw`, as far as the elements are still as long. */
function keepPads(writer: Writer, begin: number, raw: Uint8Array): void {
  let at = 0
  while (at < raw.length && begin + at < writer.position) {
    const length = raw[at]! | (raw[at + 1]! << 8)
    const written = writer.bytes[begin + at]! | (writer.bytes[begin + at + 1]! << 8)
    if (written !== length) return
    const next = at + ((length + 3) & ~3)
    for (let pad = at + length; pad < Math.min(next, raw.length); pad++) writer.bytes[begin + pad] = raw[pad]!
    at = next
  }
  if (begin + at === writer.position && at > raw.length) writer.position = begin + raw.length
}

const MAX_DEPTH = 8
let depth = 0

/** A codec that refers to one declared later or to itself (a veth's peer is a link). Nesting is bounded when reading. */
export function lazy<Out, In>(declare: () => Codec<Out, In>): Codec<Out, In> {
  return {
    get form() {
      return declare().form
    },
    read(bytes, offset, end, base, parent) {
      if (depth === MAX_DEPTH) throw new DecodeError(`nested deeper than ${MAX_DEPTH} levels`, bytes, offset, end)
      depth++
      try {
        return declare().read(bytes, offset, end, base, parent)
      } finally {
        depth--
      }
    },
    write: (writer, value, parent) => declare().write(writer, value, parent),
  }
}
