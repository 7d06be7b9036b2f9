import type { Spelling } from './spelling.ts'
import { spellings } from './spelling.ts'
import type { Words } from './words.ts'

/** Turns the words of a value into the value. Starts at its first word and ends at its last. Throws CommandFailure. */
export interface Reader<T, Draft = unknown> {
  /** The value in a synopsis, such as `MTU` or `{ on | off }`. */
  readonly hint: string
  /** The words it can be, where they are few. */
  readonly choices?: readonly string[]
  read(words: Words, draft: Draft): T
}

/** A row of a command's table. Parser, help, completion and the errors all read it. */
export interface Keyword<Draft> {
  readonly spellings: readonly Spelling[]
  /** What follows the keyword; absent for a keyword that stands alone. */
  readonly value?: { readonly hint: string; readonly choices?: readonly string[] }
  /** The name in the error for a second occurrence; absent where the last one counts. */
  readonly once?: string
  /** Whether a second occurrence is refused before its value is looked at. */
  readonly early?: boolean
  /** What follows belongs to another table. */
  readonly ends?: boolean
  take(words: Words, draft: Draft): void
}

/** The keys of a request whose type takes a `T`. */
type KeyFor<Request, T> = { [K in keyof Request]-?: T extends Request[K] ? K : never }[keyof Request]
/** Where a value goes: a key of the draft's request, or a function that puts it there. */
export type Place<Draft extends { request: object }, T> =
  | KeyFor<Draft['request'], T>
  | ((draft: Draft, value: T, words: Words) => void)

export interface KeywordOptions {
  readonly once?: string
  readonly early?: boolean
  readonly ends?: boolean
}

/** The builders of a table's rows, for one kind of draft. */
export interface Rows<Draft extends { request: object }> {
  /** A keyword and its value. */
  option<T>(
    notation: string,
    reader: Reader<T, Draft>,
    place: Place<Draft, T>,
    options?: KeywordOptions,
  ): Keyword<Draft>
  /** A keyword that stands alone. */
  flag(notation: string, put: (draft: Draft, words: Words) => void, options?: KeywordOptions): Keyword<Draft>
  /** A keyword that stands alone and gives `value` to `key`. */
  flag<K extends keyof Draft['request']>(notation: string, key: K, value: Draft['request'][K]): Keyword<Draft>
}

export function rows<Draft extends { request: object }>(): Rows<Draft> {
  const assign = (draft: Draft, key: PropertyKey, value: unknown) => {
    ;(draft.request as Record<PropertyKey, unknown>)[key] = value
  }
  return {
    option<T>(
      notation: string,
      reader: Reader<T, Draft>,
      place: Place<Draft, T>,
      options?: KeywordOptions,
    ): Keyword<Draft> {
      const { hint, choices } = reader
      return {
        ...options,
        spellings: spellings(notation),
        value: choices === undefined ? { hint } : { hint, choices },
        take(words, draft) {
          const value = reader.read(words, draft)
          if (typeof place === 'function') place(draft, value, words)
          else assign(draft, place as PropertyKey, value)
        },
      }
    },
    flag(notation: string, put: PropertyKey | ((draft: Draft, words: Words) => void), value?: unknown) {
      const options = typeof put === 'function' ? (value as KeywordOptions | undefined) : undefined
      return {
        ...options,
        spellings: spellings(notation),
        take(words: Words, draft: Draft) {
          if (typeof put === 'function') put(draft, words)
          else assign(draft, put, value)
        },
      }
    },
  }
}
