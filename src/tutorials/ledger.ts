import { isDeepStrictEqual } from 'node:util'
import { InvalidValueError } from '../libc/index.ts'
import { type Context, type Op, type Snapshot, snapshot, UndoError, type UndoFailure } from '../ops/index.ts'
import type { Step } from './tutorial.ts'

interface Done {
  readonly op: Op
  readonly memory: unknown
}

/** What has been done, in order, and can be taken back. */
export class Ledger {
  readonly #done: Done[] = []

  get empty(): boolean {
    return this.#done.length === 0
  }

  async perform(op: Op, context: Context): Promise<void> {
    this.#done.push({ op, memory: await op.do(context) })
  }

  /** Takes back what these ops did last, in the reverse of the order in which they did it. */
  async takeBack(ops: readonly Op[], context: Context): Promise<void> {
    const last = ops.map((op) => this.#done.findLastIndex((done) => done.op === op))
    if (last.includes(-1)) throw new InvalidValueError(`was not done: ${ops[last.indexOf(-1)]!.summary}`)
    for (const index of last.sort((a, b) => b - a)) {
      const { op, memory } = this.#done[index]!
      await op.undo(memory, context)
      this.#done.splice(index, 1)
    }
  }

  /** Takes back everything; gives how many changes that was. What cannot be taken back does not keep the rest from it. */
  async takeBackAll(context: Context): Promise<number> {
    const count = this.#done.length
    const failures: UndoFailure[] = []
    for (let last = this.#done.pop(); last !== undefined; last = this.#done.pop()) {
      try {
        await last.op.undo(last.memory, context)
      } catch (error) {
        failures.push({ step: last.op.summary, error })
      }
    }
    if (failures.length > 0) throw new UndoError('take everything back', failures)
    return count
  }
}

/** The step that takes everything back, and checks that all is as it was. */
export function putBack(ledger: Ledger, before: Snapshot): Step {
  return {
    title: 'Put everything back',
    why: 'Every step knows how it is undone. Undone in reverse order, they leave the host as they found it.',
    actions: [],
    checks: [
      {
        proves: 'links, addresses, routes, rules, neighbours and firewall of every namespace are what they were before',
        async run({ trace }) {
          const count = await ledger.takeBackAll({ trace })
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
