import { mkdirSync } from 'node:fs'
import {
  asSystemError,
  type DirectoryChange,
  DirectoryWatch,
  type Watcher,
  waitReadable,
  watchReadable,
} from '../libc/index.ts'
import { eventQueue, type Subscription } from '../netlink/index.ts'
import { directory } from './name.ts'

/** A name that was given to a namespace, or taken away; or so many at once that some are not known: see `list`. */
export type NameChange =
  | { readonly change: 'add' | 'delete'; readonly name: string }
  | { readonly change: 'resync'; readonly name?: undefined }

export interface WatchOptions {
  /** Ends it: the loop throws the reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The names of namespaces as they come and go, from this call on, whoever makes them. Keeps the process alive until it ends.
 * @throws SystemError; the signal's reason
 */
export function watch({ signal }: WatchOptions = {}): Subscription<NameChange> {
  signal?.throwIfAborted()
  const names = openDirectory()
  const hear = () => {
    for (const change of names.read()) events.offer(nameChange(change))
  }
  let watcher: Watcher
  try {
    watcher = watchReadable(names.fd, hear)
  } catch (error) {
    names.close()
    throw error
  }
  watcher.ref()
  const ended = () => {
    watcher.stop()
    names.close()
  }
  const events = eventQueue<NameChange>({ signal, ended })
  return events.subscription
}

/**
 * `watch`, from the first `next()` on. Waiting stops the thread.
 * @throws SystemError
 */
export function* watchSync(): Generator<NameChange, never, undefined> {
  using names = openDirectory()
  for (;;) {
    for (const change of names.read()) yield nameChange(change)
    waitReadable(names.fd, -1)
  }
}

function openDirectory(): DirectoryWatch {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw asSystemError(error)
  }
  return new DirectoryWatch(directory)
}

function nameChange(found: DirectoryChange): NameChange {
  if (found.change === 'overflow') return { change: 'resync' }
  return { change: found.change === 'create' ? 'add' : found.change, name: found.name }
}
