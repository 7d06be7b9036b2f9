import type { AttributeEntry, Fields, Form, StructField } from './codec.ts'
import { interpret, support } from './interpret.ts'
import { type Layout, NESTED, type ReadSet } from './layout.ts'

type ReadStruct = (bytes: Uint8Array, offset: number) => Fields

/*
 * Objects are put together by small functions whose source is made from the table, once per table: with the property
 * names standing in the code, the engine gives all messages of a kind one hidden class and one inline cache a property,
 * which is what makes decoding several times faster than a loop over the table. Making them costs as much as looping over
 * some twenty messages, so that the loops below read the first ones: a short command reads few. They read all where the process
 * forbids making code from text (node --disallow-code-generation-from-strings).
 */
export const compile = {
  /** How many messages of a table the loops read before a function is made for it. */
  patience: 16,

  struct(fields: readonly StructField[]): ReadStruct {
    const members = fields.map((field, i) => `${JSON.stringify(field.name)}: r${i}(b, o + ${field.offset})`)
    const bindings = fields.map((_, i) => `r${i} = f[${i}].codec.at`)
    const loop: ReadStruct = (bytes, offset) => {
      const out: Fields = {}
      for (const field of fields) out[field.name] = field.codec.at(bytes, offset + field.offset)
      return out
    }
    let count = 0
    let read: ReadStruct = (bytes, offset) => {
      if (count++ < compile.patience) return loop(bytes, offset)
      const source = `${declare(bindings)} return (b, o) => ({ ${members.join(', ')} })`
      read = generate<ReadStruct>(source, { f: fields }) ?? loop
      return read(bytes, offset)
    }
    return (bytes, offset) => read(bytes, offset)
  },

  /** Reads a fixed header that is known to be whole (possibly empty), then attributes to the end. */
  set(layout: Layout): ReadSet {
    // Not before the first message: most programs read few of the tables that there are, and a table may refer to a later one.
    let loop: ReadSet | undefined
    let count = 0
    let read: ReadSet = (bytes, start, end, base) => {
      loop ??= interpret(layout)
      if (count++ < compile.patience) return loop(bytes, start, end, base)
      read = generate<ReadSet>(sourceOf(layout), { layout, support }) ?? loop
      return read(bytes, start, end, base)
    }
    return (bytes, start, end, base) => read(bytes, start, end, base)
  },
}

/** Makes a function of its body; undefined where the process forbids that. */
export function generate<T>(body: string, scope: Record<string, unknown>): T | undefined {
  try {
    return new Function(...Object.keys(scope), `'use strict'; ${body}`)(...Object.values(scope)) as T
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

/** Bindings as a statement; of none there is none. */
export function declare(bindings: readonly string[]): string {
  return bindings.length === 0 ? '' : `const ${bindings.join(', ')};`
}

function sourceOf({ table, header, headerSize, derived }: Layout): string {
  const shown = header.filter((field) => derived[field.name] === undefined && field.codec.form.is !== 'padding')
  const pads = header.filter((field) => field.codec.form.is === 'padding')
  const selects = table.entries.map(({ name, codec }, i) => ({ i, name, codec })).filter(isSelect)
  const fieldIndex = (name: string) => header.findIndex((field) => field.name === name)
  const bindings = [
    ...header.map((_, i) => `h${i} = layout.header[${i}].codec.at`),
    ...table.entries.map((_, i) => `e${i} = layout.table.entries[${i}].codec, r${i} = e${i}.read`),
    ...Object.keys(derived).map((name, i) => `d${i} = layout.derived[${JSON.stringify(name)}].of`),
  ]
  const lines = [
    `const { again, other, located, badLength, leftover, unusual, nests, wireForm, copyOf } = support;`,
    declare([...bindings, 'TABLE = layout.table']),
    `function Shape(${shown.map((_, i) => `a${i}`).join(', ')}) {`,
    ...shown.map((field, i) => `this[${JSON.stringify(field.name)}] = a${i};`),
    `} Shape.prototype = Object.prototype;`,
    `return function read(b, start, end, base) {`,
    headerSize > 0 ? 'base = start;' : '',
    `const out = new Shape(${shown.map((f) => `h${fieldIndex(f.name)}(b, start + ${f.offset})`).join(', ')});`,
    `let odd = false, last = -1, o = start + ${headerSize};`,
    // A select that stands before what it is selected by waits for the end of the set.
    ...selects.map(({ i }) => `let l${i} = -1, s${i} = 0;`),
    'try {',
    `while (end - o >= 4) { const length = b[o] | b[o + 1] << 8, stop = o + length;`,
    `if (length < 4 || stop > end) throw badLength(b, o, end);`,
    `const type = b[o + 2] | b[o + 3] << 8; switch (type) {`,
  ]
  for (const [i, { name, type, flags, codec }] of table.entries.entries()) {
    const key = `out[${JSON.stringify(name)}]`
    const value = `r${i}(b, o + 4, stop, base, out)`
    lines.push(`case ${type | flags}:`)
    if (flags === NESTED) {
      lines.push(
        `case ${type}: if (type !== ${type}) nests.flagged = true;`,
        `else { nests.plain = true; if (!nests.remembered) odd = true; }`,
      )
    }
    if (codec.form.is === 'select') {
      if (flags !== NESTED) lines.push(`case ${type | NESTED}: if (type !== ${type}) odd = true;`)
      lines.push(
        `if (${key} === undefined && out[${JSON.stringify(codec.form.by)}] === undefined) {`,
        `${key} = null; l${i} = o; s${i} = stop; break; }`,
      )
    }
    if (codec.form.is === 'multi') {
      lines.push(
        `if (${key} === undefined) ${key} = [${value}]; else { ${key}.push(${value}); if (last !== type) odd = true; }`,
      )
    } else {
      lines.push(`if (${key} === undefined) ${key} = ${value}; else { again(out, b, o, stop); odd = true; }`)
    }
    if (mayBeUnusual(codec.form)) lines.push('if (unusual.seen) { unusual.seen = false; odd = true; }')
    lines.push('break;')
  }
  lines.push(
    `default: other(out, TABLE, b, o, stop, base); odd = true; }`,
    `last = type; o += length + 3 & ~3;`,
    // What fills the last four bytes means nothing, and is kept where it is not zero.
    `if ((length & 3) !== 0) for (let p = stop; p < o && p < end; p++) if (b[p] !== 0) odd = true; }`,
    ...selects.flatMap(({ i, name }) => [
      `if (l${i} >= 0) { const at = o; o = l${i}; out[${JSON.stringify(name)}] = r${i}(b, o + 4, s${i}, base, out); o = at;`,
      `if (unusual.seen) { unusual.seen = false; odd = true; } }`,
    ]),
    `} catch (error) { throw located(error, TABLE, b, o); }`,
    `if (o !== end) { if (o < end) throw leftover(b, o, end); odd = true; }`,
    ...pads.flatMap((f) =>
      Array.from({ length: f.codec.size }, (_, i) => `if (b[start + ${f.offset + i}] !== 0) odd = true;`),
    ),
    `if (odd) wireForm.set(out, copyOf(b, start, end));`,
  )
  for (const [i, [name, { from, absent }]] of Object.entries(derived).entries()) {
    const value = `h${fieldIndex(name)}(b, start + ${header[fieldIndex(name)]!.offset})`
    const source = `out[${JSON.stringify(from)}]`
    // A prefix took its length from this very field.
    const trusted = table.byName.get(from)?.codec.form.is === 'prefix'
    lines.push(
      `{ const v = ${value}; if (${source} === undefined ? v !== ${absent} : ${trusted ? 'false' : `v !== d${i}(${source})`}) out[${JSON.stringify(name)}] = v; }`,
    )
  }
  lines.push('return out }')
  return lines.join('\n')
}

function isSelect({ codec }: Pick<AttributeEntry, 'codec'>): boolean {
  return codec.form.is === 'select'
}

/** Only these leave `unusual` set; sets of attributes account for their own members. */
function mayBeUnusual(form: Form): boolean {
  // An integer of either size may have come in the larger one.
  if (form.is === 'integer') return form.size === 0
  return !['enumeration', 'bits', 'ip', 'ipv4', 'ipv6', 'lladdr', 'prefix', 'attributes'].includes(form.is)
}
