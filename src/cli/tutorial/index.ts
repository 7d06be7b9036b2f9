import process from 'node:process'
import { enterSandbox, SandboxError } from '../../ops/index.ts'
import { isPassed, runTutorial, type Tutorial, tutorials } from '../../tutorials/index.ts'
import { type Output, openOutput } from '../print/index.ts'
import { jsonOf } from './json.ts'
import { openReader } from './keys.ts'
import { type Style, styleOf } from './style.ts'
import { beginText, contents, endText, heading, listText, standingText, tableText } from './text.ts'
import { typeCommand } from './type-command.ts'

const USAGE = `Usage: ipts tutorial list
       ipts tutorial show NAME
       ipts tutorial run NAME [ --step ] [ --explain ] [ --keep ] [ --json ]

  list       names the tutorials
  show       prints one: its steps, why they are made, and what a person would type
  run        runs one in a disposable host and checks every step; the status is 0 when all passed
  --step     waits for Enter before each step
  --explain  prints the netlink messages of each step, decoded
  --keep     leaves the host standing at the end, for nsenter(1) to look around in, until Enter or a signal
  --json     prints one JSON object at the end instead
`

/** A command line that makes no sense. */
class UsageError extends Error {}

/**
 * `ipts tutorial`: lists, shows and runs the tutorials. Running turns this process into a sandbox. Resolves to the exit status: 0 when
 * every check passed, 1 when one failed or nothing could be run, 255 for a command line that makes no sense.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const out = openOutput(1)
  try {
    return await obey(argv, out)
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SandboxError)) throw error
    out.flush()
    const text = error.message === '' ? USAGE : `ipts tutorial: ${error.message}\n`
    process.stderr.write(text)
    return error instanceof UsageError ? 255 : 1
  } finally {
    out.flush()
  }
}

async function obey([verb, ...rest]: readonly string[], out: Output): Promise<number> {
  const style = styleOf(process.stdout.isTTY === true, process.env)
  const options = rest.filter((word) => word.startsWith('-'))
  const names = rest.filter((word) => !word.startsWith('-'))
  const allowed = verb === 'run' ? ['--step', '--explain', '--keep', '--json'] : []
  const odd = options.find((option) => !allowed.includes(option))
  if (odd !== undefined) throw new UsageError(`unknown option ${odd}`)
  switch (verb) {
    case 'list':
      out.write(listText([...tutorials.values()]))
      return 0
    case 'show':
      out.write(contents(named(names), style))
      return 0
    case 'run': {
      const given = (option: string) => options.includes(option)
      const flags = { step: given('--step'), explain: given('--explain'), keep: given('--keep'), json: given('--json') }
      if (flags.json && (flags.step || flags.keep))
        throw new UsageError('--json is for programs, --step and --keep are for people')
      return await run(named(names), flags, out, style)
    }
    case 'help':
      out.write(USAGE)
      return 0
    default:
      throw new UsageError(verb === undefined ? '' : `unknown command ${JSON.stringify(verb)}`)
  }
}

function named(names: readonly string[]): Tutorial {
  const [name, ...more] = names
  if (name === undefined || more.length > 0) throw new UsageError('expected the name of one tutorial')
  const tutorial = tutorials.get(name)
  if (tutorial === undefined)
    throw new UsageError(`there is no tutorial ${JSON.stringify(name)}, see "ipts tutorial list"`)
  return tutorial
}

/** Until a signal ends the process, and with it the host. */
function forever(): Promise<never> {
  return new Promise(() => setInterval(() => {}, 0x7fffffff))
}

interface RunFlags {
  readonly step: boolean
  readonly explain: boolean
  readonly keep: boolean
  readonly json: boolean
}

async function run(tutorial: Tutorial, flags: RunFlags, out: Output, style: Style): Promise<number> {
  const started = performance.now()
  const { explain, json } = flags
  const { unprivileged } = await enterSandbox()
  using reader = openReader()
  const show = (text: string) => {
    if (json) return
    out.write(text)
    // Whoever watches sees each step as it happens.
    out.flush()
  }
  show(heading(tutorial, { unprivileged }, style))
  const reports = await runTutorial(tutorial, {
    type: typeCommand,
    async begin(step, number) {
      show(beginText(step, number, style))
      if (flags.step) await reader.enter()
    },
    end: (report) => show(endText(report, { explain }, style)),
    async standing() {
      if (!flags.keep) return
      show(standingText(process.pid, style))
      if (!(await reader.enter())) await forever()
    },
  })
  const passed = isPassed(tutorial, reports)
  const milliseconds = performance.now() - started
  if (json) out.write(`${JSON.stringify(jsonOf(tutorial, reports, { explain, passed, milliseconds }), undefined, 2)}\n`)
  else show(tableText(reports, { passed, milliseconds }, style))
  return passed ? 0 : 1
}
