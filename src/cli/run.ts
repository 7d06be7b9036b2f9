import { writeSync } from 'node:fs'
import { basename } from 'node:path'
import { CommandFailure, dispatch, spelled, usage, Words } from './grammar/index.ts'
import { type CommandObject, OBJECTS } from './ip/objects.ts'
import { type Options, parseOptions, VersionRequest } from './options.ts'

/** The version of iproute2 whose words and output these are. */
const REFERENCE = '6.1.0'

/** What ip goes by. The table of other tools is in a file of its own, which is not read for ip. */
const OWN_NAME = /^ip(ts)?(\.|$)/

/**
 * Runs one command line and gives the exit status. What it has to say goes to the process's own stdout and stderr. `program` is
 * the path it was called by, which says which tool it is.
 */
export async function run(program: string, argv: readonly string[]): Promise<number> {
  try {
    const name = basename(program)
    if (!OWN_NAME.test(name)) {
      const { runApplet, toolCalled } = await import('./applets.ts')
      const tool = toolCalled(name)
      if (tool !== undefined) return await runApplet(tool, argv)
    }
    return await runWords(new Words(argv), name.startsWith('ipts'))
  } catch (error) {
    if (error instanceof VersionRequest) {
      return await tellVersion()
    }
    const [{ report }, { explain }] = await Promise.all([import('./report.ts'), import('./why.ts')])
    const status = report(error)
    explain(error, argv)
    return status
  }
}

async function tellVersion(): Promise<number> {
  const { version } = await import('./version.ts')
  try {
    writeSync(1, `ip utility, iproute2-${REFERENCE}, ipts ${version()}\n`)
    return 0
  } catch (error) {
    const { report } = await import('./report.ts')
    return report(error)
  }
}

async function runWords(words: Words, beyond: boolean): Promise<number> {
  const options = parseOptions(words)
  if (options.batch !== undefined) {
    const { runBatch } = await import('./batch/index.ts')
    return runBatch(options, options.batch, objectNamed)
  }
  if (options.netns !== undefined && spelled(words.current, OBJECTS) === undefined) {
    // A namespace that is not there is the first mistake; objects open it themselves.
    const { openNamespace } = await import('./namespace.ts')
    openNamespace(options.netns)[Symbol.dispose]()
  }
  if (words.done) throw usage((await import('./ip/usage.ts')).programUsage)
  // `ip help` gives its own synopsis whatever follows.
  if (beyond && words.current === 'help' && words.following !== undefined) {
    const [, object, ...rest] = words.rest()
    return runNamed(options, new Words([object!, 'help', ...rest]))
  }
  return runNamed(options, words)
}

async function runNamed(options: Options, words: Words): Promise<number> {
  if (spelled(words.current, OBJECTS) === undefined) {
    const { appletNamed, runApplet } = await import('./applets.ts')
    const applet = appletNamed(words.current)
    if (applet !== undefined) {
      words.advance()
      return await runApplet(applet, words.rest())
    }
  }
  return runObject(options, words)
}

function objectNamed(word: string): CommandObject {
  const object = spelled(word, OBJECTS)
  if (object === undefined) {
    throw new CommandFailure(`Object "${word}" is unknown, try "ip help".`, 1).about(word, OBJECTS)
  }
  return object
}

async function runObject(options: Options, words: Words): Promise<number> {
  const object = objectNamed(words.current)
  words.advance()
  const [{ openSession }, command] = await Promise.all([import('./session.ts'), object.load()])
  using session = openSession(options)
  return await dispatch(command, session, words)
}
