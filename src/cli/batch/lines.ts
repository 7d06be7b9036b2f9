import { CommandFailure } from '../grammar/index.ts'
import type { Input } from './input.ts'

/** One command of a batch. */
export interface BatchLine {
  /** The number of its last line. */
  readonly number: number
  /** The line with its end, where it is nothing but words with blanks between them. */
  readonly text?: string
  readonly words: readonly string[]
}

/** A comment, a continuation, quotes, and white space of other kinds. */
const SPECIAL = /[#\\'"\0\t\r]/
const MOST_WORDS = 511

/**
 * The commands of a batch, as ip(8) reads them: `#` begins a comment, wherever it stands; a backslash before the end of a line
 * continues it; a word that begins with a quote goes to the next such quote. Lines without words are passed over.
 */
export function* readLines(input: Input, complain: (line: string) => void): Generator<BatchLine, void, undefined> {
  for (;;) {
    const text = input.line()
    if (text === undefined) return
    if (!SPECIAL.test(text)) {
      const words = splitWords(text)
      if (words.length > 0) yield { number: input.number, text, words }
      continue
    }
    let line = withoutComment(text)
    for (let end = line.indexOf('\\\n'); end >= 0; end = line.indexOf('\\\n')) {
      const next = input.line()
      if (next === undefined) {
        complain('Missing continuation line')
        return
      }
      line = line.slice(0, end) + withoutComment(next)
    }
    const words = splitWords(line)
    if (words.length > 0) yield { number: input.number, words }
  }
}

const [NUL, HASH] = [0x00, 0x23]

/** The line up to its comment, or to a NUL, which ends what C reads. */
function withoutComment(line: string): string {
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === HASH || code === NUL) return line.slice(0, i)
  }
  return line
}

const [SPACE, TAB, NEWLINE, RETURN, QUOTE, APOSTROPHE] = [0x20, 0x09, 0x0a, 0x0d, 0x22, 0x27]

const isSpace = (code: number) => code === SPACE || code === NEWLINE || code === TAB || code === RETURN

/** The words of a line. Throws CommandFailure for a quote without its other one, and for too many words. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  for (let at = 0; ; at++) {
    while (at < line.length && isSpace(line.charCodeAt(at))) at++
    if (at >= line.length) return words
    if (words.length === MOST_WORDS) throw new CommandFailure('Too many arguments to command', 1, { ends: true })
    const first = line.charCodeAt(at)
    const quoted = first === QUOTE || first === APOSTROPHE
    let end = quoted ? line.indexOf(line[at]!, at + 1) : at + 1
    if (end < 0) throw new CommandFailure('Unterminated quoted string', 1, { ends: true })
    while (!quoted && end < line.length && !isSpace(line.charCodeAt(end))) end++
    words.push(line.slice(quoted ? at + 1 : at, end))
    at = end
  }
}
