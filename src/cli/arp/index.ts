import { type GivenOption, getopt, type LongOption } from '../getopt.ts'
import { CommandFailure } from '../grammar/index.ts'
import { columns, HARDWARE, type Hardware, hardwareNamed, isFamily, runTool, type Tool } from '../nettools/index.ts'
import { version } from '../version.ts'
import { load, remove, set, UsageFailure } from './change.ts'
import type { ArpOptions } from './options.ts'
import { show } from './show.ts'
import { USAGE } from './usage.ts'

const LONG: readonly LongOption[] = [
  { name: 'verbose', short: 'v' },
  { name: 'version', short: 'V' },
  { name: 'all', short: 'a' },
  { name: 'delete', short: 'd' },
  { name: 'file', short: 'f' },
  { name: 'numeric', short: 'n' },
  { name: 'set', short: 's' },
  { name: 'protocol', short: 'A', value: 'required' },
  { name: 'hw-type', short: 'H', value: 'required' },
  { name: 'device', short: 'i', value: 'required' },
  { name: 'help', short: 'h' },
  { name: 'use-device', short: 'D' },
  { name: 'symbolic', short: 'N' },
]

const WRONG_USAGE = 3

/** `arp`, as net-tools has it. Resolves to the exit status. */
export function main(argv: readonly string[]): Promise<number> {
  return runTool(async (tool) => {
    const { options, operands } = getopt(argv, { short: 'A:H:adfp:nsei:t:vh?DNV', long: LONG })
    for (const option of options) {
      const status = check(option, tool)
      if (status !== undefined) return status
    }
    try {
      return await obey(options, operands, tool)
    } catch (error) {
      if (!(error instanceof UsageFailure)) throw error
      return usage(WRONG_USAGE, tool)
    }
  })
}

/** What an option does by itself, in the order of the words; an exit status where that is the end. */
function check({ name, value, wrong }: GivenOption, tool: Tool): number | undefined {
  if (wrong !== undefined) {
    tool.complain(`arp: ${wrong}\n`)
    return usage(WRONG_USAGE, tool)
  }
  if (name === 'h') return usage(0, tool)
  if (name === '?') return usage(WRONG_USAGE, tool)
  if (name === 'V') {
    tool.out.write(`arp from ipts ${version()}\n`)
    return 0
  }
  if (name === 'N') tool.complain('arp: -N not yet supported.\n')
  if ((name === 'A' || name === 'p') && !isFamily(value!)) {
    throw new CommandFailure(`arp: ${value}: unknown address family.`, 255)
  }
  if ((name === 'H' || name === 't') && hardwareNamed(value!) === undefined) {
    throw new CommandFailure(`arp: ${value}: unknown hardware type.`, 255)
  }
  return undefined
}

async function obey(given: readonly GivenOption[], operands: readonly string[], tool: Tool): Promise<number> {
  const last = (...names: string[]) => given.findLast(({ name }) => names.includes(name))
  const family = last('A', 'p')?.value ?? 'inet'
  if (family !== 'inet') throw new CommandFailure(`arp: ${family}: kernel only supports 'inet'.`, 255)
  const named = last('H', 't')?.value
  const hardware: Hardware | undefined = named === undefined ? undefined : hardwareNamed(named)
  if (hardware?.addressLength === 0) {
    throw new CommandFailure(`arp: ${hardware.name}: hardware type without ARP support.`, 255)
  }
  const what = last('a', 'f', 'd', 's')?.name
  const options: ArpOptions = {
    all: last('a') !== undefined,
    table: last('e') !== undefined || what === undefined,
    numeric: last('n') !== undefined,
    verbose: last('v') !== undefined,
    useDevice: last('D') !== undefined,
    device: last('i')?.value?.slice(0, 15) || undefined,
    hardware,
  }
  switch (what) {
    case 'd':
      return remove(operands, options, tool)
    case 's':
      return set(operands, options, tool)
    case 'f':
      return load(operands[0] ?? '/etc/ethers', options, tool)
    default:
      return show(operands[0], options, tool)
  }
}

function usage(status: number, tool: Tool): number {
  if (status === 0) tool.out.write(USAGE)
  else tool.complain(USAGE)
  tool.complain(`${columns(HARDWARE.filter(({ addressLength }) => addressLength > 0))}\n`)
  return status
}
