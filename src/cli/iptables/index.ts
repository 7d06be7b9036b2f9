/**
 * `iptables`, `iptables-save` and `iptables-restore`, of the kind that is built on nf_tables: rules that they write cannot be told
 * from those of iptables 1.8.9.
 */
import { parseArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { report } from './report.ts'
import { restore } from './restore.ts'
import { save } from './save.ts'
import { legacyWarning, Session } from './session.ts'
import { levelOf, stepOf } from './step.ts'

/** Runs iptables under one of its names and gives its exit status. */
export async function main(argv: readonly string[], name: string): Promise<number> {
  using session = new Session()
  if (name.endsWith('-save')) return save(argv, name, session)
  if (name.endsWith('-restore')) return await restore(argv, name, session)
  return await iptables(argv, session)
}

const PROGRAM = 'iptables'

async function iptables(argv: readonly string[], session: Session): Promise<number> {
  try {
    const parsed = await parseArguments(argv, { program: PROGRAM, warn: session.warn })
    if (parsed.is === 'text') session.write(parsed.text)
    if (parsed.is === 'command') await run(parsed.command, session)
    return 0
  } catch (error) {
    return report(error, session, PROGRAM)
  }
}

async function run(command: Command, session: Session): Promise<void> {
  const { verb, numeric } = command
  const step = stepOf(command)
  const level = levelOf(command)
  if (verb === 'L' && !numeric) await session.findNames([step], level)
  if (verb === 'L' || verb === 'S') session.warn(legacyWarning('iptables-legacy'))
  session.commit([step], level)
}
