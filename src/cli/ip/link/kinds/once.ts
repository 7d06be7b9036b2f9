import { garbage, type Keyword, type Place, type Reader, rows } from '../../../grammar/index.ts'
import type { KindDraft } from './kind.ts'

/** A draft of a kind whose attributes may each be given once. */
export interface OnceDraft<Data extends object> extends KindDraft<Data> {
  /** The attributes that have been given. */
  readonly given: Set<string>
}

/** The keys of `Data` that are switches. */
type SwitchKey<Data> = { [K in keyof Data]-?: boolean extends Data[K] ? K : never }[keyof Data] & string

/** Builders of rows whose attribute may be given once; a second time is "garbage". */
export interface OnceRows<Data extends object, Draft extends { request: object }> {
  /** A keyword and its value. `name` is the attribute's in the error. */
  option<T>(
    notation: string,
    attribute: string,
    name: string,
    reader: Reader<T, Draft>,
    place: Place<Draft, T>,
  ): Keyword<Draft>
  /** A keyword that stands alone. */
  flag(notation: string, attribute: string, put: (draft: Draft) => void): Keyword<Draft>
  /** A keyword that stands alone, and its opposite with "no" in front. */
  pair(notation: string, key: SwitchKey<Data>): Keyword<Draft>[]
}

export function onceRows<Data extends object, Draft extends OnceDraft<Data> = OnceDraft<Data>>(): OnceRows<
  Data,
  Draft
> {
  const table = rows<Draft>()
  const take = ({ given }: Draft, attribute: string, name: string, word: string) => {
    if (given.has(attribute)) throw garbage(name, word)
    given.add(attribute)
  }
  const flag: OnceRows<Data, Draft>['flag'] = (notation, attribute, put) => {
    return table.flag(notation, (draft, words) => {
      take(draft, attribute, words.current, words.current)
      put(draft)
    })
  }
  return {
    option: (notation, attribute, name, { hint, choices, read }, place) =>
      table.option(
        notation,
        {
          hint,
          choices,
          read(words, draft) {
            take(draft, attribute, name, words.current)
            return read(words, draft)
          },
        },
        place,
      ),
    flag,
    pair: (notation, key) =>
      [true, false].map((on) =>
        flag(`${on ? '' : 'no'}${notation}`, key, ({ request }) => {
          ;(request as Record<string, unknown>)[key] = on
        }),
      ),
  }
}
