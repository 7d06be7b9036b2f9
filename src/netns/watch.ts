import { mkdirSync } from 'node:fs'
import { asSystemError, directoryChanges } from '../libc/index.ts'
import { directory } from './name.ts'

/** A name that was given to a namespace, or taken away. */
export interface NameChange {
  readonly change: 'add' | 'delete'
  readonly name: string
}

/**
 * The names of namespaces as they come and go, from the first `next()` on, whoever makes them. Waiting stops the thread.
 * @throws SystemError
 */
export function* watch(): Generator<NameChange, void, undefined> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw asSystemError(error)
  }
  for (const { change, name } of directoryChanges(directory))
    yield { change: change === 'create' ? 'add' : change, name }
}
