import { closeSync, constants, mkdirSync, openSync, statSync, unlinkSync } from 'node:fs'
import {
  asSystemError,
  type FileIdentity,
  flock,
  LOCK_EX,
  MNT_DETACH,
  MS_BIND,
  MS_REC,
  MS_SHARED,
  mount,
  SystemError,
  UMOUNT_NOFOLLOW,
  umount,
  withNewNamespace,
} from '../libc/index.ts'
import { directory, pathOf } from './name.ts'
import { Namespace, openPid } from './namespace.ts'

/**
 * Creates a network namespace under a name, as `ip netns add` does; each finds what the other made. Nothing is in it
 * but `lo`, which is down.
 * @returns which namespace it is; `open` gives a handle
 * @throws InvalidNamespaceNameError
 * @throws SystemError 'EEXIST' when the name is taken, 'EPERM' without CAP_SYS_ADMIN. What was begun is undone.
 */
export function create(name: string): FileIdentity {
  return establish(name, (path) => withNewNamespace(() => mountOn(path, '/proc/thread-self/ns/net')))
}

/**
 * Gives a name to the network namespace of a process, or to an open one, as `ip netns attach` does.
 * @throws InvalidNamespaceNameError
 * @throws SystemError 'EEXIST' when the name is taken, 'ENOENT' when there is no such process
 */
export function attach(name: string, target: number | Namespace): FileIdentity {
  pathOf(name)
  if (target instanceof Namespace) return establish(name, (path) => mountOn(path, `/proc/self/fd/${target.fd}`))
  using namespace = openPid(target)
  return attach(name, namespace)
}

function establish(name: string, mountNamespace: (path: string) => void): FileIdentity {
  const path = pathOf(name)
  try {
    prepareDirectory()
    closeSync(openSync(path, constants.O_RDONLY | constants.O_CREAT | constants.O_EXCL, 0))
  } catch (error) {
    throw asSystemError(error)
  }
  try {
    mountNamespace(path)
    const { dev, ino } = statSync(path)
    return { dev, ino }
  } catch (error) {
    try {
      umount(path, MNT_DETACH | UMOUNT_NOFOLLOW)
    } catch {
      // The mount may be what failed.
    }
    unlinkSync(path)
    throw error
  }
}

function mountOn(path: string, source: string): void {
  mount(source, path, 'none', MS_BIND)
}

/**
 * The directory is a shared mount, so that a namespace that is mounted there, or unmounted, is so in every mount
 * namespace that got the directory from this one. The lock is the one that iproute2 takes: two who find that it is no
 * mount yet would mount it twice.
 */
function prepareDirectory(): void {
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  const lock = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    flock(lock, LOCK_EX)
    try {
      mount('', directory, 'none', MS_SHARED | MS_REC)
    } catch (error) {
      if (!(error instanceof SystemError && error.code === 'EINVAL')) throw error
      mount(directory, directory, 'none', MS_BIND | MS_REC)
      mount('', directory, 'none', MS_SHARED | MS_REC)
    }
  } finally {
    closeSync(lock)
  }
}
