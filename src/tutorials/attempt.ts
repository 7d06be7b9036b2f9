import type { Op } from '../ops/index.ts'

/** An op that nobody can make, to be tried: what is wrong with it is found when it is done, as with a command that is typed. */
export function attempt(summary: string, make: () => Op): Op {
  return {
    summary,
    do: async (context) => make().do(context),
    undo: async (memory, context) => make().undo(memory, context),
    isDone: async () => false,
  }
}
