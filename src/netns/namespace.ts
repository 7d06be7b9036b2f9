import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import {
  asSystemError,
  CLONE_NEWNET,
  type FileIdentity,
  InvalidValueError,
  namespaceType,
  SystemError,
} from '../libc/index.ts'
import { pathOf } from './name.ts'

/** A file that was to be a network namespace and is something else: another kind, or the remains of a deleted one. */
export class NotANamespaceError extends Error {
  readonly code = 'ERR_NOT_A_NETNS'
  override readonly name = 'NotANamespaceError'
  readonly path: string

  constructor(path: string) {
    super(`${path} is not a network namespace`)
    this.path = path
  }
}

/**
 * An open network namespace. It exists for as long as this is not disposed of, whoever deletes its name, and stays the
 * same one, whoever takes its name.
 */
export class Namespace implements FileIdentity, Disposable {
  /** Device and inode, by which two handles of one namespace are known to be that. */
  readonly dev: number
  readonly ino: number
  /** The name it was opened by, if it was. */
  readonly name: string | undefined
  #fd: number

  /** Takes over the descriptor of a network namespace. */
  constructor(fd: number, name?: string) {
    const { dev, ino } = fstatSync(fd)
    this.#fd = fd
    this.dev = dev
    this.ino = ino
    this.name = name
  }

  /** The descriptor, close-on-exec; -1 once disposed of, which every system call refuses. */
  get fd(): number {
    return this.#fd
  }

  /** Disposes of it, as `using` does; a second time it does nothing. */
  close(): void {
    const fd = this.#fd
    this.#fd = -1
    if (fd >= 0) closeSync(fd)
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

/**
 * Opens a named namespace, whoever made it.
 * @throws InvalidNamespaceNameError
 * @throws SystemError 'ENOENT' when there is none of that name
 * @throws NotANamespaceError
 */
export function open(name: string): Namespace {
  return openFile(pathOf(name), name)
}

/**
 * Opens the namespace that a file stands for, `/proc/1/ns/net` or a bind mount of it.
 * @throws SystemError, NotANamespaceError
 */
export function openPath(path: string): Namespace {
  return openFile(path)
}

/**
 * Opens the namespace that a process is in.
 * @throws SystemError 'ENOENT' when there is no such process
 */
export function openPid(pid: number): Namespace {
  return openFile(processPath(pid))
}

/**
 * Opens the namespace that the calling thread is in.
 * @throws SystemError
 */
export function current(): Namespace {
  return openFile('/proc/thread-self/ns/net')
}

/** The file that stands for the namespace of a process. */
export function processPath(pid: number): string {
  if (!Number.isSafeInteger(pid) || pid <= 0) throw new InvalidValueError(`not a process id: ${pid}`)
  return `/proc/${pid}/ns/net`
}

function openFile(path: string, name?: string): Namespace {
  let fd: number
  try {
    // Opening a FIFO or a terminal by mistake must not wait.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    throw asSystemError(error)
  }
  try {
    if (!isNetworkNamespace(fd)) throw new NotANamespaceError(path)
    return new Namespace(fd, name)
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function isNetworkNamespace(fd: number): boolean {
  try {
    return namespaceType(fd) === CLONE_NEWNET
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
