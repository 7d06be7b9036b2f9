import { type GivenOption, getopt } from '../getopt.ts'
import { CommandFailure } from '../grammar/index.ts'
import { runTool, type Tool } from '../nettools/index.ts'
import { version } from '../version.ts'
import { addBridge, addPort, changePort, deleteBridge, deletePort, setBridge, setHairpin } from './change.ts'
import { show, showMacs, showStp } from './show.ts'

interface Command {
  readonly name: string
  /** Fewer words make no sense; more are passed over, but where `run` looks at all. */
  readonly least: number
  readonly hint: string
  /** Returns the exit status. Throws CommandFailure. */
  run(words: readonly [string, string, string, ...string[]], tool: Tool): number
}

const command = (
  name: string,
  least: number,
  hint: string,
  run: (words: readonly [string, string, string, ...string[]], tool: Tool) => number,
): Command => ({ name, least, hint, run })

/** In the order of the usage text. */
const COMMANDS: readonly Command[] = [
  command('addbr', 1, '<bridge>\t\tadd bridge', ([bridge], tool) => addBridge(bridge, tool)),
  command('delbr', 1, '<bridge>\t\tdelete bridge', ([bridge], tool) => deleteBridge(bridge, tool)),
  command('addif', 2, '<bridge> <device>\tadd interface to bridge', ([bridge, ...devices], tool) => {
    for (const device of devices) addPort(bridge, device, tool)
    return 0
  }),
  command('delif', 2, '<bridge> <device>\tdelete interface from bridge', ([bridge, ...devices], tool) => {
    for (const device of devices) deletePort(bridge, device, tool)
    return 0
  }),
  command('hairpin', 3, '<bridge> <port> {on|off}\tturn hairpin on/off', ([bridge, device, state], tool) =>
    setHairpin(bridge, device, onOff(state), tool),
  ),
  command('setageing', 2, '<bridge> <time>\t\tset ageing time', ([bridge, time], tool) =>
    setBridge(bridge, 'ageing time', { ageingTime: seconds(time, 'ageing time value') }, tool),
  ),
  command('setbridgeprio', 2, '<bridge> <prio>\t\tset bridge priority', ([bridge, value], tool) =>
    setBridge(bridge, 'bridge priority', { priority: integer(value, 'priority') & 0xffff }, tool),
  ),
  command('setfd', 2, '<bridge> <time>\t\tset bridge forward delay', ([bridge, time], tool) =>
    setBridge(bridge, 'forward delay', { forwardDelay: seconds(time, 'forward delay value') }, tool),
  ),
  command('sethello', 2, '<bridge> <time>\t\tset hello time', ([bridge, time], tool) =>
    setBridge(bridge, 'hello timer', { helloTime: seconds(time, 'hello timer value') }, tool),
  ),
  command('setmaxage', 2, '<bridge> <time>\t\tset max message age', ([bridge, time], tool) =>
    setBridge(bridge, 'max age', { maxAge: seconds(time, 'max age value') }, tool),
  ),
  command('setpathcost', 3, '<bridge> <port> <cost>\tset path cost', ([, port, value], tool) =>
    changePort(port, 'path cost', { cost: integer(value, 'path cost value') >>> 0 }, tool),
  ),
  command('setportprio', 3, '<bridge> <port> <prio>\tset port priority', ([, port, value], tool) =>
    changePort(port, 'port priority', { priority: integer(value, 'path priority value') & 0xffff }, tool),
  ),
  command('show', 0, '[ <bridge> ]\t\tshow a list of bridges', (bridges, tool) => show(bridges, tool)),
  command('showmacs', 1, '<bridge>\t\tshow a list of mac addrs', ([bridge], tool) => showMacs(bridge, tool)),
  command('showstp', 1, '<bridge>\t\tshow bridge stp info', ([bridge], tool) => showStp(bridge, tool)),
  command('stp', 2, '<bridge> {on|off}\tturn stp on/off', ([bridge, state], tool) =>
    setBridge(bridge, 'stp status', { stpState: onOff(state) ? 'kernel' : 'none' }, tool),
  ),
]

const USAGE = `Usage: brctl [commands]\ncommands:\n${COMMANDS.map(({ name, hint }) => `\t${name.padEnd(10)}\t${hint}\n`).join('')}`

/** `brctl`, as bridge-utils has it. Resolves to the exit status. */
export function main(argv: readonly string[]): Promise<number> {
  return runTool(async (tool) => {
    const { options, operands } = getopt(argv, {
      short: 'Vh',
      long: [
        { name: 'help', short: 'h' },
        { name: 'version', short: 'V' },
      ],
    })
    if (options[0] !== undefined) return answer(options[0], tool)
    const [name, ...words] = operands
    const found = COMMANDS.find((one) => one.name === name)
    if (found === undefined) {
      if (name !== undefined) tool.complain(`never heard of command [${name}]\n`)
      tool.out.write(USAGE)
      return 1
    }
    if (words.length < found.least) {
      tool.out.write(`Incorrect number of arguments for command\nUsage: brctl ${found.name} ${found.hint}\n`)
      return 1
    }
    return found.run(words as [string, string, string, ...string[]], tool)
  })
}

function answer({ name, wrong }: GivenOption, tool: Tool): number {
  if (wrong !== undefined) tool.complain(`brctl: ${wrong}\nUnknown option '?'\n`)
  tool.out.write(name === 'V' ? `bridge-utils of ipts ${version()}\n` : USAGE)
  return wrong === undefined ? 0 : 1
}

function onOff(text: string): boolean {
  if (['on', 'yes', '1'].includes(text)) return true
  if (['off', 'no', '0'].includes(text)) return false
  throw new CommandFailure('expect on/off for argument', 1)
}

/** Seconds, with a fraction, as the hundredths that the kernel takes; what follows the digits does not matter. */
function seconds(text: string, what: string): number {
  const digits = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text)?.[0]
  if (digits === undefined) throw new CommandFailure(`bad ${what}`, 1)
  return Math.trunc(Number(digits) * 100) >>> 0
}

/** As C's scanf reads `%i`: decimal, octal or hexadecimal, and what follows does not matter. */
function integer(text: string, what: string): number {
  const [, sign, digits] = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)/i.exec(text) ?? []
  if (digits === undefined) throw new CommandFailure(`bad ${what}`, 1)
  const value = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  return sign === '-' ? -value : value
}
