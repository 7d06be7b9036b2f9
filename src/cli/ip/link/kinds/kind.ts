import type { Address, Family, Keyword, Words } from '../../../grammar/index.ts'
import { abbreviates, CommandFailure, parse, rows, usage } from '../../../grammar/index.ts'
import type { Printer } from '../../../print/index.ts'
import type { Session } from '../../../session.ts'

/** What has been read after `type KIND`. */
export interface KindDraft<Data extends object = Record<string, unknown>> {
  readonly session: Session
  readonly creates: boolean
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
  /** Reads the words after `type KIND` and gives the attributes; absent for a kind that takes none. */
  readonly read?: (words: Words, session: Session, creates: boolean) => object
  /** Prints the attributes for `-d`. */
  readonly print?: (data: object | undefined, printer: Printer, session: Session) => void
}

export interface KindTable<Data extends object, Draft extends KindDraft<Data>> {
  readonly name: string
  readonly usage: string
  readonly slave?: boolean
  /** How an unknown word is called: `bridge: unknown command "x"?`. */
  readonly unknown: 'command' | 'option'
  readonly keywords: readonly Keyword<Draft>[]
  readonly draft?: (base: KindDraft<Data>) => Draft
  /** Looks at the whole once all is read. Throws CommandFailure. */
  readonly finish?: (draft: Draft) => void
  /** The fields of the attributes as they are decoded. */
  readonly print?: readonly KindField<never>[]
}

/** Makes a kind of its table. */
export function linkKind<Data extends object, Draft extends KindDraft<Data> = KindDraft<Data>>(
  table: KindTable<Data, Draft>,
): LinkKind {
  const { name, slave, print, finish } = table
  const otherwise = ({ current }: Words) => {
    if (abbreviates(current, 'help')) throw usage(table.usage, 1)
    throw new CommandFailure(`${name}: unknown ${table.unknown} "${current}"?\n${table.usage}`, 1)
  }
  return {
    name,
    usage: table.usage,
    slave,
    read(words, session, creates) {
      const base: KindDraft<Data> = { session, creates, family: 'unspec', request: {} as Data }
      const draft = table.draft?.(base) ?? (base as Draft)
      parse({ keywords: table.keywords, usage: table.usage, otherwise }, words, draft)
      finish?.(draft)
      return draft.request
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

export type { Address }
