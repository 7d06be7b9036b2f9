import type { Family, Keyword, Words } from '../../../grammar/index.ts'
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
  /** Whether the attributes are those of a port under a master. */
  readonly slave?: boolean
  /** The rows of its options. */
  readonly keywords?: readonly Keyword<never>[]
  /** Reads the words after `type KIND` and gives the attributes; absent for a kind that takes none. */
  readonly read?: (words: Words, context: KindContext) => object
  /** Prints the attributes for `-d`. */
  readonly print?: (data: object | undefined, printer: Printer, session: Session) => void
  /** Prints what the kind counts for `-d -s`. */
  readonly printCounters?: (counters: Uint8Array, printer: Printer) => void
}

export interface KindTable<Data extends object, Draft extends KindDraft<Data>> {
  readonly name: string
  readonly usage: string
  readonly slave?: boolean
  /** How an unknown word is called: `bridge: unknown command "x"?`, or in a line of the kind's own; `usage` where it is not. */
  readonly unknown?: 'command' | 'option' | 'usage' | ((word: string) => string)
  /** What is done with an unknown word instead. */
  readonly otherwise?: (words: Words) => void
  /** Whether `help` is understood in any abbreviation, as it is unless told, in full only, or not at all. */
  readonly help?: 'full' | 'none'
  readonly keywords: readonly Keyword<Draft>[]
  readonly draft?: (base: KindDraft<Data>) => Draft
  /** What a new link has where nothing else is said. A link that is changed keeps what it has, instead of what is not sent. */
  readonly defaults?: () => Data
  /** Looks at the whole once all is read. Throws CommandFailure. */
  readonly finish?: (draft: Draft) => void
  /** The attributes to send, where they are not all that was read. */
  readonly send?: (request: Data) => Data
  /** The fields of the attributes as they are decoded. */
  readonly print?: readonly KindField<never>[]
}

/** Makes a kind of its table. */
export function linkKind<Data extends object, Draft extends KindDraft<Data> = KindDraft<Data>>(
  table: KindTable<Data, Draft>,
): LinkKind {
  const { name, slave, print, finish, unknown = 'command', defaults, send } = table
  const unknownLine = (word: string) => {
    return typeof unknown === 'function' ? unknown(word) : `${name}: unknown ${unknown} "${word}"?`
  }
  const refuse = ({ current }: Words) => {
    const asks = table.help === 'full' ? current === 'help' : table.help !== 'none' && abbreviates(current, 'help')
    if (asks || unknown === 'usage') throw usage(table.usage, 1)
    throw new CommandFailure(`${unknownLine(current)}\n${table.usage}`, 1)
  }
  const start = (context: KindContext): Data => {
    if (defaults === undefined) return {} as Data
    return { ...defaults(), ...(context.creates ? undefined : existingData(context, name)) }
  }
  return {
    name,
    usage: table.usage,
    slave,
    keywords: table.keywords,
    read(words, context) {
      const base: KindDraft<Data> = { ...context, family: 'unspec', request: start(context) }
      const draft = table.draft?.(base) ?? (base as Draft)
      parse({ keywords: table.keywords, usage: table.usage, otherwise: table.otherwise ?? refuse }, words, draft)
      finish?.(draft)
      return send?.(draft.request) ?? draft.request
    },
    print:
      print &&
      ((data, printer, session) => {
        if (data !== undefined) for (const field of print) field(data as never, printer, session)
      }),
  }
}

/** Builders of a kind's rows. */
export const kindRows = <Data extends object>() => rows<KindDraft<Data>>()
