import type { Request } from '../../netlink/index.ts'
import { CommandFailure, type CommandTable, dispatch, spelled, Words } from '../grammar/index.ts'
import type { Options } from '../options.ts'
import { report } from '../report.ts'
import type { Requester } from '../requester.ts'
import { openWorkplace, type Session } from '../session.ts'
import { openInput } from './input.ts'
import { type BatchLine, readLines } from './lines.ts'
import { gathering, telling } from './requester.ts'
import { Shapes } from './shape.ts'

/** What a command's first word means. */
export interface BatchObject {
  load(): Promise<CommandTable<Session>>
}

const END = Symbol('the end of a batch')

/**
 * `-batch FILE`: runs the commands of a file, or of standard input for `-`, and gives the exit status. The first failure ends it,
 * unless there is `-force`. `objectNamed` finds what a first word means and throws CommandFailure where that is nothing.
 */
export async function runBatch(
  options: Options,
  file: string,
  objectNamed: (word: string) => BatchObject,
): Promise<number> {
  let status = 0
  const fail = (error: unknown, number: number) => {
    workplace.out.flush()
    report(error)
    if (!(error instanceof CommandFailure)) failed(number)
    else if (error.ends) throw new CommandFailure('', error.status)
    // Help is no failure where iproute2 goes on after it.
    else if (error.status !== 0) failed(number)
  }
  const failed = (number: number) => {
    workplace.complain(`Command failed ${file}:${number}`)
    status = 1
  }
  const pending = options.force ? gathering(fail) : telling
  using workplace = openWorkplace(options, pending.requester)
  // Whoever writes the batch may wait to see what becomes of it before writing on.
  using input = openInput(file, () => {
    pending.settle()
    workplace.out.flush()
  })
  const complain = (line: string) => {
    pending.settle()
    complained = true
    workplace.complain(line)
  }
  const tables = new Map<BatchObject, CommandTable<Session>>()
  let session: Session | undefined
  let reads = 0
  const shapes = new Shapes()
  /** The request that the last command finished by. */
  let finished: Request<void> | undefined
  let complained = false
  const route: Requester = {
    ...workplace.route,
    finish(request, told) {
      finished = request
      workplace.route.finish(request, told)
    },
  }
  const renew = () => {
    shapes.forget()
    session?.[Symbol.dispose]()
    session = undefined
  }

  /** Runs a command; a promise only where there is something to wait for, as there is not in most of a long batch. */
  const run = (line: BatchLine): undefined | Promise<void> => {
    // What is known of devices is not older than the input, and no command has changed any since.
    if (input.reads !== reads) renew()
    reads = input.reads
    const object = objectNamed(line.words[0]!)
    const table = tables.get(object)
    if (table !== undefined) return runVerb(table, line)
    return object.load().then((loaded) => {
      tables.set(object, loaded)
      return runVerb(loaded, line)
    })
  }
  /** Runs the commands of those next lines that are of a known shape, as many as there are or as may be pending. */
  const runKnown = () => {
    while (!pending.full) {
      const known = shapes.take(input)
      if (known === undefined) return
      pending.at(input.number)
      workplace.route.finish(known)
    }
  }
  /** Runs the command of the next line, and of those before it that are of a known shape. */
  const next = (lines: Generator<BatchLine, void>): undefined | typeof END | Promise<void> => {
    runKnown()
    if (pending.full) return pending.turn()
    const { done, value } = lines.next()
    if (done) return END
    pending.at(value.number)
    return run(value)
  }
  const runVerb = (table: CommandTable<Session>, line: BatchLine) => {
    const words = new Words(line.words)
    words.advance()
    const { finishes = false, uniform = false } = spelled(words.current, table.verbs) ?? {}
    if (!finishes) pending.settle()
    session ??= { ...workplace.session(), route, complain }
    finished = undefined
    complained = false
    const result = dispatch(table, session, words)
    if (!finishes || result !== 0) return conclude(result, line.number)
    // A command that was complained of is no example for others.
    if (uniform && finished !== undefined && !complained && !options.echo) shapes.learn(line, finished)
    return pending.full ? pending.turn() : undefined
  }
  const conclude = async (result: number | Promise<number>, number: number) => {
    try {
      if ((await result) !== 0) failed(number)
    } finally {
      renew()
    }
  }

  try {
    const lines = readLines(input, complain)
    while (status === 0 || options.force) {
      try {
        const running = next(lines)
        if (running === END) break
        if (running !== undefined) await running
      } catch (error) {
        pending.settle()
        renew()
        fail(error, input.number)
      }
    }
    pending.settle()
  } finally {
    renew()
  }
  return status
}
