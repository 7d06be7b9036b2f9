import { servicePort } from '../names/services.ts'
import { IptablesError } from './failure.ts'
import { leadingNumber, wholeNumber } from './number.ts'

/** Whose value is being read, for errors: an extension's option. */
export interface Asked {
  readonly extension: string
  readonly option: string
}

/** A number from `least` to `most`. */
export function integer(text: string, least: number, most: number, { extension, option }: Asked): number {
  const value = wholeNumber(text, least, most)
  if (value !== undefined) return value
  throw new IptablesError(`${extension}: bad value for option "--${option}", or out of range (${least}-${most}).\n`)
}

/** `a`, `a:b`, `a:` or `:b`. */
export function integerRange(text: string, most: number, { extension, option }: Asked): readonly [number, number] {
  const ends: number[] = []
  for (let at = text; ; ) {
    if (ends.length === 2) {
      throw new IptablesError(`${extension}: Too many components for option "--${option}" (max: 2)\n`)
    }
    const isEmpty = at === '' || at.startsWith(':')
    const read = isEmpty ? { value: ends.length === 1 ? most : 0, rest: at } : leadingNumber(at, 0, most)
    if (read === undefined) {
      const near = `near "${at}", or out of range (0-${most}).\n`
      throw new IptablesError(`${extension}: bad value for option "--${option}" ${near}`)
    }
    if (read.rest !== '' && !read.rest.startsWith(':')) {
      const near = `unexpected characters near "${read.rest}".\n`
      throw new IptablesError(`${extension}: Argument to "--${option}" has ${near}`)
    }
    ends.push(read.value)
    if (read.rest === '') return [ends[0]!, ends[1] ?? ends[0]!]
    at = read.rest.slice(1)
  }
}

/** `value` or `value/mask`. */
export function markAndMask(text: string, { extension, option }: Asked): { mark: number; mask: number } {
  const bad = () => new IptablesError(`${extension}: bad integer value for option "--${option}", or out of range.\n`)
  const garbage = () => new IptablesError(`${extension}: trailing garbage after value for option "--${option}".\n`)
  const mark = leadingNumber(text, 0, 0xffffffff)
  if (mark === undefined) throw bad()
  if (mark.rest === '') return { mark: mark.value, mask: 0xffffffff }
  if (!mark.rest.startsWith('/')) throw garbage()
  const mask = leadingNumber(mark.rest.slice(1), 0, 0xffffffff)
  if (mask === undefined) throw bad()
  if (mask.rest !== '') throw garbage()
  return { mark: mark.value, mask: mask.value }
}

/** Two ends of a range of ports by number or name: `80`, `80:90`, `:90`, `http`. */
export function portRange(text: string, { extension, option }: Asked): [number, number] {
  const parts = text.split(':')
  if (parts.length > 2) throw new IptablesError(`${extension}: Too many components for option "--${option}" (max: 2)\n`)
  const ends: [number, number] = [0, 0xffff]
  for (const [i, part] of parts.entries()) {
    if (part === '') continue
    const port = resolvedPort(part)
    if (port === undefined) throw new IptablesError(`Port "${part}" does not resolve to anything.\n`)
    ends[i] = port
  }
  return parts.length === 1 ? [ends[0], ends[0]] : ends
}

/** As getaddrinfo(3) takes a service: a decimal number, of which only 16 bits count, or a name. */
function resolvedPort(text: string): number | undefined {
  if (/^\s*[+-]?\d+$/.test(text)) return Number(BigInt.asUintN(16, BigInt(text)))
  return servicePort(text)
}

/** A port by number or by the name that it has with this protocol. */
export function port(text: string, protocol: string): number {
  const number = wholeNumber(text, 0, 0xffff) ?? servicePort(text, protocol)
  if (number !== undefined) return number
  throw new IptablesError(`invalid port/service \`${text}' specified`)
}

/** The name in `names` that `word` abbreviates, in any case. */
export function abbreviated(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase().startsWith(word.toLowerCase()))
}

/**
 * Words with commas between them, each an abbreviation of one of `names`; `refuse` is given the rest of the text from the
 * wrong word on.
 */
export function wordList(
  text: string,
  names: readonly string[],
  refuse: (rest: string, last: boolean) => Error,
): string[] {
  const words = text.split(',')
  return words.map((word, i) => {
    const name = word === '' ? undefined : abbreviated(word, names)
    if (name === undefined) throw refuse(words.slice(i).join(','), i === words.length - 1)
    return name
  })
}

/** What --comment, --log-prefix and the like are saved as: quoted where a shell, or iptables-restore, would take it apart. */
export function quoted(text: string): string {
  return /^[\w-]+$/.test(text) ? ` ${text}` : ` "${text.replace(/["\\']/g, '\\$&')}"`
}

/** As much of a text as has room in so many bytes. */
export function shortened(text: string, bytes: number): string {
  const characters = [...text]
  while (Buffer.byteLength(characters.join('')) > bytes) characters.pop()
  return characters.join('')
}
