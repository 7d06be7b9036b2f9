import process from 'node:process'
import { enterSandbox, SandboxError } from '../../ops/index.ts'
import { isPassed, runTutorial, type Tutorial, tutorials } from '../../tutorials/index.ts'
import { ownCommand, UsageError } from '../own-command.ts'
import type { Output } from '../print/index.ts'
import { jsonOf } from './json.ts'
import { openReader } from './keys.ts'
import { type Style, styleOf } from './style.ts'
import { beginText, contents, endText, heading, listText, standingText, tableText } from './text.ts'
import { typeCommand } from './type-command.ts'

const USAGE = `Usage: ipts tutorial list
       ipts tutorial show NAME
       ipts tutorial run NAME [ --step ] [ --explain ] [ --keep ] [ --no-pictures ] [ --json ]

  list           names the tutorials
  show           prints one: its steps, why they are made, and what a person would type
  run            runs one in a disposable host and checks every step; the status is 0 when all passed
  --step         waits for Enter before each step
  --explain      prints the netlink messages of each step, decoded
  --keep         leaves the host standing at the end, for nsenter(1) to look around in, until Enter or a signal
  --no-pictures  draws no picture of the network after the steps that change it
  --json         prints one JSON object at the end instead
`

/**
 * `ipts tutorial`: lists, shows and runs the tutorials. Running turns this process into a sandbox. Resolves to the exit status: 0 when
 * every check passed, 1 when one failed or nothing could be run, 255 for a command line that makes no sense.
 */
export const main = ownCommand({
  name: 'tutorial',
  usage: USAGE,
  options: {
    step: { type: 'boolean' },
    explain: { type: 'boolean' },
    keep: { type: 'boolean' },
    'no-pictures': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  foresees: (error): error is Error => error instanceof SandboxError,
  async run(values, [verb, ...names], out) {
    const style = styleOf(process.stdout.isTTY === true, process.env)
    const [odd] = Object.keys(values)
    if (odd !== undefined && verb !== 'run') throw new UsageError(`--${odd} is for "ipts tutorial run"`)
    switch (verb) {
      case 'list':
        out.write(listText([...tutorials.values()]))
        return 0
      case 'show':
        out.write(contents(named(names), style))
        return 0
      case 'run': {
        const { step = false, explain = false, keep = false, json = false, 'no-pictures': none = false } = values
        if (json && (step || keep)) throw new UsageError('--json is for programs, --step and --keep are for people')
        return await run(named(names), { step, explain, keep, json, pictures: !none }, out, style)
      }
      default:
        throw new UsageError(
          verb === undefined ? 'expected list, show or run' : `unknown command ${JSON.stringify(verb)}`,
        )
    }
  },
})

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
  readonly pictures: boolean
}

async function run(tutorial: Tutorial, flags: RunFlags, out: Output, style: Style): Promise<number> {
  const started = performance.now()
  const { explain, json, pictures } = flags
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
    pictures,
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
