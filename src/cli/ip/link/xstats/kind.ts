import type { link } from '../../../../rtnl/index.ts'
import type { Printer } from '../../../print/index.ts'

/** The column of a link's name, and four more. */
export const INDENT = ' '.repeat(20)

export type Statistics = NonNullable<link.LinkStatistics['linkXstats']>

/** What a kind of link counts beyond the ordinary. */
export interface KindStatistics {
  /** The words for the parts in the synopsis. */
  readonly words: string
  /** The parts that can be asked for alone, by the words for them. */
  readonly parts: Readonly<Record<string, string>>
  /** Shows the counters of a link, if it has some; all parts where `part` is undefined. */
  print(counters: Statistics, part: string | undefined, name: string, printer: Printer): void
}
