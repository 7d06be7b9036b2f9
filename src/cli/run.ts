import { writeSync } from 'node:fs'
import { CommandFailure, dispatch, spelled, usage, Words } from './grammar/index.ts'
import { APPLETS, OBJECTS } from './objects.ts'
import { type Options, parseOptions, VersionRequest } from './options.ts'

/** Runs one command line and gives the exit status. What it has to say goes to the process's own stdout and stderr. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    return await runWords(new Words(argv))
  } catch (error) {
    if (error instanceof VersionRequest) {
      const { version } = await import('./version.ts')
      writeSync(1, `ipts utility, ipts-${version()}\n`)
      return 0
    }
    const { report } = await import('./report.ts')
    return report(error)
  }
}

async function runWords(words: Words): Promise<number> {
  const options = parseOptions(words)
  if (options.batch !== undefined) throw new CommandFailure('ipts: -batch is not supported yet.', 1)
  if (words.done) throw usage((await import('./usage.ts')).programUsage)
  const applet = APPLETS.find(({ name }) => name === words.current)
  if (applet !== undefined) {
    words.advance()
    return (await applet.load()).main(words.rest())
  }
  return runObject(options, words)
}

async function runObject(options: Options, words: Words): Promise<number> {
  const object = spelled(words.current, OBJECTS)
  if (object === undefined) {
    throw new CommandFailure(`Object "${words.current}" is unknown, try "ip help".`, 1)
  }
  words.advance()
  const [{ openSession }, command] = await Promise.all([import('./session.ts'), object.load()])
  using session = openSession(options)
  return await dispatch(command, session, words)
}
