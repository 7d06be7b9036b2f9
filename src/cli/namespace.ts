import { closeSync, constants, openSync } from 'node:fs'
import { errnoMessage, SystemError } from '../libc/index.ts'
import {
  directory,
  InvalidNamespaceNameError,
  type Namespace,
  NotANamespaceError,
  open,
  openPath,
} from '../netns/index.ts'
import { CommandFailure } from './grammar/index.ts'

const NAME_MAX = 255
/** What is there, and is no namespace. */
const DIRECTORIES: readonly string[] = ['', '.', '..']

/** Opens a namespace by name, or says in iproute2's words why not. Throws CommandFailure. */
export function openNamespace(name: string): Namespace {
  const failed = (why: string) => new CommandFailure(`Cannot open network namespace "${name}": ${why}`, 255)
  try {
    return open(name)
  } catch (error) {
    if (error instanceof SystemError) throw failed(errnoMessage(error.errno))
    if (error instanceof InvalidNamespaceNameError && !DIRECTORIES.includes(name)) {
      throw failed(Buffer.byteLength(name) > NAME_MAX ? 'File name too long' : 'No such file or directory')
    }
    if (error instanceof InvalidNamespaceNameError || error instanceof NotANamespaceError) {
      throw new CommandFailure(`setting the network namespace "${name}" failed: Invalid argument`, 255)
    }
    throw error
  }
}

/** A namespace by name, or by path where that has a slash; undefined where there is none. */
export function findNamespace(nameOrPath: string): Namespace | undefined {
  try {
    return nameOrPath.includes('/') ? openPath(nameOrPath) : open(nameOrPath)
  } catch (error) {
    const none = [SystemError, InvalidNamespaceNameError, NotANamespaceError]
    if (none.some((type) => error instanceof type)) return undefined
    throw error
  }
}

/** A file by its descriptor, for the kernel to say whether that is of a namespace. */
export interface NamespaceFile extends Disposable {
  readonly fd: number
}

/**
 * Opens the file that has to be a namespace's, by name, or by path where that has a slash; undefined where there is none.
 * Names of namespaces that are gone may be left over as plain files.
 */
export function openNamespaceFile(nameOrPath: string): NamespaceFile | undefined {
  const path = nameOrPath.includes('/') ? nameOrPath : `${directory}/${nameOrPath}`
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
    return { fd, [Symbol.dispose]: () => closeSync(fd) }
  } catch {
    return undefined
  }
}
