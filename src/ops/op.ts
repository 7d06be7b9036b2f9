import type { Context } from './target.ts'

/**
 * A change to a host's network that can be taken back, as a value: making it does nothing.
 *
 * `do` either does all of it, and resolves to what `undo` needs to know, or throws and has done nothing. The two may be far apart and
 * the op may be done many times; each time has a memory of its own.
 */
export interface Op<Memory = unknown> {
  /** What it does, in words: `move veth-pb to pb`. */
  readonly summary: string
  /**
   * Does it.
   * @throws NetlinkError, SystemError, EncodeError
   */
  do(context?: Context): Promise<Memory>
  /** Takes it back: things are then as they were before `do`. What is gone already is no error. */
  undo(memory: Memory, context?: Context): Promise<void>
  /** Whether things are as `do` would leave them, whoever did it. False also when that cannot be seen. */
  isDone(context?: Context): Promise<boolean>
  /** The ops of which a plan consists. */
  readonly steps?: readonly Op[]
}

/** What doing an op that was ensured left to undo: nothing, when it was done already. */
export type Ensured<Memory> = { readonly memory: Memory } | undefined

/**
 * The same op, to be done only where that is not the case already: it may be done twice. Undone, only what it did is taken back. Of a
 * plan, each step is ensured.
 */
export function ensure<Memory>(op: Op<Memory>): Op<Ensured<Memory>> {
  if (op.steps !== undefined) return plan(op.summary, op.steps.map(ensure)) as unknown as Op<Ensured<Memory>>
  return {
    summary: `ensure: ${op.summary}`,
    async do(context) {
      if (await op.isDone(context)) return undefined
      try {
        return { memory: await op.do(context) }
      } catch (error) {
        // Somebody else may have done it meanwhile.
        if (await op.isDone(context)) return undefined
        throw error
      }
    },
    async undo(ensured, context) {
      if (ensured !== undefined) await op.undo(ensured.memory, context)
    },
    isDone: (context) => op.isDone(context),
  }
}

/** A step of a plan failed. What was done before it has been undone, but for what `notUndone` says. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
  readonly code = 'ERR_PLAN_FAILED'
  /** Which step: its number from 0, and its summary. */
  readonly index: number
  readonly step: string
  /** The steps that could not be undone, and why. */
  readonly notUndone: readonly UndoFailure[]

  constructor(summary: string, index: number, step: string, cause: unknown, notUndone: readonly UndoFailure[]) {
    const left = notUndone.map((failure) => `; not undone: ${failure.step} (${wordsOf(failure.error)})`).join('')
    super(`${summary}: step ${index + 1}, ${step}: ${wordsOf(cause)}${left}`, { cause })
    this.index = index
    this.step = step
    this.notUndone = notUndone
  }
}

export interface UndoFailure {
  readonly step: string
  readonly error: unknown
}

/** Some steps of a plan could not be undone; all others were. */
export class UndoError extends AggregateError {
  override readonly name = 'UndoError'
  readonly code = 'ERR_UNDO_FAILED'
  readonly failures: readonly UndoFailure[]

  constructor(summary: string, failures: readonly UndoFailure[]) {
    const what = failures.map(({ step, error }) => `${step} (${wordsOf(error)})`).join('; ')
    super(
      failures.map(({ error }) => error),
      `${summary}: not undone: ${what}`,
    )
    this.failures = failures
  }
}

/**
 * Several ops as one: done in order. When one fails, those before it are undone in reverse and PlanError says which it was. Undone, all
 * are undone in reverse; one that cannot be does not keep the others from it. Between steps the context's signal is heeded.
 */
export function plan(summary: string, steps: readonly Op[]): Op<readonly unknown[]> {
  return {
    summary,
    steps,
    async do(context = {}) {
      const memories: unknown[] = []
      for (const [index, step] of steps.entries()) {
        try {
          context.signal?.throwIfAborted()
          memories.push(await step.do(context))
        } catch (error) {
          throw new PlanError(summary, index, step.summary, error, await undoAll(steps, memories, context))
        }
      }
      return memories
    },
    async undo(memories, context = {}) {
      const failures = await undoAll(steps, memories, context)
      if (failures.length > 0) throw new UndoError(summary, failures)
    },
    async isDone(context) {
      for (const step of steps) if (!(await step.isDone(context))) return false
      return true
    },
  }
}

async function undoAll(steps: readonly Op[], memories: readonly unknown[], { trace }: Context): Promise<UndoFailure[]> {
  const failures: UndoFailure[] = []
  for (let i = memories.length - 1; i >= 0; i--) {
    const step = steps[i]!
    try {
      // An aborted signal is no reason to leave things half undone.
      await step.undo(memories[i], { trace })
    } catch (error) {
      failures.push({ step: step.summary, error })
    }
  }
  return failures
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
