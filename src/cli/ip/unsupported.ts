import { CommandFailure, type CommandTable } from '../grammar/index.ts'
import type { Session } from '../session.ts'

/** A verb or keyword of ip(8) that is known and waits for its turn. */
export function unsupportedVerb(name: string): () => never {
  return () => {
    throw new CommandFailure(`ipts: "${name}" is not supported yet.`, 1)
  }
}

/** The same for all of an object. */
export function unsupported(name: string): CommandTable<Session> {
  const run = unsupportedVerb(name)
  return { name, verbs: [], otherwise: run, unknown: run }
}
