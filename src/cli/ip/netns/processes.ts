import { errnoMessage, SystemError } from '../../../libc/index.ts'
import {
  identify as identifyProcess,
  list,
  type Namespace,
  NotANamespaceError,
  pids as processesIn,
} from '../../../netns/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import { findNamespace } from '../../namespace.ts'
import type { Session } from '../../session.ts'

// No process has the number 0, for which there is no file in /proc.
const ENOENT = 2

function opening<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`Cannot open network namespace: ${errnoMessage(error.errno)}`, 1)
  }
}

/** `ip netns identify`: the name of the namespace that a process is in; an empty line where it has none. */
export const identify: Run<Session> = ({ out, namespace }, words) => {
  if (words.left > 1) throw new CommandFailure('extra arguments specified', 1)
  const { current } = words
  if (!words.done && !/^\d*$/.test(current)) {
    throw new CommandFailure(`Specified string '${current}' is not a pid`, 1)
  }
  const names = opening(() => {
    if (!words.done && Number(current) === 0) throw new SystemError(ENOENT, 'open')
    if (!words.done) return identifyProcess(Number(current))
    return namespace === undefined ? identifyProcess() : namesOf(namespace)
  })
  out.write(`${names.at(-1) ?? ''}\n`)
  return 0
}

/** The names of the namespace of `-n`: this process only seems to be in it. */
function namesOf({ dev, ino }: Namespace): string[] {
  return list().filter((name) => {
    using other = findNamespace(name)
    return other?.dev === dev && other.ino === ino
  })
}

/** `ip netns pids`. */
export const pids: Run<Session> = ({ out }, words) => {
  if (words.done) throw new CommandFailure('No netns name specified', 1)
  if (words.left > 1) throw new CommandFailure('extra arguments specified', 1)
  for (const pid of opening(() => processesOf(words.current))) out.write(`${pid}\n`)
  return 0
}

/** There is none in what is left of a namespace that is gone. */
function processesOf(name: string): number[] {
  try {
    return processesIn(name)
  } catch (error) {
    if (!(error instanceof NotANamespaceError)) throw error
    return []
  }
}
