import type { Writer } from './writer.ts'

/**
 * One declaration of how a value stands on the wire: the reader, the writer and the types follow from it.
 *
 * `Out` is what decoding gives, `In` what encoding takes (fields of a fixed header may be left out there).
 */
export interface Codec<Out, In = Out> {
  /** What this is, for traces, for the agreement with the kernel's specs and for finding an attribute by offset. */
  readonly form: Form
  /**
   * Reads `bytes[offset, end)`. `base` is where the enclosing message's fixed header starts, or -1 without one; `parent`
   * is the object being filled, whose earlier attributes may select how this one is read.
   */
  read(bytes: Uint8Array, offset: number, end: number, base: number, parent: Fields): Out
  /** Appends the value; throws EncodeError. */
  write(writer: Writer, value: In, parent: Fields): void
  /** Tables are left out of JSON: those of a request about links would be more than a string can hold. */
  toJSON?(): undefined
}

/** A codec whose wire size never varies, so that it can be a field of a struct. */
export interface FixedCodec<Out, In = Out> extends Codec<Out, In> {
  readonly size: number
  /** Reads at `offset` without a length check: the caller knows that `size` bytes are there. */
  at(bytes: Uint8Array, offset: number): Out
}

/** The object that a struct or a set of attributes becomes while it is being read or written. */
export type Fields = Record<string, unknown>

/** What a codec is made of, as data. */
export type Form =
  | { readonly is: 'integer'; readonly size: number; readonly signed: boolean; readonly bigEndian: boolean }
  | {
      readonly is: 'bytes'
      /** How those who look closely may read them, where that is known: see `opaque`. */
      readonly inside?: (parent: Fields) => AnyCodec | undefined
    }
  | { readonly is: 'boolean' | 'flag' | 'string' | 'ip' | 'ipv4' | 'ipv6' | 'lladdr' | 'prefix' | 'padding' }
  | { readonly is: 'enumeration' | 'bits'; readonly of: Form; readonly names: Readonly<Record<string, number>> }
  | { readonly is: 'struct'; readonly fields: readonly StructField[] }
  | { readonly is: 'attributes'; readonly table: AttributeTable }
  | { readonly is: 'message'; readonly header: Codec<unknown, never>; readonly table: AttributeTable }
  | { readonly is: 'array' | 'list' | 'multi'; readonly element: AnyCodec }
  | {
      readonly is: 'select'
      readonly by: string
      readonly cases: Readonly<Record<string, AnyCodec>>
      readonly otherwise: AnyCodec
    }
  | { readonly is: 'sequence'; readonly element: AnyCodec }
  | {
      readonly is: 'either'
      readonly first: AnyCodec
      readonly second: AnyCodec
      chosen(bytes: Uint8Array, start: number, end: number): AnyCodec
    }

export interface StructField {
  readonly name: string
  readonly offset: number
  readonly codec: FixedCodec<unknown, never>
}

/** One attribute of a set: its number, its name, how its payload is read, and the type flags it carries on the wire. */
export interface AttributeEntry {
  readonly name: string
  readonly type: number
  readonly flags: number
  readonly codec: AnyCodec
}

export interface AttributeTable {
  readonly entries: readonly AttributeEntry[]
  readonly byType: readonly (AttributeEntry | undefined)[]
  readonly byName: ReadonlyMap<string, AttributeEntry>
}

/** Any codec, where its value types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the value types of a table's members differ and are recovered by inference
export type AnyCodec = Codec<any, any>

/** What decoding with this codec gives. */
export type Infer<C> = C extends Codec<infer Out, infer _> ? Out : never
/** What encoding with this codec takes. */
export type InferInput<C> = C extends Codec<infer _, infer In> ? In : never

export type Simplify<T> = { [K in keyof T]: T[K] } & {}
