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

type Spelled = { readonly spellings: readonly Spelling[] }

/** Of each table, the entries that a word may spell, by its first letter: most words are looked for in several tables. */
const byLetter = new WeakMap<readonly Spelled[], Map<number, Spelled[]>>()

function indexed(entries: readonly Spelled[]): Map<number, Spelled[]> {
  const letters = new Map<number, Spelled[]>()
  for (const entry of entries) {
    for (const letter of new Set(entry.spellings.map(({ text }) => text.charCodeAt(0)))) {
      const candidates = letters.get(letter)
      if (candidates === undefined) letters.set(letter, [entry])
      else candidates.push(entry)
    }
  }
  byLetter.set(entries, letters)
  return letters
}

/**
 * The first of `entries` that `word` spells: tables are ordered, and an abbreviation belongs to the earliest match. A table is
 * not to change once it has been searched.
 */
export function spelled<T extends Spelled>(word: string, entries: readonly T[]): T | undefined {
  const candidates = (byLetter.get(entries) ?? indexed(entries)).get(word.charCodeAt(0)) as T[] | undefined
  return candidates?.find((entry) => entry.spellings.some((spelling) => spells(word, spelling)))
}
