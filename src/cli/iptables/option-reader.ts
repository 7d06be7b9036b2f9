/** A long option. Options of the same `id` mean the same. */
export interface LongOption {
  readonly name: string
  readonly id: string
  readonly value: 'none' | 'required' | 'optional'
}

export type Word =
  | { readonly is: 'option'; readonly id: string; readonly value: string | undefined }
  /** A word that is no option. */
  | { readonly is: 'operand'; readonly word: string }
  | { readonly is: 'unknown' | 'missing' }

/**
 * Reads a command line word by word as getopt_long(3) does when it is told to keep the order, so that what an option is may depend
 * on those before it: a match that is loaded brings its own.
 */
export class OptionReader {
  readonly #words: readonly string[]
  readonly #program: string
  #at = 0
  /** Letters of a word such as `-nvL` that are still to be read. */
  #letters = ''

  constructor(program: string, words: readonly string[]) {
    this.#program = program
    this.#words = words
  }

  get done(): boolean {
    return this.#at >= this.#words.length
  }

  /** The word that was read last, as error messages name it. */
  get last(): string {
    return this.#words[this.#at - 1] ?? this.#program
  }

  /** The next word, where it is neither an option nor `!`: what may follow a command besides its own value. */
  argument(): string | undefined {
    const word = this.#words[this.#at]
    if (word === undefined || word.startsWith('-') || word.startsWith('!')) return undefined
    this.#at++
    return word
  }

  /** Reads the last word again. */
  again(): void {
    this.#at--
  }

  /** Undefined at the end. `short` tells of each letter whether it takes a value. */
  next(short: ReadonlyMap<string, LongOption['value']>, long: readonly LongOption[]): Word | undefined {
    if (this.#letters === '') {
      const word = this.#words[this.#at]
      if (word === undefined) return undefined
      this.#at++
      if (word === '--') return undefined
      if (!word.startsWith('-') || word === '-') return { is: 'operand', word }
      if (word.startsWith('--')) return this.#long(word.slice(2), long)
      this.#letters = word.slice(1)
      this.#at--
    }
    return this.#letter(short)
  }

  #letter(short: ReadonlyMap<string, LongOption['value']>): Word {
    const id = this.#letters[0]!
    const rest = this.#letters.slice(1)
    const kind = short.get(id)
    this.#letters = kind === undefined || kind === 'none' ? rest : ''
    if (this.#letters === '') this.#at++
    if (kind === undefined) return { is: 'unknown' }
    if (kind === 'none' || (kind === 'optional' && rest === '')) return { is: 'option', id, value: undefined }
    return rest === '' ? this.#required(id) : { is: 'option', id, value: rest }
  }

  #required(id: string): Word {
    const value = this.#words[this.#at]
    if (value === undefined) return { is: 'missing' }
    this.#at++
    return { is: 'option', id, value }
  }

  #long(word: string, long: readonly LongOption[]): Word {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const value = equals < 0 ? undefined : word.slice(equals + 1)
    const candidates = long.filter((option) => option.name.startsWith(name))
    const exact = candidates.find((option) => option.name === name)
    const found = exact ?? candidates[0]
    const isAmbiguous =
      exact === undefined && candidates.some(({ id, value }) => id !== found?.id || value !== found.value)
    if (found === undefined || isAmbiguous || (found.value === 'none' && value !== undefined)) return { is: 'unknown' }
    if (found.value === 'required' && value === undefined) return this.#required(found.id)
    return { is: 'option', id: found.id, value }
  }
}
