import { formatMessage } from '../../netlink/index.ts'
import type { StepReport, Tutorial } from '../../tutorials/index.ts'

interface Outcome {
  readonly explain: boolean
  readonly passed: boolean
  readonly milliseconds: number
}

/** What `ipts tutorial run --json` prints. Times are milliseconds. */
export function jsonOf(tutorial: Tutorial, reports: readonly StepReport[], { explain, passed, milliseconds }: Outcome) {
  const { name, title, author, date, summary, unneeded } = tutorial
  return {
    tutorial: name,
    title,
    author,
    date,
    summary,
    unneeded,
    passed,
    milliseconds: rounded(milliseconds),
    steps: reports.map(({ step, passed, skipped, error, mistakes, checks, messages, topology, milliseconds }) => ({
      title: step.title,
      why: step.why,
      commands: step.actions.map(({ command }) => command),
      corrections: step.actions.flatMap((action) =>
        'correction' in action ? [{ command: action.command, why: action.correction }] : [],
      ),
      passed,
      skipped,
      error,
      mistakes: mistakes.map(({ command, mistake, error, printed }) => ({ command, mistake, error, printed })),
      checks: checks.map(({ proves, command, passed, found }) => ({ proves, command, passed, found })),
      topology,
      milliseconds: rounded(milliseconds),
      messages: explain
        ? messages.map(({ direction, protocol, bytes }) => ({
            direction,
            hex: Buffer.from(bytes).toString('hex'),
            text: formatMessage(protocol, bytes),
          }))
        : undefined,
    })),
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
