import type { Printer, Value } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import type { KindField } from './kind.ts'

/** The keys of `Data` whose values are `T` where they are there at all. */
type KeyOf<Data, T> = { [K in keyof Data]-?: NonNullable<Data[K]> extends T ? K : never }[keyof Data]

/**
 * Builders of the fields of a kind. Each prints one attribute if it is there: under its name in JSON, and in text as
 * `NAME VALUE `, where `word` is the name in text if that differs.
 */
export interface Fields<Data extends object> {
  /** A number, or a switch as 0 or 1. */
  number(key: KeyOf<Data, number | bigint | boolean>, name: string, word?: string): KindField<Data>
  /** A number in hexadecimal, which JSON has as a string; zero is `0`. */
  hex(key: KeyOf<Data, number>, name: string, word?: string): KindField<Data>
  /** A switch as `on` or `off`, in JSON true or false. */
  onOff(key: KeyOf<Data, boolean>, name: string, word?: string): KindField<Data>
  /** A switch that shows only when it is on, as a word alone. */
  ifOn(key: KeyOf<Data, boolean>, name: string, word?: string): KindField<Data>
  /** A switch as `word` or `noword`. */
  orNo(key: KeyOf<Data, boolean>, name: string, word: string): KindField<Data>
  /** Text, made by `show` where the value is not text. */
  text<K extends keyof Data>(
    key: K,
    name: string,
    word: string,
    show: (value: NonNullable<Data[K]>, session: Session) => string,
  ): KindField<Data>
  /** Anything else that is there. */
  when<K extends keyof Data>(
    key: K,
    print: (value: NonNullable<Data[K]>, printer: Printer, session: Session, data: Data) => void,
  ): KindField<Data>
}

export function fields<Data extends object>(): Fields<Data> {
  const when = (key: PropertyKey, print: (value: never, printer: Printer, session: Session, data: Data) => void) => {
    const field: KindField<Data> = (data, printer, session) => {
      const value = (data as Record<PropertyKey, unknown>)[key]
      if (value !== undefined) print(value as never, printer, session, data)
    }
    return field
  }
  return {
    number: (key, name, word = name) =>
      when(key, (value: number | bigint | boolean, printer) => {
        printer.field(name, typeof value === 'boolean' ? Number(value) : value, `${word} % `)
      }),
    hex: (key, name, word = name) =>
      when(key, (value: number, printer) => printer.field(name, hexText(value), `${word} % `)),
    onOff: (key, name, word = name) =>
      when(key, (value: boolean, printer) => printer.field(name, value, `${word} % `, { as: value ? 'on' : 'off' })),
    ifOn: (key, name, word = name) =>
      when(key, (value: boolean, printer) => {
        if (value) printer.field(name, true, `${word} `)
      }),
    orNo: (key, name, word) =>
      when(key, (value: boolean, printer) => printer.field(name, value, `${value ? '' : 'no'}${word} `)),
    text: (key, name, word, show) =>
      when(key, (value: never, printer, session) => printer.field(name, show(value, session), `${word} % `)),
    when: (key, print) => when(key, print),
  }
}

/** A number as C's `%#x` writes it. */
export function hexText(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`
}

/** A timer in hundredths of a second, as seconds with two decimals. */
export function timer(name: string) {
  return (value: number | bigint, printer: Printer) => {
    const hundredths = Number(value)
    const seconds = `${Math.trunc(hundredths / 100)}`
    const rest = String(hundredths % 100).padStart(2, '0')
    const literal: Value = { literal: `${seconds}.${rest}` }
    printer.field(name, literal, `${name} ${seconds.padStart(4)}.${rest} `)
  }
}
