import { incomplete } from './failure.ts'

/** The words of a command line, with a place in them. */
export class Words {
  readonly #list: readonly string[]
  #at = 0

  constructor(list: readonly string[]) {
    this.#list = list
  }

  /** True past the last word. */
  get done(): boolean {
    return this.#at >= this.#list.length
  }

  /** The word here; empty past the end. */
  get current(): string {
    return this.#list[this.#at] ?? ''
  }

  get hasNext(): boolean {
    return this.#at + 1 < this.#list.length
  }

  /** The word after this one, if there is one, without going there. */
  get following(): string | undefined {
    return this.#list[this.#at + 1]
  }

  /** How many words are left, this one included. */
  get left(): number {
    return Math.max(0, this.#list.length - this.#at)
  }

  /** Moves on, possibly past the end. */
  advance(): void {
    this.#at++
  }

  back(): void {
    this.#at--
  }

  /** Moves on to a word that has to be there. Throws CommandFailure where the line ends. */
  next(): string {
    if (!this.hasNext) throw incomplete()
    this.#at++
    return this.current
  }

  /** This word and all after it. */
  rest(): string[] {
    return this.#list.slice(this.#at)
  }
}
