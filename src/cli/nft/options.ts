import { getopt, type LongOption } from '../getopt.ts'
import type { Numeric } from './data-type.ts'

export const VERSION = 'nftables v1.0.6 (Lester Gooch #5)\n'

export const HELP = `Usage: nft [ OPTIONS ] list ruleset [ FAMILY ]
       nft [ OPTIONS ] list { tables | chains | sets | maps } [ FAMILY ]
       nft [ OPTIONS ] list table [ FAMILY ] TABLE
       nft [ OPTIONS ] list { chain | set | map } [ FAMILY ] TABLE NAME

  Shows what nf_tables holds in the kernel, as nft(8) does. It changes nothing: iptables does, and the library.

  -a, --handle             with the kernel's numbers of tables, chains, sets and rules
  -j, --json               as JSON
  -n, --numeric            numbers in place of names
  -p, --numeric-protocol   numbers in place of names of protocols
  -s, --stateless          without counts
  -t, --terse              without members of sets
  -y, --numeric-priority   numbers in place of names of priorities

  FAMILY  ip (what a table is of unless told), ip6, inet, arp, bridge or netdev
`

const LONG: readonly LongOption[] = [
  { name: 'help', short: 'h' },
  { name: 'version', short: 'v' },
  { name: 'handle', short: 'a' },
  { name: 'json', short: 'j' },
  { name: 'numeric', short: 'n' },
  { name: 'numeric-protocol', short: 'p' },
  { name: 'numeric-priority', short: 'y' },
  { name: 'numeric-time', short: 'T' },
  { name: 'stateless', short: 's' },
  { name: 'terse', short: 't' },
]

export interface Options {
  readonly help: boolean
  readonly version: boolean
  readonly json: boolean
  readonly handles: boolean
  readonly stateless: boolean
  readonly terse: boolean
  readonly priorities: boolean
  readonly numeric: Numeric
  /** The commands, with blanks between the words; undefined where there are none. */
  readonly line: string | undefined
}

/** Options without sense. The message is for stderr, `more` for stdout. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions'
  readonly more: string

  constructor(message: string, more = '') {
    super(message)
    this.more = more
  }
}

/** Reads the options, which stand before the commands. Throws BadOptions. */
export function readOptions(argv: readonly string[], program: string): Options {
  assertOrder(argv, program)
  const { options, operands } = getopt(argv, { short: '+hvVajnpyTst', long: LONG })
  const given = new Set<string>()
  for (const { name, wrong } of options) {
    if (wrong !== undefined) throw new BadOptions(`${program}: ${wrong}\n`)
    given.add(name)
    // The rest does not matter any more.
    if (name === 'h' || name === 'v' || name === 'V') break
  }
  const all = given.has('n')
  return {
    help: given.has('h'),
    version: given.has('v') || given.has('V'),
    json: given.has('j'),
    handles: given.has('a'),
    stateless: given.has('s'),
    terse: given.has('t'),
    priorities: all || given.has('y'),
    numeric: all ? 'all' : given.has('p') ? 'protocols' : undefined,
    line: operands.length === 0 ? undefined : operands.join(' '),
  }
}

function assertOrder(argv: readonly string[], program: string): void {
  const first = argv.findIndex((word) => !word.startsWith('-'))
  const late = argv.findIndex((word, at) => first >= 0 && at > first && word.startsWith('-'))
  if (late < 0 || argv.slice(0, late).some((word) => word.startsWith('{'))) return
  const before = [program, ...argv.slice(0, late)].join(' ')
  throw new BadOptions(
    `Error: syntax error, options must be specified before commands\n${program} ${argv.join(' ')} `,
    `\n   ^${'~~'.padStart(before.length - 1)}\n`,
  )
}
