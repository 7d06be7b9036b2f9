import {
  type AnyCodec,
  type AttributeTable,
  attributesIn,
  CodecError,
  type Fields,
  type StructField,
  TYPE_MASK,
  toHex,
} from './codec/index.ts'

/** One field, attribute or element of a message: where it lies and what it says. */
export interface Part {
  readonly name: string
  /** The attribute's number with its flag bits; undefined for fields of a struct. */
  readonly type?: number
  /** `[start, end)` in the bytes given, with the attribute's own header. */
  readonly start: number
  readonly end: number
  /** What a part without children says; hex where nobody knows. */
  readonly value?: unknown
  readonly children?: readonly Part[]
  /** The attributes that may stand inside. */
  readonly table?: AttributeTable
  /** Why it could not be read. */
  readonly error?: string
}

/** Takes a payload apart, keeping where everything lies. Never throws: what cannot be read says so in `error`. */
export function dissect(codec: AnyCodec, bytes: Uint8Array, start: number, end: number): readonly Part[] {
  return inside(codec, bytes, start, end, -1, {}).children ?? []
}

type Content = Pick<Part, 'children' | 'value' | 'table' | 'error'>

function inside(codec: AnyCodec, bytes: Uint8Array, start: number, end: number, base: number, parent: Fields): Content {
  const { form } = codec
  switch (form.is) {
    case 'message': {
      const size = (form.header as AnyCodec & { size: number }).size
      const fields = (form.header.form as { fields: readonly StructField[] }).fields
      const seen: Fields = {}
      const header = structFields(fields, bytes, start, end, seen)
      const after = Math.min(start + size, end)
      const rest = attributeParts(form.table, bytes, after, end, start, seen)
      return { ...rest, children: [...header, ...(rest.children ?? [])], table: form.table }
    }
    case 'attributes':
      return { ...attributeParts(form.table, bytes, start, end, base, {}), table: form.table }
    case 'struct':
      return { children: structFields(form.fields, bytes, start, end, {}) }
    case 'select': {
      const name = String(parent[form.by])
      const chosen = Object.hasOwn(form.cases, name) ? form.cases[name]! : form.otherwise
      return inside(chosen, bytes, start, end, base, parent)
    }
    case 'bytes': {
      const known = form.inside?.(parent)
      return known === undefined
        ? leaf(codec, bytes, start, end, base, parent)
        : inside(known, bytes, start, end, base, parent)
    }
    case 'multi':
      return inside(form.element, bytes, start, end, base, parent)
    case 'either':
      return inside(form.chosen(bytes, start, end), bytes, start, end, base, parent)
    case 'list':
      return each(bytes, start, end, (type, at, stop, i) => ({
        name: String(i),
        type,
        start: at,
        end: stop,
        ...inside(form.element, bytes, at + 4, stop, base, parent),
      }))
    case 'sequence': {
      const children: Part[] = []
      for (let at = start; end - at >= 4; ) {
        const length = bytes[at]! | (bytes[at + 1]! << 8)
        if (length < 4 || length > end - at) break
        const content = inside(form.element, bytes, at + 2, at + length, base, parent)
        children.push({ name: String(children.length), start: at, end: at + length, ...content })
        at += (length + 3) & ~3
      }
      return { children }
    }
    default:
      return leaf(codec, bytes, start, end, base, parent)
  }
}

function leaf(codec: AnyCodec, bytes: Uint8Array, start: number, end: number, base: number, parent: Fields): Content {
  try {
    return { value: codec.read(bytes, start, end, base, parent) }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    return { value: toHex(bytes, start, end), error: error.reason }
  }
}

function structFields(
  fields: readonly StructField[],
  bytes: Uint8Array,
  start: number,
  end: number,
  seen: Fields,
): Part[] {
  const parts: Part[] = []
  for (const { name, offset, codec } of fields) {
    const at = start + offset
    if (codec.form.is === 'padding' || at + codec.size > end) continue
    const value: unknown = codec.at(bytes, at)
    seen[name] = value
    parts.push({ name, start: at, end: at + codec.size, value })
  }
  return parts
}

function attributeParts(
  table: AttributeTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  base: number,
  seen: Fields,
): Content {
  lookAhead(table, bytes, start, end, base, seen)
  return each(bytes, start, end, (type, at, stop) => {
    const entry = table.byType[type & TYPE_MASK]
    const place = { name: entry?.name ?? `#${type & TYPE_MASK}`, type, start: at, end: stop }
    if (entry === undefined) return { ...place, value: toHex(bytes, at + 4, stop) }
    const content = inside(entry.codec, bytes, at + 4, stop, base, seen)
    if (content.children === undefined) seen[entry.name] = content.value
    return { ...place, ...content }
  })
}

/** Reads the attributes that select how others are read, wherever they stand. */
function lookAhead(table: AttributeTable, bytes: Uint8Array, start: number, end: number, base: number, seen: Fields) {
  const selectors = new Set(table.entries.flatMap(({ codec: { form } }) => (form.is === 'select' ? [form.by] : [])))
  if (selectors.size === 0) return
  each(bytes, start, end, (type, at, stop) => {
    const entry = table.byType[type & TYPE_MASK]
    const part = { name: '', start: at, end: stop }
    if (entry === undefined || !selectors.has(entry.name)) return part
    const { value, error } = leaf(entry.codec, bytes, at + 4, stop, base, seen)
    if (error === undefined) seen[entry.name] ??= value
    return part
  })
}

function each(
  bytes: Uint8Array,
  start: number,
  end: number,
  part: (type: number, start: number, stop: number, index: number) => Part,
): Content {
  const children: Part[] = []
  try {
    for (const { type, start: at, stop } of attributesIn(bytes, start, end)) {
      children.push(part(type, at, stop, children.length))
    }
    return { children }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    return { children, error: error.reason }
  }
}

/** The innermost part that holds `offset`, as names from the outermost in; empty where there is none. */
export function partsAt(parts: readonly Part[], offset: number): readonly Part[] {
  for (const part of parts) {
    if (offset < part.start || offset >= part.end) continue
    // The kernel points at an attribute by where its own header begins.
    return offset === part.start && part.type !== undefined
      ? [part]
      : [part, ...(part.children === undefined ? [] : partsAt(part.children, offset))]
  }
  return []
}
