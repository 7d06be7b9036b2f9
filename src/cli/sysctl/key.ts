/** Where kernel parameters are. */
export const ROOT = '/proc/sys/'

/**
 * Exchanges `/` and `.`, unless the first of them in `text` is already `to`: the first separator says which of the two it is, and
 * the other one then belongs to the names. A doubled separator is complained of once, and kept.
 */
export function separated(text: string, to: '/' | '.', complain: (line: string) => void): string {
  if (/[./]/.exec(text)?.[0] === to) return text
  const characters = [...text]
  let complained = false
  for (const [i, character] of characters.entries()) {
    if (character !== '/' && character !== '.') continue
    const next = characters[i + 1]
    if ((next === '/' || next === '.') && !complained) {
      complain(`separators should not be repeated: ${characters.slice(i).join('')}`)
      complained = true
    }
    characters[i] = character === '/' ? '.' : '/'
  }
  return characters.join('')
}

/** Bracket expressions of POSIX regular expressions that JavaScript's do not have. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  xdigit: '0-9a-fA-F',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
}

/** Whether a name matches the pattern of `-r`, a POSIX extended regular expression. What is none matches nothing. */
export function matcher(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true
  try {
    const expression = new RegExp(pattern.replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all))
    return (name) => expression.test(name)
  } catch {
    return () => false
  }
}
