import { CommandFailure } from '../grammar/index.ts'
import { FAMILIES, isFamily, refused, runTool, type Tool } from '../nettools/index.ts'
import { version } from '../version.ts'
import { ACTIONS, takeAddress, UsageFailure, type Work } from './change.ts'
import { findInterface, listInterfaces } from './interfaces.ts'
import { setNetmask } from './ipv4.ts'
import { longText, SHORT_TITLE, shortText } from './show.ts'
import { USAGE } from './usage.ts'

const WRONG_USAGE = 3

interface Options {
  readonly all: boolean
  readonly short: boolean
  readonly verbose: boolean
}

/** `ifconfig`, as net-tools has it. Resolves to the exit status. */
export function main(argv: readonly string[]): Promise<number> {
  return runTool(async (tool) => {
    const first = argv.findIndex((word) => !word.startsWith('-'))
    const dashed = argv.slice(0, first < 0 ? undefined : first)
    for (const word of dashed) {
      if (['-V', '-version', '--version'].includes(word)) {
        tool.out.write(`ifconfig from ipts ${version()}\n`)
        return 0
      }
      if (['-?', '-h', '-help', '--help'].includes(word)) return usage(0, tool)
      if (!['-a', '-s', '-v'].includes(word)) {
        throw new CommandFailure(
          `ifconfig: option \`${word}' not recognised.\nifconfig: \`--help' gives usage information.`,
          1,
        )
      }
    }
    const options = { all: dashed.includes('-a'), short: dashed.includes('-s'), verbose: dashed.includes('-v') }
    const [name, ...words] = argv.slice(dashed.length)
    if (name === undefined || words.length === 0) return show(name, options, tool)
    try {
      return await change(name.slice(0, 15), words, options, tool)
    } catch (error) {
      if (!(error instanceof UsageFailure)) throw error
      return usage(WRONG_USAGE, tool)
    }
  })
}

function show(name: string | undefined, { all, short }: Options, tool: Tool): number {
  const text = short ? shortText : longText
  if (short) tool.out.write(SHORT_TITLE)
  if (name === undefined) {
    for (const one of listInterfaces(tool)) if (all || one.link.flags.includes('up')) tool.out.write(text(one))
    return 0
  }
  const one = findInterface(name.slice(0, 15), tool)
  if (one === undefined) {
    throw new CommandFailure(`${name.slice(0, 15)}: error fetching interface information: Device not found`, 1)
  }
  tool.out.write(text(one))
  return 0
}

async function change(name: string, given: readonly string[], options: Options, tool: Tool): Promise<number> {
  const words = [...given]
  const family = isFamily(words[0]!) ? words.shift()! : 'inet'
  let status = 0
  const work: Work = {
    name,
    family,
    verbose: options.verbose,
    tool,
    netmask: 'none',
    next() {
      const word = words.shift()
      if (word === undefined) throw new UsageFailure()
      return word
    },
    get hasNext() {
      return words.length > 0
    },
    fail(message, code = 1) {
      tool.complain(`${message}\n`)
      status |= code
    },
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined
    if (action !== undefined) await action(work)
    else if (family === 'inet') await takeAddress(work, word)
    else throw foreign(family)
  }
  if (work.netmask !== 'none' && work.netmask !== 'given') {
    try {
      setNetmask(name, work.netmask, tool)
    } catch (error) {
      work.fail(`SIOCSIFNETMASK: ${refused(error).words}`, 1)
    }
  }
  if (options.verbose && status !== 0)
    tool.complain(`WARNING: at least one error occured. (${status === 255 ? -1 : status})\n`)
  return status
}

/** Addresses of other families are added, not set. */
function foreign(family: string): CommandFailure {
  const number = { inet6: 10, unix: 1 }[family] ?? FAMILIES.findIndex(({ name }) => name === family)
  return new CommandFailure(`Don't know how to set addresses for family ${number}.`, 1)
}

function usage(status: number, tool: Tool): number {
  for (const { text, list } of USAGE) {
    if (status === 0) tool.out.write(text)
    else tool.complain(text)
    tool.complain(`${list}\n`)
  }
  return status
}
