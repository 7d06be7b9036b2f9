import { writeSync } from 'node:fs'
import { appletNamed, toolCalled } from './applets.ts'
import { CommandFailure, dispatch, spelled, usage, Words } from './grammar/index.ts'
import { type CommandObject, OBJECTS } from './ip/objects.ts'
import { type Options, parseOptions, VersionRequest } from './options.ts'

/**
 * Runs one command line and gives the exit status. What it has to say goes to the process's own stdout and stderr. `program` is
 * the path it was called by, which says which tool it is.
 */
export async function run(program: string, argv: readonly string[]): Promise<number> {
  try {
    const tool = toolCalled(program)
    if (tool !== undefined) return await (await tool.load()).main(argv, tool.name)
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
  if (options.batch !== undefined) {
    const { runBatch } = await import('./batch/index.ts')
    return runBatch(options, options.batch, objectNamed)
  }
  if (words.done) throw usage((await import('./ip/usage.ts')).programUsage)
  const applet = appletNamed(words.current)
  if (applet !== undefined) {
    words.advance()
    return (await applet.load()).main(words.rest(), applet.name)
  }
  return runObject(options, words)
}

function objectNamed(word: string): CommandObject {
  const object = spelled(word, OBJECTS)
  if (object === undefined) throw new CommandFailure(`Object "${word}" is unknown, try "ip help".`, 1)
  return object
}

async function runObject(options: Options, words: Words): Promise<number> {
  const object = objectNamed(words.current)
  words.advance()
  const [{ openSession }, command] = await Promise.all([import('./session.ts'), object.load()])
  using session = openSession(options)
  return await dispatch(command, session, words)
}
