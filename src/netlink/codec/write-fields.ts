import type { AnyCodec, Fields, StructField } from './codec.ts'
import { compile, declare, generate } from './compile.ts'
import { CodecError } from './error.ts'
import type { Writer } from './writer.ts'

/** Says the value of a field that was left out, or undefined where it stays zero. */
export type Implied = (field: string, value: Fields) => unknown

type WriteFields = (writer: Writer, value: Fields, raw: Uint8Array | undefined) => void

/**
 * Writes the fields over `raw`, the struct as it once stood on the wire, or over zeros. As with reading, a function is made for the
 * table once it has written some. `implied` is asked for fields of the names in `impliable`.
 */
export function fieldsWriter(
  fields: readonly StructField[],
  size: number,
  impliable: ReadonlySet<string> = new Set(),
  implied: Implied = () => undefined,
): WriteFields {
  const loop: WriteFields = (writer, value, raw) => {
    const start = writer.position
    if (raw === undefined) writer.zero(size)
    else writer.put(raw)
    const end = writer.position
    for (const { name, offset, codec } of fields) {
      const field = value[name] ?? (impliable.has(name) ? implied(name, value) : undefined)
      if (field === undefined || start + offset + codec.size > end) continue
      writer.position = start + offset
      try {
        ;(codec as AnyCodec).write(writer, field, value)
      } catch (error) {
        throw inside(error, name)
      }
    }
    writer.position = end
  }
  let count = 0
  let overZeros = (writer: Writer, value: Fields) => {
    if (count++ < compile.patience) return loop(writer, value, undefined)
    const scope = { fields, implied, inside }
    overZeros =
      generate<typeof overZeros>(sourceOf(fields, size, impliable), scope) ?? ((w, v) => loop(w, v, undefined))
    overZeros(writer, value)
  }
  return (writer, value, raw) => (raw === undefined ? overZeros(writer, value) : loop(writer, value, raw))
}

function inside(error: unknown, name: string | undefined): unknown {
  return error instanceof CodecError && name !== undefined ? error.within(name) : error
}

function sourceOf(fields: readonly StructField[], size: number, impliable: ReadonlySet<string>): string {
  const lines = fields.map(({ name, offset }, i) => {
    const key = JSON.stringify(name)
    const field = impliable.has(name) ? `v[${key}] ?? implied(${key}, v)` : `v[${key}]`
    return `n = undefined; x = ${field}; if (x != null) { n = ${key}; w.position = s + ${offset}; c${i}.write(w, x, v); }`
  })
  return [
    declare(fields.map((_, i) => `c${i} = fields[${i}].codec`)),
    `return (w, v) => { const s = w.position; let x, n; w.zero(${size});`,
    `try { ${lines.join('\n')} } catch (error) { throw inside(error, n); }`,
    `w.position = s + ${size}; }`,
  ].join('\n')
}
