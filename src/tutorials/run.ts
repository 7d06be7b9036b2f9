import type { TracedMessage } from '../netlink/index.ts'
import { type Context, snapshot } from '../ops/index.ts'
import type { Topology } from '../topology/index.ts'
import { wordsOf } from './checks/place.ts'
import { Ledger, putBack } from './ledger.ts'
import { type Pictures, startPictures } from './pictures.ts'
import type { Action, Check, Mistake, Step, Tutorial, Verdict } from './tutorial.ts'

/** What became of a check. */
export interface CheckReport extends Verdict, Pick<Check, 'command' | 'proves'> {}

/** How a command that the document has wrong was refused. */
export interface MistakeReport extends Pick<Mistake, 'command' | 'mistake'> {
  /** What the kernel, or whoever read the command, said. */
  readonly error: string
  /** What the command itself printed, where somebody typed it. */
  readonly printed?: string
}

/** What became of a step. */
export interface StepReport {
  readonly step: Step
  readonly passed: boolean
  /** Why it was not made. */
  readonly skipped?: string
  /** Why an action failed; then nothing was checked. */
  readonly error?: string
  readonly mistakes: readonly MistakeReport[]
  readonly checks: readonly CheckReport[]
  /** The netlink messages of its actions. */
  readonly messages: readonly TracedMessage[]
  /** What the network is made of after it, where a picture of that differs from the one before. */
  readonly topology?: Topology
  /** Without the time to look at the topology. */
  readonly milliseconds: number
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Told before a step begins, which waits for it. */
  readonly begin?: (step: Step, number: number) => void | Promise<void>
  /** Told what became of it, which it waits for. */
  readonly end?: (report: StepReport, number: number) => void | Promise<void>
  /** Told when all steps have been made and nothing has been taken back yet, which waits for it. */
  readonly standing?: () => void | Promise<void>
  /** Types a command, and gives what it printed: for those that the document has wrong. */
  readonly type?: (command: string) => Promise<string>
  /** Whether the topology is wanted after the steps that change it. Off unless told. */
  readonly pictures?: boolean
}

/**
 * Runs a tutorial in the network namespace that the process is in, which should be a sandbox: every step's actions, then its checks. A
 * failed check does not stop it, a failed action does. Whatever happened, the last step takes back all that was done, and checks that.
 * Where the document begins anew, so does it before.
 * @returns a report for each step that was begun
 * @throws the signal's reason, after taking everything back
 */
export async function runTutorial(tutorial: Tutorial, options: RunOptions = {}): Promise<StepReport[]> {
  const { signal, begin, end, standing } = options
  const reports: StepReport[] = []
  const ledger = new Ledger()
  const before = await snapshot()
  const pictures = options.pictures ? await startPictures() : undefined
  const perform = async (step: Step) => {
    await begin?.(step, reports.length + 1)
    const report = await runStep(step, ledger, options, pictures)
    reports.push(report)
    await end?.(report, reports.length)
    return report.error === undefined
  }
  try {
    let going = true
    for (const step of tutorial.steps) {
      if (going && step.anew && !ledger.empty) going = await perform(putBack(ledger, before))
      going &&= !signal?.aborted && (await perform(step))
      if (!going) break
    }
    if (going) await standing?.()
  } finally {
    await perform(putBack(ledger, before))
  }
  signal?.throwIfAborted()
  return reports
}

/** Whether a run made every step of a tutorial, or said why not, and all that was looked at was as it should be. */
export function isPassed(tutorial: Tutorial, reports: readonly StepReport[]): boolean {
  const made = new Set(reports.map(({ step }) => step))
  return tutorial.steps.every((step) => made.has(step)) && reports.every(({ passed }) => passed)
}

async function runStep(
  step: Step,
  ledger: Ledger,
  { signal, type }: RunOptions,
  pictures: Pictures | undefined,
): Promise<StepReport> {
  const started = performance.now()
  const messages: TracedMessage[] = []
  const trace = (message: TracedMessage) => messages.push({ ...message, bytes: message.bytes.slice() })
  const checks: CheckReport[] = []
  const mistakes: MistakeReport[] = []
  let error: string | undefined
  let skipped: string | undefined
  try {
    skipped = await step.unable?.({ signal })
    if (skipped === undefined) {
      for (const action of step.actions) {
        const refused = await act(action, ledger, { signal, trace })
        if (refused !== undefined) mistakes.push({ ...refused, ...(type && { printed: await type(action.command) }) })
      }
      for (const check of step.checks) checks.push(await runCheck(check, { signal }))
    }
  } catch (failure) {
    error = wordsOf(failure)
  }
  const milliseconds = performance.now() - started
  const topology = await pictures?.next()
  return {
    step,
    passed: error === undefined && checks.every((check) => check.passed),
    ...(skipped !== undefined && { skipped }),
    ...(error !== undefined && { error }),
    mistakes,
    checks,
    messages: changes(messages),
    ...(topology !== undefined && { topology }),
    milliseconds,
  }
}

async function act(action: Action, ledger: Ledger, context: Context): Promise<MistakeReport | undefined> {
  if ('undo' in action) await ledger.takeBack(action.undo, context)
  else if ('mistake' in action) return await refusal(action, context)
  else await ledger.perform(action.op, context)
  return undefined
}

async function refusal({ command, mistake, op }: Mistake, context: Context): Promise<MistakeReport> {
  let memory: unknown
  try {
    memory = await op.do(context)
  } catch (error) {
    return { command, mistake, error: wordsOf(error) }
  }
  await op.undo(memory, context)
  throw new Error(`${command}: was to be refused, and was not`)
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

/** The requests that change something, with their answers: what an op asks so that it can be undone would hide them. */
function changes(messages: readonly TracedMessage[]): TracedMessage[] {
  const exchange = ({ port, bytes }: TracedMessage) => `${port} ${new DataView(bytes.buffer).getUint32(8, true)}`
  const changing = new Set(messages.filter((m) => m.direction === 'sent' && !asks(m)).map(exchange))
  return messages.filter((message) => changing.has(exchange(message)))
}

const VERB = 3
const GET = 2

/** Whether a request only wants to know. */
function asks({ protocol, bytes }: TracedMessage): boolean {
  const type = bytes[4]!
  // The commands of nf_tables come in threes, of which the second one asks (linux/netfilter/nf_tables.h); what begins and ends a batch
  // is of no subsystem.
  if (protocol.name === 'netfilter') return bytes[5] !== 0 && type % 3 === 1
  // The two low bits of a routing netlink type are its verb (net/core/rtnetlink.c).
  return (type & VERB) === GET
}
