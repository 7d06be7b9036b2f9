import { CommandFailure, usage } from './failure.ts'
import type { Keyword } from './keyword.ts'
import { type Spelling, spelled, spellings } from './spelling.ts'
import type { Words } from './words.ts'

/** Runs a command and gives its exit status. `words` begins after the verb. */
export type Run<Context> = (context: Context, words: Words) => number | Promise<number>

export interface VerbOptions {
  /** Its one act is a request at its end (Requester.finish): a batch may run the next command before that is done. */
  readonly finishes?: boolean
  /**
   * It makes nothing of an IPv4 address but its bytes, unless all of them are 0: commands that differ in an address alone finish by
   * requests that differ in it alone.
   */
  readonly uniform?: boolean
  /** The words that may follow, for completion and the manual. */
  readonly words?: WordTable
}

/** What completion and the manual need to know of a command's words. */
export interface WordTable {
  readonly keywords: readonly Pick<Keyword<never>, 'spellings' | 'value' | 'ends'>[]
  /** What stands without a keyword: `DEVICE` or `NETNS`, say. */
  readonly otherwise?: { readonly introducer?: string; readonly hint: string } | ((...args: never[]) => void)
  /** The words that follow a keyword that ends the table, by its value. */
  readonly after?: (value: string) => WordTable | undefined
}

export interface Verb<Context> extends VerbOptions {
  readonly spellings: readonly Spelling[]
  readonly run: Run<Context>
}

/** A word of the second column: `ip link add`. */
export function verb<Context>(notation: string, run: Run<Context>, options?: VerbOptions): Verb<Context> {
  return { ...options, spellings: spellings(notation), run }
}

/** `help`, which is always the usage text on stderr. */
export function help<Context>(text: string | (() => string)): Verb<Context> {
  return verb('help*', () => {
    throw usage(typeof text === 'string' ? text : text())
  })
}

/** An object of the first column with its verbs in the order that abbreviations are resolved in. */
export interface CommandTable<Context> {
  /** The object as its error messages call it. */
  readonly name: string
  readonly verbs: readonly Verb<Context>[]
  /** The words of an object without verbs. */
  readonly words?: WordTable
  /** What runs when no verb is given. */
  readonly otherwise: Run<Context>
  /** What runs for a word that is no verb, where that is not an error of the usual wording. */
  readonly unknown?: Run<Context>
  /** What runs before any verb is looked for. Throws CommandFailure. */
  readonly before?: (context: Context, words: Words) => void
}

/** Finds the verb and runs it. Throws CommandFailure for a word that is none. */
export function dispatch<Context>(
  table: CommandTable<Context>,
  context: Context,
  words: Words,
): number | Promise<number> {
  table.before?.(context, words)
  if (words.done) return table.otherwise(context, words)
  const found = spelled(words.current, table.verbs)
  if (found !== undefined) {
    words.advance()
    return found.run(context, words)
  }
  if (table.unknown !== undefined) return table.unknown(context, words)
  const text = `Command "${words.current}" is unknown, try "ip ${table.name} help".`
  throw new CommandFailure(text, 255).about(words.current, table.verbs)
}
