import { readdirSync, readFileSync } from 'node:fs'
import { cNumber, cTruncated } from '../grammar/number.ts'

const DIRECTORY = '/etc/iproute2'

/** Numbers that have names: those everybody agrees on, and those of a file in /etc/iproute2. */
export interface NameTable {
  /** The name of a number, or the number as text. */
  name(id: number): string
  /** The number of a name, or of a number written as text. Undefined where it is neither. */
  id(word: string): number | undefined
}

export interface NameTableOptions {
  /** The file; with `and`, every `*.conf` in the directory of that name as well. */
  readonly file?: string
  readonly and?: string
  readonly known: Readonly<Record<string, number>>
  readonly most: number
  /** Whether the file is read even where the number's own name is known, so that it may be renamed. */
  readonly fileFirst?: boolean
  readonly base?: 0 | 16
  /** Whether iproute2 has an int for it, into which it puts numbers of any size. */
  readonly truncates?: boolean
  show?(id: number): string
}

/**
 * A table that reads its file when it first has to. Numbers print as numbers where `numeric`.
 *
 * The format of the files is in ip-route(8): a number, decimal or with 0x, then a name; `#` begins a comment.
 */
export function nameTable(options: NameTableOptions, numeric: boolean): NameTable {
  const { known, most, base = 0, show = String, truncates = false } = options
  const numberOf = (word: string) => {
    if (!truncates) return cNumber(word, 0, most, base)
    const id = cTruncated(word)
    return id === undefined || id < 0 ? undefined : id
  }
  let names = new Map(Object.entries(known).map(([name, id]) => [id, name]))
  let read = false
  const load = () => {
    if (read) return
    read = true
    names = new Map([...names, ...readFiles(options)].filter(([id]) => id >= 0 && id <= most))
  }
  return {
    name(id) {
      if (numeric) return show(id)
      if (options.fileFirst || !names.has(id)) load()
      return names.get(id) ?? show(id)
    },
    id(word) {
      load()
      let found: number | undefined
      for (const [id, name] of names) if (name === word && (found === undefined || id < found)) found = id
      return found ?? numberOf(word)
    },
  }
}

function readFiles({ file, and }: NameTableOptions): Map<number, string> {
  const entries = new Map<number, string>()
  if (file !== undefined) readInto(entries, `${DIRECTORY}/${file}`)
  if (and !== undefined) {
    for (const name of contents(`${DIRECTORY}/${and}`)) {
      if (!name.startsWith('.') && name.endsWith('.conf') && name.length > 5)
        readInto(entries, `${DIRECTORY}/${and}/${name}`)
    }
  }
  return entries
}

function contents(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function readInto(entries: Map<number, string>, path: string): void {
  let text: string
  try {
    text = readFileSync(path, 'latin1')
  } catch {
    return
  }
  for (const line of text.split('\n')) {
    const match = /^[ \t]*(?:0x([0-9a-f]+)|(-?\d+))\s+([^\s#]\S*)/i.exec(line)
    if (match !== null)
      entries.set(match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16), match[3]!)
  }
}
