import { parseIpv4, parseIpv6 } from '../../netlink/index.ts'
import { type GivenOption, getopt } from '../getopt.ts'
import { CommandFailure } from '../grammar/index.ts'
import { version } from '../version.ts'
import { USAGE } from './usage.ts'

export interface PingOptions {
  readonly family: 'inet' | 'inet6' | undefined
  /** Replies, or errors, to wait for; undefined for ever. */
  readonly count: number | undefined
  /** Milliseconds from one request to the next. */
  readonly interval: number
  /** Milliseconds to wait for the last replies, where there has been none. */
  readonly linger: number
  /** Seconds after which it ends, whatever has been received. */
  readonly deadline: number | undefined
  readonly size: number
  readonly ttl: number | undefined
  readonly identifier: number | undefined
  /** Requests sent at once at the beginning. */
  readonly preload: number
  readonly pattern: Uint8Array | undefined
  readonly source: string | undefined
  readonly device: string | undefined
  readonly numeric: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly timestamps: boolean
  readonly outstanding: boolean
  readonly audible: boolean
  readonly adaptive: boolean
  readonly flood: boolean
  readonly broadcast: boolean
  /** Whether the address that is asked from is said. */
  readonly sticky: boolean
  readonly fragments: 'never' | 'on the way' | 'always' | undefined
  readonly trafficClass: number | undefined
  readonly mark: number | undefined
  readonly sendBuffer: number | undefined
  readonly direct: boolean
  readonly loop: boolean
  readonly target: string
}

const fail = (message: string, status = 2) => new CommandFailure(`ping: ${message}`, status)
const usage = () => new CommandFailure(USAGE.replace(/\n$/, ''), 2)

/** What the command line says. `complain` takes warnings, `write` what -V and -p print. Throws CommandFailure. */
export function parseOptions(
  argv: readonly string[],
  complain: (line: string) => void,
  write: (text: string) => void,
): PingOptions {
  const { options, operands } = getopt(argv, { short: 'h?4bRT:6F:N:aABc:CdDe:fi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:' })
  const values = new Map<string, number>()
  let family: PingOptions['family']
  let fragments: PingOptions['fragments']
  for (const option of options) {
    const { name, value = '', wrong } = option
    if (wrong !== undefined) {
      complain(wrong)
      throw usage()
    }
    if (name === 'h' || name === '?') throw usage()
    if (name === 'V') {
      write(`ping from ipts ${version()}\n`)
      throw new CommandFailure('', 0)
    }
    if (name === '4' || name === '6') {
      const asked = name === '4' ? 'inet' : 'inet6'
      if (family !== undefined && family !== asked) throw fail('only one -4 or -6 option may be specified')
      family = asked
    }
    const read = NUMBERS[name]
    if (read !== undefined) values.set(name, read(value, complain))
    else if (name === 'M') fragments = readFragments(value)
    else if (!FLAGS.includes(name)) throw fail(`option -${name} is not supported by ipts`)
  }
  const has = (name: string) => options.some((option) => option.name === name)
  const text = (name: string) => options.findLast((option) => option.name === name)?.value
  const target = operands.at(-1)
  if (target === undefined) throw fail('usage error: Destination address required', 1)
  if (operands.length > 1) throw usage()
  return {
    family,
    count: values.get('c'),
    interval: values.get('i') ?? (has('f') ? 0 : 1000),
    linger: values.get('W') ?? 10_000,
    deadline: values.get('w') || undefined,
    size: values.get('s') ?? 56,
    ttl: values.get('t'),
    identifier: values.get('e'),
    preload: values.get('l') ?? 1,
    pattern: readPattern(text('p'), has('q'), write),
    ...whence(options),
    numeric: has('n') || has('f'),
    quiet: has('q'),
    verbose: has('v'),
    timestamps: has('D'),
    outstanding: has('O'),
    audible: has('a'),
    adaptive: has('A'),
    flood: has('f'),
    broadcast: has('b'),
    sticky: has('B'),
    fragments,
    trafficClass: values.get('Q'),
    mark: values.get('m'),
    sendBuffer: values.get('S'),
    direct: has('r'),
    loop: !has('L'),
    target,
  }
}

/** Without a number. Of these C, d and U change nothing that can be seen. */
const FLAGS = ['4', '6', 'a', 'A', 'b', 'B', 'C', 'd', 'D', 'f', 'I', 'L', 'n', 'O', 'p', 'q', 'r', 'U', 'v']

type NumberReader = (text: string, complain: (line: string) => void) => number

const NUMBERS: Readonly<Record<string, NumberReader>> = {
  c: integer(1n, 0x7fffffffffffffffn),
  e: integer(0n, 0xffffn),
  l: integer(1n, 0x10000n),
  m: integer(0n, 0xffffffffn),
  s: integer(0n, 0x7fffffffn),
  S: integer(1n, 0x7fffffffn),
  t: integer(0n, 255n),
  w: integer(0n, 0x7fffffffn),
  Q: (text) => {
    const hexadecimal = /^0x([\da-f]*)$/i.exec(text)?.[1]
    if (hexadecimal === undefined && !/^(\s*[+-]?\d+)?$/.test(text)) throw fail(`bad TOS value: ${text}`)
    const value = hexadecimal === undefined ? Number(text) : Number.parseInt(hexadecimal || '0', 16)
    if (value > 0xff) throw fail(`the decimal value of TOS bits must be in range 0-255: ${value}`)
    return value & 0xff
  },
  i: (text, complain) => {
    const interval = seconds(text, 'bad timing interval', complain)
    if (interval > 0x7fffffff / 1000) throw fail(`bad timing interval: ${text}`)
    return Math.trunc(interval * 1000)
  },
  W: (text, complain) => {
    const linger = seconds(text, 'bad linger time', complain)
    if (linger < 0 || linger > 0x7fffffff / 1000) throw fail(`bad linger time: ${text}`)
    return Math.trunc(linger * 1000)
  },
}

const FRAGMENTS: Readonly<Record<string, PingOptions['fragments']>> = {
  do: 'never',
  want: 'on the way',
  dont: 'always',
}

function readFragments(text: string): PingOptions['fragments'] {
  const found = FRAGMENTS[text]
  if (found === undefined) throw fail(`invalid -M argument: ${text}`)
  return found
}

function integer(least: bigint, most: bigint): NumberReader {
  return (text) => {
    const digits = /^\s*[+-]?\d+$/.test(text) ? BigInt(text.trim().replace(/^\+/, '')) : undefined
    if (digits === undefined) throw fail(`invalid argument: '${text}'`, 1)
    // What a long does not hold strtol refuses first.
    if (digits > 0x7fffffffffffffffn || digits < -0x8000000000000000n) {
      throw fail(`invalid argument: '${text}': Numerical result out of range`, 1)
    }
    if (digits < least || digits > most) {
      throw fail(`invalid argument: '${text}': out of range: ${least} <= value <= ${most}`, 1)
    }
    return Number(digits)
  }
}

function seconds(text: string, what: string, complain: (line: string) => void): number {
  if (text === '') throw fail(`${what}: `)
  const digits = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text)?.[0] ?? ''
  if (digits.length < text.length) {
    complain(`option argument contains garbage: ${text.slice(digits.length)}`)
    complain('this will become fatal error in the future')
  }
  const number = Number(digits)
  if (!Number.isFinite(number)) throw fail(`${what}: ${text}: Numerical result out of range`)
  return number
}

/** `-I` names a device or an address to ask from; of an IPv6 address the device may follow it. */
function whence(options: readonly GivenOption[]): Pick<PingOptions, 'source' | 'device'> {
  let source: string | undefined
  let device: string | undefined
  for (const { name, value = '' } of options) {
    if (name !== 'I') continue
    if (value.includes(':')) {
      const [address, zone] = value.split('%', 2) as [string, string | undefined]
      if (parseIpv6(address) === undefined) throw fail(`invalid source address: ${value}`)
      source = address
      device = zone ?? device
    } else if (parseIpv4(value) !== undefined) source = value
    else device = value
  }
  return { source, device }
}

function readPattern(text: string | undefined, quiet: boolean, write: (text: string) => void): Uint8Array | undefined {
  if (text === undefined) return undefined
  const odd = /[^0-9a-f].*/i.exec(text)?.[0]
  if (odd !== undefined) throw fail(`patterns must be specified as hex digits: ${odd}`)
  const pattern = Uint8Array.from((text.match(/..?/g) ?? ['0']).slice(0, 16), (pair) => Number.parseInt(pair, 16))
  if (!quiet) write(`PATTERN: 0x${Buffer.from(pattern).toString('hex')}\n`)
  return pattern
}
