import { opendirSync, statSync } from 'node:fs'
import process from 'node:process'
import { asSystemError, type FileIdentity } from '../libc/index.ts'
import { directory } from './name.ts'
import { open, openPid } from './namespace.ts'

/**
 * The names of all named network namespaces, in the order in which iproute2 lists them (the directory's own). What a
 * deleted namespace left behind is listed too.
 * @throws SystemError
 */
export function list(): string[] {
  return entries(directory)
}

/**
 * The names, usually one or none, of the network namespace that a process is in, in the order of `list`. (Of several,
 * `ip netns identify` shows the last.)
 * @throws SystemError 'ENOENT' when there is no such process
 */
export function identify(pid: number = process.pid): string[] {
  using namespace = openPid(pid)
  return list().filter((name) => isSame(`${directory}/${name}`, namespace))
}

/**
 * The processes that are in a named network namespace, in ascending order: those that /proc shows.
 * @throws InvalidNamespaceNameError, NotANamespaceError
 * @throws SystemError 'ENOENT' when there is none of that name
 */
export function pids(name: string): number[] {
  using namespace = open(name)
  return entries('/proc')
    .filter((entry) => /^\d+$/.test(entry) && isSame(`/proc/${entry}/ns/net`, namespace))
    .map(Number)
}

/** In the kernel's order, where readdir would sort; none when the directory does not exist. */
function entries(path: string): string[] {
  const names: string[] = []
  try {
    const handle = opendirSync(path)
    try {
      for (let entry = handle.readSync(); entry; entry = handle.readSync()) names.push(entry.name)
    } finally {
      handle.closeSync()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw asSystemError(error)
  }
  return names
}

/** Not so either when the file cannot be looked at: a process that ended meanwhile, or a name that was deleted. */
function isSame(path: string, namespace: FileIdentity): boolean {
  try {
    const { dev, ino } = statSync(path)
    return dev === namespace.dev && ino === namespace.ino
  } catch {
    return false
  }
}
