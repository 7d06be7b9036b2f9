import { errnoMessage, SystemError } from '../libc/index.ts'
import { InvalidNamespaceNameError, type Namespace, NotANamespaceError, open, openPath } from '../netns/index.ts'
import { CommandFailure } from './grammar/index.ts'

/** Opens a namespace by name, or says in iproute2's words why not. Throws CommandFailure. */
export function openNamespace(name: string): Namespace {
  const failed = (why: string) => new CommandFailure(`Cannot open network namespace "${name}": ${why}`, 255)
  try {
    return open(name)
  } catch (error) {
    if (error instanceof SystemError) throw failed(errnoMessage(error.errno))
    if (error instanceof InvalidNamespaceNameError) throw failed('No such file or directory')
    if (error instanceof NotANamespaceError) {
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
    if (error instanceof SystemError || error instanceof InvalidNamespaceNameError) return undefined
    throw error
  }
}
