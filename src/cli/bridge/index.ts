import { writeSync } from 'node:fs'
import { NetlinkError } from '../../netlink/index.ts'
import { CommandFailure, dispatch, usage, Words } from '../grammar/index.ts'
import { type Options, parseOptions, VersionRequest } from '../options.ts'
import { refusal } from '../report.ts'
import { openSession } from '../session.ts'
import { objectNamed } from './objects.ts'
import { bridgeOptions } from './options.ts'
import { programUsage } from './usage.ts'

/** `bridge`, as bridge(8) describes it. Throws CommandFailure. */
export async function main(argv: readonly string[], _name: string): Promise<number> {
  const words = new Words(argv)
  const options = readOptions(words)
  if (options === undefined) return (await import('../version.ts').then(({ version }) => say(version()))) ?? 0
  if (options.batch !== undefined) throw new CommandFailure('ipts: -batch is not supported yet.', 1)
  if (words.done) throw usage(programUsage)
  const object = objectNamed(words.current)
  words.advance()
  const command = await object.load()
  using session = openSession(options)
  try {
    return await dispatch(command, session, words)
  } catch (error) {
    // bridge gives a refusal of the kernel the status that other mistakes have.
    if (error instanceof NetlinkError) throw new CommandFailure(refusal(error), 255)
    throw error
  }
}

/** Undefined where the version is asked for. */
function readOptions(words: Words): Options | undefined {
  try {
    return parseOptions(words, bridgeOptions)
  } catch (error) {
    if (error instanceof VersionRequest) return undefined
    throw error
  }
}

function say(version: string): undefined {
  writeSync(1, `bridge utility, ipts-${version}\n`)
}
