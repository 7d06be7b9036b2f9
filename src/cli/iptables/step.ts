import type { Command, Verb } from './command.ts'
import { execute } from './execute.ts'
import { IptablesError } from './failure.ts'
import { isTable, LEVELS, type Level } from './ruleset.ts'
import type { Step } from './session.ts'

/** A command as a step of a batch. Throws IptablesError where there is no such table. */
export function stepOf(command: Command): Step {
  const { table, line } = command
  if (!isTable(table)) throw new IptablesError(`table '${table}' does not exist`, 'version')
  return { table, line, run: (execution) => execute(command, execution) }
}

const LEVEL_OF: Readonly<Record<Verb, Level>> = {
  A: 'chains',
  N: 'chains',
  P: 'chains',
  E: 'chains',
  I: 'chains',
  F: 'tables',
  X: 'chains',
  C: 'rules',
  D: 'rules',
  'D#': 'rules',
  R: 'rules',
  L: 'rules',
  S: 'rules',
  Z: 'rules',
  'Z#': 'rules',
}

/** How much of the rule set a command looks at: what it does not read it leaves to the kernel to refuse. */
export function levelOf({ verb, chain, number, verbose }: Command): Level {
  if (verb === 'I' && number > 1) return 'rules'
  if (verb === 'X' && chain === undefined) return 'rules'
  if (verb === 'F' && (chain !== undefined || verbose)) return 'chains'
  return LEVEL_OF[verb]
}

export function highest(levels: readonly Level[]): Level {
  return LEVELS.findLast((level) => levels.includes(level)) ?? 'tables'
}
