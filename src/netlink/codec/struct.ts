import { checkObject } from './check.ts'
import type { Codec, Fields, FixedCodec, Simplify, StructField } from './codec.ts'
import { compile } from './compile.ts'
import { CodecError, DecodeError, EncodeError, quote } from './error.ts'
import { copyOf, wireForm } from './wire.ts'
import { fieldsWriter } from './write-fields.ts'

// biome-ignore lint/suspicious/noExplicitAny: the value types of the fields differ and are recovered by inference
type AnyFixed = FixedCodec<any, any>
export type StructDeclaration = Readonly<Record<string, AnyFixed>>

type Named<F extends StructDeclaration> = { [K in keyof F as F[K] extends Padding ? never : K]: F[K] }
export type StructOut<F extends StructDeclaration> = Simplify<{
  [K in keyof Named<F>]: Named<F>[K] extends FixedCodec<infer Out, infer _> ? Out : never
}>
export type StructIn<F extends StructDeclaration> = Simplify<{
  [K in keyof Named<F>]?: Named<F>[K] extends FixedCodec<infer _, infer In> ? In | undefined : never
}>

export interface Struct<F extends StructDeclaration> extends FixedCodec<StructOut<F>, StructIn<F>> {
  readonly form: { readonly is: 'struct'; readonly fields: readonly StructField[] }
}

export interface Padding extends FixedCodec<undefined> {
  readonly form: { readonly is: 'padding' }
}

/** Bytes of a struct that mean nothing. They are written as zero, and kept where they came otherwise. */
export function padding(size: number): Padding {
  return {
    form: { is: 'padding' },
    size,
    at: () => undefined,
    read: () => undefined,
    write: (writer) => writer.zero(size),
  }
}

/**
 * A C struct without holes: the fields in order. Fields left out are written as zero.
 *
 * A struct of an older kernel is shorter: the fields that are there are read. A newer one's extra bytes are kept for
 * encoding again. Neither is an error.
 */
export function struct<const F extends StructDeclaration>(declaration: F): Struct<F> {
  const fields: StructField[] = []
  let size = 0
  for (const [name, codec] of Object.entries(declaration)) {
    fields.push({ name, offset: size, codec })
    size += codec.size
  }
  const named = fields.filter((field) => field.codec.form.is !== 'padding')
  const pads = fields.filter((field) => field.codec.form.is === 'padding')
  const names = new Set(named.map((field) => field.name))
  const at = compile.struct(named) as (bytes: Uint8Array, offset: number) => StructOut<F>
  const writeOwn = fieldsWriter(named, size)

  return {
    form: { is: 'struct', fields },
    size,
    at,
    read(bytes, offset, end) {
      if (end - offset === size && isZero(bytes, offset, pads)) return at(bytes, offset)
      const out: Fields = {}
      readFields(out, named, bytes, offset, end)
      wireForm.set(out, copyOf(bytes, offset, end))
      return out as StructOut<F>
    },
    write(writer, value) {
      checkObject(value)
      for (const key of Object.keys(value)) {
        if (!names.has(key)) throw new EncodeError(`unknown field, expected ${[...names].join(', ')}`).within(key)
      }
      writeOwn(writer, value as Fields, wireForm.get(value))
    },
  }
}

/** Reads the fields that lie wholly within `bytes[offset, end)`. */
export function readFields(
  out: Fields,
  fields: readonly StructField[],
  bytes: Uint8Array,
  offset: number,
  end: number,
): void {
  for (const { name, offset: at, codec } of fields) {
    if (offset + at + codec.size <= end) out[name] = codec.at(bytes, offset + at)
  }
}

export function isZero(bytes: Uint8Array, offset: number, pads: readonly StructField[]): boolean {
  for (const { offset: at, codec } of pads) {
    for (let i = 0; i < codec.size; i++) if (bytes[offset + at + i] !== 0) return false
  }
  return true
}

/** A packed array of fixed-size elements that fills the payload. */
export function array<Out, In>(element: FixedCodec<Out, In>): Codec<Out[], readonly In[]> {
  // Read whole, a struct remembers what its padding held.
  const padded = element.form.is === 'struct' && element.form.fields.some(({ codec }) => codec.form.is === 'padding')
  return {
    form: { is: 'array', element },
    read(bytes, offset, end, base, parent) {
      if ((end - offset) % element.size !== 0) {
        throw new DecodeError(
          `an array of ${element.size}-byte elements, got ${end - offset} bytes`,
          bytes,
          offset,
          end,
        )
      }
      const out: Out[] = []
      for (let at = offset; at < end; at += element.size) {
        out.push(padded ? element.read(bytes, at, at + element.size, base, parent) : element.at(bytes, at))
      }
      return out
    },
    write(writer, value, parent) {
      if (!Array.isArray(value)) throw new EncodeError(`expected an array, got ${quote(value)}`)
      for (const [i, item] of value.entries()) {
        try {
          element.write(writer, item, parent)
        } catch (error) {
          throw error instanceof CodecError ? error.within(String(i)) : error
        }
      }
    },
  }
}

/** An array of exactly `count` elements, as a field of a struct. */
export function fixedArray<Out, In>(element: FixedCodec<Out, In>, count: number): FixedCodec<Out[], readonly In[]> {
  const whole = array(element)
  const size = element.size * count
  return {
    form: whole.form,
    size,
    at: (bytes, offset) => whole.read(bytes, offset, offset + size, -1, {}),
    read: whole.read,
    write(writer, value, parent) {
      if (Array.isArray(value) && value.length !== count) {
        throw new EncodeError(`expected ${count} elements, got ${value.length}`)
      }
      whole.write(writer, value, parent)
    },
  }
}
