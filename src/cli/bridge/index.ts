import { writeSync } from 'node:fs'
import { NetlinkError } from '../../netlink/index.ts'
import { dispatch, usage, Words } from '../grammar/index.ts'
import { type Options, parseOptions, VersionRequest } from '../options.ts'
import { refusal } from '../report.ts'
import { openSession } from '../session.ts'
import { failed } from './failure.ts'
import { objectNamed } from './objects.ts'
import { bridgeOptions } from './options.ts'
import { programUsage } from './usage.ts'

/** `bridge`, as bridge(8) describes it. Throws CommandFailure. */
export async function main(argv: readonly string[], _name: string): Promise<number> {
  const words = new Words(argv)
  let options: Options
  try {
    options = parseOptions(words, bridgeOptions)
  } catch (error) {
    if (!(error instanceof VersionRequest)) throw error
    const { version } = await import('../version.ts')
    writeSync(1, `bridge utility, ipts-${version()}\n`)
    return 0
  }
  if (options.batch !== undefined) {
    const { runBatch } = await import('../batch/index.ts')
    return runBatch(options, options.batch, objectNamed)
  }
  // A namespace that is not there is the first mistake.
  using session = openSession(options)
  if (words.done) throw usage(programUsage)
  const object = objectNamed(words.current)
  words.advance()
  const command = await object.load()
  try {
    return await dispatch(command, session, words)
  } catch (error) {
    // bridge gives a refusal of the kernel the status that other mistakes have.
    if (error instanceof NetlinkError) throw failed(refusal(error))
    throw error
  }
}
