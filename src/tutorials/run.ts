import { isDeepStrictEqual } from 'node:util'
import type { TracedMessage } from '../netlink/index.ts'
import { type Context, type Op, type Snapshot, snapshot } from '../ops/index.ts'
import type { Check, Step, Tutorial, Verdict } from './tutorial.ts'

/** What became of a check. */
export interface CheckReport extends Verdict, Pick<Check, 'command' | 'proves'> {}

/** What became of a step. */
export interface StepReport {
  readonly step: Step
  readonly passed: boolean
  /** Why an action failed; then nothing was checked. */
  readonly error?: string
  readonly checks: readonly CheckReport[]
  /** The netlink messages of its actions. */
  readonly messages: readonly TracedMessage[]
  readonly milliseconds: number
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Told before a step begins. */
  readonly begin?: (step: Step, number: number) => void
  /** Told what became of it. */
  readonly end?: (report: StepReport, number: number) => void
}

/**
 * Runs a tutorial in the network namespace that the process is in, which should be a sandbox: every step's actions, then its checks. A
 * failed check does not stop it, a failed action does. Whatever happened, the last step takes back all that was done, and checks that.
 * @returns a report for each step that was begun
 * @throws the signal's reason, after taking everything back
 */
export async function runTutorial(tutorial: Tutorial, options: RunOptions = {}): Promise<StepReport[]> {
  const { signal, begin, end } = options
  const reports: StepReport[] = []
  const done: Done[] = []
  const before = await snapshot()
  const perform = async (step: Step) => {
    begin?.(step, reports.length + 1)
    const report = await runStep(step, signal, done)
    reports.push(report)
    end?.(report, reports.length)
    return report.error === undefined
  }
  try {
    for (const step of tutorial.steps) if (signal?.aborted || !(await perform(step))) break
  } finally {
    await perform(putBack(done, before))
  }
  signal?.throwIfAborted()
  return reports
}

interface Done {
  readonly op: Op
  readonly memory: unknown
}

async function runStep(step: Step, signal: AbortSignal | undefined, done: Done[]): Promise<StepReport> {
  const started = performance.now()
  const messages: TracedMessage[] = []
  const trace = (message: TracedMessage) => messages.push({ ...message, bytes: message.bytes.slice() })
  const checks: CheckReport[] = []
  let error: string | undefined
  try {
    for (const { op } of step.actions) done.push({ op, memory: await op.do({ signal, trace }) })
    for (const check of step.checks) checks.push(await runCheck(check, { signal }))
  } catch (failure) {
    error = wordsOf(failure)
  }
  const passed = error === undefined && checks.every((check) => check.passed)
  const milliseconds = performance.now() - started
  return { step, passed, ...(error !== undefined && { error }), checks, messages: changes(messages), milliseconds }
}

async function runCheck(check: Check, context: Context): Promise<CheckReport> {
  const { command, proves } = check
  const about = command === undefined ? { proves } : { command, proves }
  try {
    return { ...about, ...(await check.run(context)) }
  } catch (error) {
    context.signal?.throwIfAborted()
    return { ...about, passed: false, found: wordsOf(error) }
  }
}

function putBack(done: Done[], before: Snapshot): Step {
  const undo = async (trace: Context['trace']) => {
    for (let last = done.pop(); last !== undefined; last = done.pop()) await last.op.undo(last.memory, { trace })
  }
  return {
    title: 'Put everything back',
    why: 'Every step knows how it is undone. Undone in reverse order, they leave the host as they found it.',
    actions: [],
    checks: [
      {
        proves: 'links, addresses, routes, rules and neighbours of every namespace are what they were before',
        async run({ trace }) {
          const count = done.length
          await undo(trace)
          const differences = differing(before, await snapshot())
          return {
            passed: differences.length === 0,
            found: `${count} changes undone, ${differences.length === 0 ? 'no difference' : `different: ${differences.join(', ')}`}`,
          }
        },
      },
    ],
  }
}

/** The tables that are not as they were, such as `routes of pb`. */
function differing(before: Snapshot, after: Snapshot): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => {
    const of = name === '' ? 'the host' : name
    const [old, now] = [before[name], after[name]]
    if (old === undefined || now === undefined) return [`namespace ${of}`]
    const tables = Object.keys(old) as (keyof typeof old)[]
    return tables.filter((table) => !isDeepStrictEqual(old[table], now[table])).map((table) => `${table} of ${of}`)
  })
}

const VERB = 3
const GET = 2

/** The requests that change something, with their answers: what an op asks so that it can be undone would hide them. */
function changes(messages: readonly TracedMessage[]): TracedMessage[] {
  const exchange = ({ port, bytes }: TracedMessage) => `${port} ${new DataView(bytes.buffer).getUint32(8, true)}`
  // The two low bits of a routing netlink type are its verb (net/core/rtnetlink.c).
  const changing = new Set(messages.filter((m) => m.direction === 'sent' && (m.bytes[4]! & VERB) !== GET).map(exchange))
  return messages.filter((message) => changing.has(exchange(message)))
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
