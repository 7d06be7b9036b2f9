/** A long option; `short` is the letter, or the name, under which it is reported. */
export interface LongOption {
  readonly name: string
  readonly short: string
  readonly value?: 'required' | 'optional'
}

export interface OptionSpec {
  /** As getopt(3) takes it: `n` for a flag, `i:` for an option with a value, `p::` where the value may be left out. */
  readonly short: string
  /** Without these it is getopt(3), to which `--name` is letters. */
  readonly long?: readonly LongOption[]
}

/** One option of a command line, or what is wrong with one. */
export type GivenOption =
  | { readonly name: string; readonly value: string | undefined; readonly wrong?: undefined }
  | { readonly name: '?'; readonly value?: undefined; readonly wrong: string }

/**
 * Reads a command line as glibc's getopt_long(3) does: options among the operands, letters together (`-nv`), abbreviated long
 * ones, `--` as the end. Nothing is thrown: a wrong option stands in its place, with glibc's words about it, for what came
 * before may have had an effect already.
 */
export function getopt(
  argv: readonly string[],
  { short, long }: OptionSpec,
): { options: GivenOption[]; operands: string[] } {
  const options: GivenOption[] = []
  const operands: string[] = []
  // A leading + ends the options at the first operand.
  const ordered = short.startsWith('+')
  const words = [...argv]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--' || (ordered && !isOption(word))) {
      operands.push(...(word === '--' ? [] : [word]), ...words)
      break
    }
    if (!isOption(word)) operands.push(word)
    else if (word.startsWith('--') && long !== undefined) options.push(longOption(word, words, long))
    else options.push(...letters(word, words, short))
  }
  return { options, operands }
}

const isOption = (word: string) => word.startsWith('-') && word !== '-'

function* letters(word: string, words: string[], short: string): Generator<GivenOption> {
  for (let at = 1; at < word.length; at++) {
    const name = word[at]!
    const place = /[:;+]/.test(name) ? -1 : short.indexOf(name)
    if (place < 0) {
      yield { name: '?', wrong: `invalid option -- '${name}'` }
      continue
    }
    if (short[place + 1] !== ':') {
      yield { name, value: undefined }
      continue
    }
    const rest = word.slice(at + 1)
    const value = rest !== '' ? rest : short[place + 2] === ':' ? undefined : words.shift()
    const isMissing = value === undefined && short[place + 2] !== ':'
    yield isMissing ? { name: '?', wrong: `option requires an argument -- '${name}'` } : { name, value }
    return
  }
}

function longOption(word: string, words: string[], long: readonly LongOption[]): GivenOption {
  const equals = word.indexOf('=')
  const given = word.slice(2, equals < 0 ? undefined : equals)
  const candidates = long.filter(({ name }) => name.startsWith(given))
  const found = candidates.find(({ name }) => name === given) ?? candidates[0]
  const wrong = (what: string): GivenOption => ({ name: '?', wrong: what })
  if (found === undefined) return wrong(`unrecognized option '--${given}'`)
  // Several that mean the same are not ambiguous.
  if (found.name !== given && candidates.some(({ short, value }) => short !== found.short || value !== found.value)) {
    return wrong(
      `option '--${given}' is ambiguous; possibilities:${candidates.map(({ name }) => ` '--${name}'`).join('')}`,
    )
  }
  const value = equals < 0 ? undefined : word.slice(equals + 1)
  if (found.value === undefined && value !== undefined)
    return wrong(`option '--${found.name}' doesn't allow an argument`)
  if (found.value !== 'required' || value !== undefined) return { name: found.short, value }
  const next = words.shift()
  return next === undefined
    ? wrong(`option '--${found.name}' requires an argument`)
    : { name: found.short, value: next }
}
