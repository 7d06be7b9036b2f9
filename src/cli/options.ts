import {
  CommandFailure,
  cNumber,
  type Family,
  familyNamed,
  type Spelling,
  spelled,
  spellings,
  usage,
  type Words,
  wrong,
} from './grammar/index.ts'
import { programUsage } from './ip/usage.ts'

/** The options before the object, as ip(8) names them. */
export interface Options {
  family: Family
  /** Name of the namespace to work in. */
  netns?: string
  json: boolean
  pretty: boolean
  details: number
  stats: number
  oneline: boolean
  brief: boolean
  human: boolean
  /** Ranges of VLANs as ranges; of bridge(8). */
  compressVlans: boolean
  iec: boolean
  resolve: boolean
  numeric: boolean
  timestamp: 'none' | 'long' | 'short'
  all: boolean
  echo: boolean
  colour: 'never' | 'auto' | 'always'
  batch?: string
  force: boolean
  /** Rounds that a flush makes at most; 0 for no limit. */
  loops: number
  receiveBuffer?: number
  /** Show every netlink message, both ways. */
  trace: boolean
  /** Show what would be sent that changes something, and send none of it. */
  dryRun: boolean
}

export function defaultOptions(): Options {
  return {
    family: 'unspec',
    json: false,
    pretty: false,
    details: 0,
    stats: 0,
    oneline: false,
    brief: false,
    human: false,
    compressVlans: false,
    iec: false,
    resolve: false,
    numeric: false,
    timestamp: 'none',
    all: false,
    echo: false,
    colour: 'never',
    force: false,
    loops: 10,
    trace: false,
    dryRun: false,
  }
}

/** A request for something else than running a command. */
export class VersionRequest extends Error {}

export interface Option {
  readonly spellings: readonly Spelling[]
  /** Its value in a synopsis; absent where it has none. */
  readonly hint?: string
  /** Starts at the option and ends at its last word. */
  take(options: Options, words: Words): void
}

/** The options of one program, in the order in which it resolves abbreviations. */
export interface OptionTable {
  /** How its errors say where help is. */
  readonly help: string
  readonly rows: readonly Option[]
}

export const option = (notation: string, take: Option['take'], hint?: string): Option => ({
  spellings: spellings(notation),
  take,
  ...(hint === undefined ? {} : { hint }),
})
export const set = (notation: string, change: Partial<Options>): Option => {
  return option(notation, (options) => {
    Object.assign(options, change)
  })
}

/** The word after an option; without one, the answer is the program's usage. Throws CommandFailure. */
export function optionValue(words: Words, programUsage: string): string {
  if (!words.hasNext) throw usage(programUsage)
  return words.next()
}

const value = (words: Words) => optionValue(words, programUsage)

/** Options of ours that all programs have, in full only. */
export const COMMON: readonly Option[] = [
  set('-trace', { trace: true }),
  set('-dry-run', { dryRun: true }),
  // Looked for where an error is explained (why.ts), which options may be the cause of.
  set('-why', {}),
]

const NO_NAME = 'Cannot open network namespace "(null)": No such file or directory'

// In the order in which iproute2 resolves abbreviations: `-s` is -stats and `-r` -resolve, while `-rc` is -rcvbuf.
export const OPTIONS: readonly Option[] = [
  option(
    '-loops*',
    (options, words) => {
      options.loops = Number.parseInt(value(words), 10) || 0
    },
    'COUNT',
  ),
  option(
    '-family*',
    (options, words) => {
      const name = value(words)
      if (name === 'help') throw usage(programUsage)
      options.family = familyNamed(name)
      if (options.family === 'unspec') throw wrong(name, 'invalid protocol family')
    },
    'FAMILY',
  ),
  set('-4', { family: 'inet' }),
  set('-6', { family: 'inet6' }),
  set('-0', { family: 'packet' }),
  set('-M', { family: 'mpls' }),
  set('-B', { family: 'bridge' }),
  set('-human*|-human-readable*', { human: true }),
  set('-iec*', { iec: true }),
  option('-stats*|-statistics*', (options) => {
    options.stats++
  }),
  option('-details*', (options) => {
    options.details++
  }),
  set('-resolve*', { resolve: true }),
  set('-oneline*', { oneline: true }),
  set('-timestamp*', { timestamp: 'long' }),
  set('-tshort*', { timestamp: 'short' }),
  option('-Version*', () => {
    throw new VersionRequest()
  }),
  set('-force*', { force: true }),
  option(
    '-batch*',
    (options, words) => {
      options.batch = value(words)
    },
    'FILE',
  ),
  set('-brief*', { brief: true }),
  set('-json*', { json: true }),
  set('-pretty*', { pretty: true }),
  option(
    '-rcvbuf*',
    (options, words) => {
      const word = value(words)
      const size = cNumber(word, 0, 0xffffffff)
      if (size === undefined) throw new CommandFailure(`Invalid rcvbuf size '${word}'`, 255)
      // The kernel brings any size within its own bounds.
      options.receiveBuffer = Math.min(Math.max(size, 1), 0x7fffffff)
    },
    'SIZE',
  ),
  set('-color*', { colour: 'always' }),
  option('-help*', () => {
    throw usage(programUsage)
  }),
  option(
    '-netns*',
    (options, words) => {
      // As ip says it, for want of a name.
      if (!words.hasNext) throw new CommandFailure(NO_NAME, 255)
      options.netns = words.next()
    },
    'NETNS',
  ),
  set('-Numeric*', { numeric: true }),
  set('-all*', { all: true }),
  set('-echo', { echo: true }),
  ...COMMON,
]

const IP: OptionTable = { help: 'ip -help', rows: OPTIONS }

const COLOURS: Readonly<Record<string, Options['colour']>> = { always: 'always', auto: 'auto', never: 'never' }

/** Reads the options and stops at the object. Throws CommandFailure, or VersionRequest for `-V`. */
export function parseOptions(words: Words, table: OptionTable = IP): Options {
  const options = defaultOptions()
  while (words.current.startsWith('-')) {
    if (words.current === '--') {
      words.advance()
      break
    }
    const word = words.current.replace(/^--/, '-')
    if (!takeColour(options, word)) {
      const found = spelled(word, table.rows)
      if (found === undefined) {
        throw new CommandFailure(`Option "${word}" is unknown, try "${table.help}".`, 255).about(word, table.rows)
      }
      found.take(options, words)
    }
    words.advance()
  }
  return options
}

/** `-color=WHEN` in any abbreviation of `-color`. */
function takeColour(options: Options, word: string): boolean {
  const equals = word.indexOf('=')
  if (equals < 0 || spelled(word.slice(0, equals), [{ spellings: spellings('-color*') }]) === undefined) return false
  const when = word.slice(equals + 1)
  const colour = when === '' ? 'always' : COLOURS[when]
  if (colour === undefined) return false
  options.colour = colour
  return true
}
