import type { AnyCodec, Codec, Infer, InferInput } from './codec.ts'

/** How the two are told apart, on the wire and as values. */
export interface Distinction {
  /** Whether `bytes[offset, end)` are of the first. */
  reads(bytes: Uint8Array, offset: number, end: number): boolean
  /** Whether the value is of the first. */
  writes(value: object): boolean
}

/** One of two codecs where nothing beside them says which: a message whose numbers mean one thing to the kernel and another from it. */
export function either<First extends AnyCodec, Second extends AnyCodec>(
  first: First,
  second: Second,
  is: Distinction,
): Codec<Infer<First> | Infer<Second>, InferInput<First> | InferInput<Second>> {
  const chosen = (bytes: Uint8Array, offset: number, end: number) => (is.reads(bytes, offset, end) ? first : second)
  return {
    form: { is: 'either', first, second, chosen },
    read: (bytes, offset, end, base, parent) =>
      chosen(bytes, offset, end).read(bytes, offset, end, base, parent) as Infer<First> | Infer<Second>,
    write(writer, value, parent) {
      const isFirst = typeof value === 'object' && value !== null && is.writes(value)
      ;(isFirst ? first : second).write(writer, value, parent)
    },
  }
}
