import { type GivenOption, getopt, type LongOption } from '../getopt.ts'
import { CommandFailure } from '../grammar/index.ts'
import { columns, FAMILIES, isFamily, runTool, type Tool } from '../nettools/index.ts'
import { version } from '../version.ts'
import { change, UsageFailure } from './change.ts'
import { show } from './show.ts'
import { INET_USAGE, INET6_USAGE, ROUTABLE, USAGE } from './usage.ts'

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

/** `route`, as net-tools has it, for IPv4 and IPv6. Resolves to the exit status. */
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
    const families = familiesOf(options)
    const asksHelp = options.some(({ name }) => name === 'h' || name === '?')
    if (asksHelp && families.length === 0) return usage(0, tool)
    if (!asksHelp && verb === undefined) {
      for (const family of families.length === 0 ? ['inet'] : families) {
        const status = await showTable(family, options, tool)
        if (status !== 0) return status
      }
      return 0
    }
    if (!asksHelp && !VERBS.includes(verb!)) return usage(WRONG_USAGE, tool)
    if (families.length > 1) {
      const text = `Please don't supply more than one address family.\nAddress family \`${families}' not supported.`
      throw new CommandFailure(text, WRONG_USAGE)
    }
    const [family = 'inet'] = families
    expectRoutes(family)
    return asksHelp ? usageOf(family, '', 0, tool) : await obey(family, options, verb!, words, tool)
  })
}

const ALIASES: Readonly<Record<string, string>> = {
  ip: 'inet',
  tcpip: 'inet',
  ip6: 'inet6',
  appletalk: 'ddp',
  econet: 'ec',
}
const OPTIONS: Readonly<Record<string, string>> = { 4: 'inet', 6: 'inet6', inet: 'inet', inet6: 'inet6' }

/** The families that are asked for, in their order. Throws CommandFailure for one that is unknown. */
function familiesOf(options: readonly GivenOption[]): string[] {
  return options.flatMap(({ name, value }) => {
    if (name === 'A') return (value ?? '').split(',').map(familyNamed)
    return OPTIONS[name] ?? []
  })
}

function familyNamed(name: string): string {
  const family = ALIASES[name] ?? name
  if (!isFamily(family)) throw new CommandFailure(`Unknown address family \`${name}'.`, 1)
  return family
}

function expectRoutes(family: string): void {
  if (family === 'inet' || family === 'inet6') return
  throw new CommandFailure(`route: routes of ${family} are shown and changed by ip`, 1)
}

async function showTable(family: string, options: readonly GivenOption[], tool: Tool): Promise<number> {
  expectRoutes(family)
  const has = (letter: string) => options.some(({ name }) => name === letter)
  if (family === 'inet6') {
    const { showIpv6 } = await import('./show-ipv6.ts')
    const numeric = has('n') || has('N')
    const status = has('F') || !has('C') ? await showIpv6({ numeric, cached: false }, tool) : 0
    return status === 0 && has('C') ? await showIpv6({ numeric, cached: true }, tool) : status
  }
  if (has('C') && !has('F')) return showCache(tool)
  const extent = (1 + options.filter(({ name }) => name === 'e').length) & 3
  return await show({ numeric: has('n'), extent }, tool)
}

async function obey(
  family: string,
  options: readonly GivenOption[],
  verb: string,
  words: readonly string[],
  tool: Tool,
): Promise<number> {
  if (verb === 'flush') {
    return usageOf(family, `Flushing \`${family}' routing table not supported\n`, WRONG_USAGE, tool)
  }
  if (family === 'inet') {
    if (options.some(({ name }) => name === 'C')) {
      return usageOf(family, "Modifying `inet' routing cache not supported\n", WRONG_USAGE, tool)
    }
    if (words.length === 0) return usageOf(family, '', 0, tool)
  }
  const act = family === 'inet6' ? (await import('./change-ipv6.ts')).changeIpv6 : change
  try {
    return await act(verb === 'add' ? 'add' : 'del', words, tool)
  } catch (error) {
    if (!(error instanceof UsageFailure)) throw error
    return usageOf(family, error.message === '' ? '' : `${error.message}\n`, WRONG_USAGE, tool)
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

function usageOf(family: string, message: string, status: number, tool: Tool): number {
  const text = family === 'inet6' ? INET6_USAGE : INET_USAGE
  if (message !== '') tool.complain(message)
  if (status === 0) tool.out.write(text)
  else tool.complain(text)
  return status
}
