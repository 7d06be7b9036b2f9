import { writeSync } from 'node:fs'
import { type GivenOption, getopt, type LongOption } from '../getopt.ts'
import { version } from '../version.ts'
import { matcher, ROOT } from './key.ts'
import { load, loadSystem } from './load.ts'
import { show, showAll } from './read.ts'
import { openTool, type Tool, type Wishes } from './tool.ts'
import { USAGE } from './usage.ts'
import { readSetting, set } from './write.ts'

const LONG: readonly LongOption[] = [
  { name: 'all', short: 'a' },
  { name: 'deprecated', short: 'deprecated' },
  { name: 'dry-run', short: 'dry-run' },
  { name: 'binary', short: 'b' },
  { name: 'ignore', short: 'e' },
  { name: 'names', short: 'N' },
  { name: 'values', short: 'n' },
  { name: 'load', short: 'p', value: 'optional' },
  { name: 'quiet', short: 'q' },
  { name: 'write', short: 'w' },
  { name: 'system', short: 'system' },
  { name: 'pattern', short: 'r', value: 'required' },
  { name: 'help', short: 'h' },
  { name: 'version', short: 'V' },
]

/** `sysctl`, as procps has it: kernel parameters shown and set. Resolves to the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0) {
    writeSync(2, USAGE)
    return 1
  }
  const { options, operands } = getopt(argv, { short: 'bneNwfp::qoxaAXr:Vdh', long: LONG })
  // The options that end the matter do so where they stand.
  const last = options.findIndex(({ name }) => ['V', 'd', 'h', '?', 'system'].includes(name))
  const tool = openTool(wishesOf(last < 0 ? options : options.slice(0, last + 1)))
  try {
    return last < 0 ? obey(options, operands, tool) & 0xff : end(options[last]!, tool)
  } finally {
    tool.flush()
  }
}

function wishesOf(options: readonly GivenOption[]): Wishes {
  const has = (...names: string[]) => options.some(({ name }) => names.includes(name))
  return {
    names: has('N'),
    values: has('n', 'b'),
    binary: has('b'),
    quiet: has('q'),
    dryRun: has('dry-run'),
    deprecated: has('deprecated'),
    ignore: has('e', 'system'),
    matches: matcher(options.findLast(({ name }) => name === 'r')?.value),
  }
}

function end(option: GivenOption, tool: Tool): number {
  if (option.name === 'system') return loadSystem(tool)
  if (option.wrong !== undefined) tool.complain(option.wrong)
  tool.write(option.name === 'V' ? `sysctl from ipts ${version()}\n` : USAGE)
  return 0
}

function obey(options: readonly GivenOption[], operands: readonly string[], tool: Tool): number {
  const { complain, wishes } = tool
  const given = new Set(options.map(({ name }) => name))
  if (given.has('a') || given.has('A') || given.has('X')) return showAll(ROOT, tool)
  if (given.has('p') || given.has('f')) {
    const file = options.findLast(({ name, value }) => name === 'p' && value !== undefined)?.value
    return load(file === undefined ? operands : [file, ...operands], tool)
  }
  const hint = "\nTry `sysctl --help' for more information."
  if (operands.length === 0) {
    complain(`no variables specified${hint}`)
    return 1
  }
  if (wishes.names && wishes.quiet) {
    complain(`options -N and -q cannot coexist${hint}`)
    return 1
  }
  let status = 0
  for (const operand of operands) {
    if (given.has('w') || operand.includes('=')) {
      const setting = readSetting(operand, 'command line(0)', tool)
      status |= setting === undefined ? 1 : set(setting, tool)
    } else {
      status += show(operand, tool)
    }
  }
  return status
}
