import { CommandFailure, wrong } from './failure.ts'
import type { Reader } from './keyword.ts'
import { spelled, spellings } from './spelling.ts'

/** One of a few words, each giving a value; `refuse` is the error's reason for any other, or makes the error. */
export function choice<T>(
  choices: Readonly<Record<string, T>>,
  refuse: string | ((word: string) => CommandFailure),
  { caseless = false } = {},
): Reader<T> {
  const entries = Object.entries(choices).map(([notation, value]) => ({ spellings: spellings(notation), value }))
  const words = entries.flatMap((entry) => entry.spellings.map((spelling) => spelling.text))
  return {
    hint: `{ ${words.join(' | ')} }`,
    choices: words,
    read({ current }) {
      const found = spelled(caseless ? current.toLowerCase() : current, entries)
      if (found === undefined) {
        throw (typeof refuse === 'string' ? wrong(current, refuse) : refuse(current)).about(current, entries)
      }
      return found.value
    },
  }
}

/** `on` or `off`, refused in the words of `ip link`'s older options. */
export function onOff(name: string, { abbreviable = false } = {}): Reader<boolean> {
  return choice(abbreviable ? { 'on*': true, 'off*': false } : { on: true, off: false }, (word) => {
    return new CommandFailure(`Error: argument of "${name}" must be "on" or "off", not "${word}"`, 1)
  })
}

/** `on` or `off`, or a beginning of them, refused in the words of its newer ones; what follows from that differs from option to option. */
export function offOn(name: string, status: number, { ends = false } = {}): Reader<boolean> {
  return choice({ 'off*': false, 'on*': true }, (word) => {
    return new CommandFailure(`Error: argument of "${name}" must be one of "off", "on", not "${word}"`, status, {
      ends,
    })
  })
}

/** Any word. */
export function text(hint: string): Reader<string> {
  return { hint, read: (words) => words.current }
}
