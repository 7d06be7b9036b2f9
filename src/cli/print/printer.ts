import type { Colour } from './colour.ts'

/** A value as JSON has it; `literal` is written as it stands, for numbers whose digits matter. */
export type Value = string | number | bigint | boolean | null | { readonly literal: string }

export interface FieldOptions {
  readonly colour?: Colour
  /** The value in text, where it is not the value as it is. */
  readonly as?: string
}

/**
 * What a description of an object is written to.
 *
 * Each field is written once, with its name in JSON and its format in text, so that the two cannot come to disagree; what only
 * one of them shows is said by `text` and `data`. In a format `%` stands for the value; `%16` pads it on the left to 16 columns
 * and `%-16` on the right.
 */
export interface Printer {
  /** Whether this is JSON, for the few places where its structure differs. */
  readonly json: boolean
  field(name: string, value: Value, format: string, options?: FieldOptions): void
  /** A member of an array. */
  item(value: Value, format: string): void
  /** Text alone; JSON shows nothing. */
  text(text: string, colour?: Colour): void
  /** JSON alone; text shows nothing. */
  data(name: string, value: Value): void
  object(name: string | undefined, body: () => void): void
  /** `open` and `close` surround the members in text. */
  array(name: string, body: () => void, open?: string, close?: string): void
  /** A line within a record: a new line, or a backslash in one-line output. */
  newLine(): void
  /** The end of a record's text. */
  endRecord(): void
  /** All records of a command: JSON's outermost array. Returns what `body` returns; the array is closed even if it throws. */
  records<T>(body: () => T): T
}

const PLACE = /%(-?)(\d*)/

export function formatValue(format: string, value: string): string {
  return format.replace(PLACE, (_, left: string, width: string) => {
    if (width === '') return value
    // C counts bytes.
    const blanks = ' '.repeat(Math.max(0, Number(width) - Buffer.byteLength(value)))
    return left === '' ? blanks + value : value + blanks
  })
}

export function valueText(value: Value): string {
  if (typeof value === 'object' && value !== null) return value.literal
  return value === null ? '' : String(value)
}
