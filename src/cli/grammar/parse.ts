import { CommandFailure, duplicate, garbage, usage } from './failure.ts'
import type { Keyword } from './keyword.ts'
import { abbreviates, spelled } from './spelling.ts'
import type { Words } from './words.ts'

/** What a word is when no keyword matches it. */
export interface Positional<Draft> {
  /** The keyword that may stand before it and need not, as `dev` in `ip link set dev eth0`. */
  readonly introducer?: string
  /** Its name in the error for a second one. */
  readonly name: string
  readonly hint: string
  /** Whether `help` is looked for only in place of the introducer, so that a device may be called "help" after `dev`. */
  readonly helpBefore?: boolean
  /** Whether it has been given, which makes another one an error. */
  given(draft: Draft): boolean
  take(words: Words, draft: Draft): void
}

/** The table of a command. */
export interface Grammar<Draft> {
  readonly keywords: readonly Keyword<Draft>[]
  readonly otherwise: Positional<Draft> | ((words: Words, draft: Draft) => void)
  /** The text for `help`. */
  readonly usage: string | (() => string)
}

export function usageText(grammar: { readonly usage: string | (() => string) }): string {
  return typeof grammar.usage === 'string' ? grammar.usage : grammar.usage()
}

/**
 * Reads the words into the draft, up to the end or through a keyword that `ends` the table.
 *
 * Words take effect in the order they are written, so the first mistake is the one reported. Throws CommandFailure.
 */
export function parse<Draft>(grammar: Grammar<Draft>, words: Words, draft: Draft): void {
  const seen = new Set<string>()
  while (!words.done) {
    const keyword = spelled(words.current, grammar.keywords)
    if (keyword === undefined) takeUnknown(grammar, words, draft)
    else {
      if (keyword.value !== undefined && !keyword.early) words.next()
      if (keyword.once !== undefined) {
        if (seen.has(keyword.once)) throw duplicate(keyword.once, words.current)
        seen.add(keyword.once)
      }
      if (keyword.value !== undefined && keyword.early) words.next()
      keyword.take(words, draft)
    }
    words.advance()
    if (keyword?.ends) return
  }
}

function takeUnknown<Draft>(grammar: Grammar<Draft>, words: Words, draft: Draft): void {
  const word = words.current
  try {
    takeOther(grammar, words, draft)
  } catch (error) {
    throw error instanceof CommandFailure ? error.about(word, grammar.keywords) : error
  }
}

function takeOther<Draft>(grammar: Grammar<Draft>, words: Words, draft: Draft): void {
  const { otherwise } = grammar
  if (typeof otherwise === 'function') {
    otherwise(words, draft)
    return
  }
  const introduced = words.current === otherwise.introducer
  if (introduced) words.next()
  if (!(introduced && otherwise.helpBefore) && abbreviates(words.current, 'help')) throw usage(usageText(grammar))
  if (otherwise.given(draft)) throw garbage(otherwise.name, words.current)
  otherwise.take(words, draft)
}

/** For commands that take no words at all after the verb. */
export function refuse(words: Words, message: string): void {
  if (!words.done) throw new CommandFailure(message, 1)
}
