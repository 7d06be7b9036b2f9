import type { Family, Keyword, Words, WordTable } from '../../../grammar/index.ts'
import { abbreviates, CommandFailure, parse, rows, usage } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'
import { existingData } from './existing.ts'

/** Which link the options after `type KIND` are for. */
export interface KindContext {
  readonly session: Session
  /** Whether it is to be made, as opposed to changed. */
  readonly creates: boolean
  /** The index of the link to be changed. */
  readonly index?: number | undefined
}

/** What has been read after `type KIND`. */
export interface KindDraft<Data extends object = Record<string, unknown>> extends KindContext {
  family: Family
  /** The kind's attributes. */
  readonly request: Data
}

/** Prints a field of the kind's data. */
export type KindField<Data> = (data: Data, printer: Printer, session: Session) => void

/** A kind of link, or of what a link is under a master of some kind: the row of a table of tables. */
export interface LinkKind {
  readonly name: string
  /** What `ip link help KIND` prints. */
  readonly usage?: string
  /** The rows of its options. */
  readonly keywords?: readonly Keyword<never>[]
  /** The words that follow one of them that ends the options. */
  readonly after?: WordTable['after']
  /** Reads the words after `type KIND` and gives the attributes; absent for a kind that takes none. */
  readonly read?: (words: Words, context: KindContext) => object
  /** Prints the attributes for `-d`. */
  readonly print?: (data: object | undefined, printer: Printer, session: Session) => void
  /** Prints what the kind counts for `-d -s`. */
  readonly printCounters?: (counters: Uint8Array, printer: Printer) => void
}

export interface KindTable<Data extends object, Draft extends KindDraft<Data>> {
  readonly usage: string
  /** How an unknown word is called: `bridge: unknown command "x"?`, or in a line of the kind's own; `usage` where it is not. */
  readonly unknown?: 'command' | 'option' | 'usage' | ((word: string) => string)
  /** What is done with an unknown word instead. */
  readonly otherwise?: (words: Words) => void
  /** Whether `help` is understood in any abbreviation, as it is unless told, in full only, or not at all. */
  readonly help?: 'full' | 'none'
  readonly keywords: readonly Keyword<Draft>[]
  readonly draft?: (base: KindDraft<Data>) => Draft
  /** Reads words that stand before the others only. */
  readonly lead?: (words: Words) => Partial<Data>
  /** What a new link has where nothing else is said. A link that is changed keeps what it has, instead of what is not sent. */
  readonly defaults?: () => Data
  /** Looks at the whole once all is read. Throws CommandFailure. */
  readonly finish?: (draft: Draft) => void
  /** The attributes to send, where they are not all that was read. */
  readonly send?: (request: Data) => Data
  /** The fields of the attributes as they are decoded. */
  readonly print?: readonly KindField<never>[]
  readonly printCounters?: LinkKind['printCounters']
}

/** Makes a kind of its table, which is made when the kind is first named: most commands name one kind, or none. */
export function linkKind<Data extends object, Draft extends KindDraft<Data> = KindDraft<Data>>(
  name: string,
  make: () => KindTable<Data, Draft>,
): LinkKind {
  let made: KindTable<Data, Draft> | undefined
  const table = () => {
    made ??= make()
    return made
  }
  return {
    name,
    get usage() {
      return table().usage
    },
    get keywords() {
      return table().keywords
    },
    read: (words, context) => readOptions(name, table(), words, context),
    get print(): LinkKind['print'] {
      const { print } = table()
      return print && ((data, printer, session) => printFields(print, data, printer, session))
    },
    get printCounters() {
      return table().printCounters
    },
  }
}

function readOptions<Data extends object, Draft extends KindDraft<Data>>(
  name: string,
  table: KindTable<Data, Draft>,
  words: Words,
  context: KindContext,
): Data {
  const { usage: text, keywords, defaults, lead, otherwise } = table
  const found = lead?.(words)
  const existing = defaults === undefined || context.creates ? undefined : existingData(context, name)
  const request = { ...defaults?.(), ...existing, ...found } as Data
  const base: KindDraft<Data> = { ...context, family: 'unspec', request }
  const draft = table.draft?.(base) ?? (base as Draft)
  parse({ keywords, usage: text, otherwise: otherwise ?? ((word) => refuse(name, table, word)) }, words, draft)
  table.finish?.(draft)
  return table.send?.(draft.request) ?? draft.request
}

/** What is said of a word that the table does not have. */
function refuse(
  name: string,
  table: Pick<KindTable<object, never>, 'usage' | 'unknown' | 'help'>,
  words: Words,
): never {
  const { usage: text, unknown = 'command', help } = table
  const word = words.current
  const asks = help === 'full' ? word === 'help' : help !== 'none' && abbreviates(word, 'help')
  if (asks || unknown === 'usage') throw usage(text, 1)
  const line = typeof unknown === 'function' ? unknown(word) : `${name}: unknown ${unknown} "${word}"?`
  throw new CommandFailure(`${line}\n${text}`, 1)
}

function printFields(
  fields: readonly KindField<never>[],
  data: object | undefined,
  printer: Printer,
  session: Session,
): void {
  if (data !== undefined) for (const field of fields) field(data as never, printer, session)
}

/** Builders of a kind's rows. */
export const kindRows = <Data extends object>() => rows<KindDraft<Data>>()
