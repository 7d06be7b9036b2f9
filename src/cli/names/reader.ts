import { type Reader, wrong } from '../grammar/index.ts'
import type { Names } from './index.ts'

/** A draft that knows the administrator's names. */
export interface NamesDraft {
  readonly session: { readonly names: Names }
}

/** A number by its name in one of the tables; `why` is the error's reason where it is neither. */
export function named(table: keyof Names, why: string, hint: string): Reader<number, NamesDraft> {
  return {
    hint,
    read({ current }, { session }) {
      const id = session.names[table].id(current)
      if (id === undefined) throw wrong(current, why)
      return id
    },
  }
}

/** The same, or undefined for the word `all`, unless the table has that as a name. */
export function namedOrAll(table: keyof Names, why: string, hint: string): Reader<number | undefined, NamesDraft> {
  const { read } = named(table, why, hint)
  return {
    hint,
    read(words, draft) {
      const all = words.current === 'all' && draft.session.names[table].id('all') === undefined
      return all ? undefined : read(words, draft)
    },
  }
}
