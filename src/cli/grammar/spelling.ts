/** One way to write a keyword. */
export interface Spelling {
  readonly text: string
  /** May be cut short to any non-empty beginning. */
  readonly abbreviable: boolean
}

/**
 * Reads the notation of the tables: `broadcast*|brd` is "broadcast", which may be cut short, or "brd", which may not.
 * iproute2 decides word by word which of the two holds, and scripts rely on both.
 */
export function spellings(notation: string): readonly Spelling[] {
  return notation.split('|').map((part) => {
    const abbreviable = part.endsWith('*')
    return { text: abbreviable ? part.slice(0, -1) : part, abbreviable }
  })
}

/** Whether `word` is `text` or a non-empty beginning of it. */
export function abbreviates(word: string, text: string): boolean {
  return word !== '' && text.startsWith(word)
}

export function spells(word: string, spelling: Spelling): boolean {
  return spelling.abbreviable ? abbreviates(word, spelling.text) : word === spelling.text
}

/** The first of `entries` that `word` spells: tables are ordered, and an abbreviation belongs to the earliest match. */
export function spelled<T extends { readonly spellings: readonly Spelling[] }>(
  word: string,
  entries: readonly T[],
): T | undefined {
  return entries.find((entry) => entry.spellings.some((spelling) => spells(word, spelling)))
}
