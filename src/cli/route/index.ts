import { type GivenOption, getopt, type LongOption } from '../getopt.ts'
import { CommandFailure } from '../grammar/index.ts'
import { columns, FAMILIES, runTool, type Tool } from '../nettools/index.ts'
import { version } from '../version.ts'
import { change, UsageFailure } from './change.ts'
import { show } from './show.ts'
import { INET_USAGE, ROUTABLE, USAGE } from './usage.ts'

const LONG: readonly LongOption[] = [
  { name: 'inet', short: 'inet' },
  { name: 'inet6', short: 'inet6' },
  { name: 'extend', short: 'e' },
  { name: 'verbose', short: 'v' },
  { name: 'version', short: 'V' },
  { name: 'numeric', short: 'n' },
  { name: 'symbolic', short: 'N' },
  { name: 'protocol', short: 'A', value: 'required' },
  { name: 'cache', short: 'C' },
  { name: 'fib', short: 'F' },
  { name: 'help', short: 'h' },
]

const WRONG_USAGE = 3
const VERBS = ['add', 'del', 'delete', 'flush']

/** `route`, as net-tools has it, for IPv4. Resolves to the exit status. */
export function main(argv: readonly string[]): Promise<number> {
  return runTool(async (tool) => {
    // These two words are no options, though they look like some.
    const hidden = argv.map((word) => (word === '-net' || word === '-host' ? `#${word.slice(1)}` : word))
    const { options, operands } = getopt(hidden, { short: 'A:eCFhnN64Vv?', long: LONG })
    const [verb, ...words] = operands.map((word) => (word === '#net' || word === '#host' ? `-${word.slice(1)}` : word))
    for (const { wrong } of options) if (wrong !== undefined) tool.complain(`route: ${wrong}\n`)
    if (options.some(({ name }) => name === 'V')) {
      tool.out.write(`route from ipts ${version()}\n`)
      return 0
    }
    const family = familyOf(options)
    if (options.some(({ name }) => name === 'h' || name === '?')) {
      return family === undefined ? usage(0, tool) : inetUsage('', 0, tool)
    }
    if (family !== undefined && family !== 'inet') {
      throw new CommandFailure(`route: routes of ${family} are shown and changed by ip`, 1)
    }
    return await obey(options, verb, words, tool)
  })
}

/** The family that is asked for. Throws CommandFailure for one that is unknown. */
function familyOf(options: readonly GivenOption[]): string | undefined {
  let family: string | undefined
  for (const { name, value } of options) {
    if (name === '4' || name === '6') family = name === '4' ? 'inet' : 'inet6'
    else if (name === 'inet' || name === 'inet6') family = name
    else if (name === 'A') family = value
  }
  return family
}

async function obey(
  options: readonly GivenOption[],
  verb: string | undefined,
  words: readonly string[],
  tool: Tool,
): Promise<number> {
  const has = (letter: string) => options.some(({ name }) => name === letter)
  if (verb === undefined) {
    if (has('C') && !has('F')) return showCache(tool)
    const extent = (1 + options.filter(({ name }) => name === 'e').length) & 3
    return await show({ numeric: has('n'), extent }, tool)
  }
  if (!VERBS.includes(verb)) return usage(WRONG_USAGE, tool)
  if (verb === 'flush') return inetUsage("Flushing `inet' routing table not supported\n", WRONG_USAGE, tool)
  if (has('C')) return inetUsage("Modifying `inet' routing cache not supported\n", WRONG_USAGE, tool)
  if (words.length === 0) return inetUsage('', 0, tool)
  try {
    return await change(verb === 'add' ? 'add' : 'del', words, tool)
  } catch (error) {
    if (!(error instanceof UsageFailure)) throw error
    return inetUsage(error.message === '' ? '' : `${error.message}\n`, WRONG_USAGE, tool)
  }
}

/** Empty since Linux 3.6. */
function showCache(tool: Tool): number {
  const title = 'Source          Destination     Gateway         Flags Metric Ref    Use Iface\n'
  tool.out.write(`Kernel IP routing cache\n${title}`)
  return 0
}

function usage(status: number, tool: Tool): number {
  if (status === 0) tool.out.write(USAGE)
  else tool.complain(USAGE)
  tool.complain(`${columns(ROUTABLE.flatMap((name) => FAMILIES.filter((family) => family.name === name)))}\n`)
  return status
}

function inetUsage(message: string, status: number, tool: Tool): number {
  if (message !== '') tool.complain(message)
  if (status === 0) tool.out.write(INET_USAGE)
  else tool.complain(INET_USAGE)
  return status
}
