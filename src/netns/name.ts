import { posix } from 'node:path'
import { quote } from '../netlink/index.ts'

/** Where iproute2 keeps the named network namespaces, and so do we. */
export const directory = '/run/netns'

// limits.h: of a file name, in bytes.
const NAME_MAX = 255

/** A name that is no file name: empty, too long, `.`, `..`, or with a `/` or a NUL byte in it. */
export class InvalidNamespaceNameError extends Error {
  readonly code = 'ERR_INVALID_NETNS_NAME'
  override readonly name = 'InvalidNamespaceNameError'
  /** The name that was refused. */
  readonly netns: string

  constructor(netns: string, why: string) {
    super(`invalid network namespace name ${typeof netns === 'string' ? JSON.stringify(netns) : quote(netns)}: ${why}`)
    this.netns = netns
  }
}

/**
 * The file that stands for a named namespace.
 * @throws InvalidNamespaceNameError
 */
export function pathOf(name: string): string {
  const why = whyInvalid(name)
  if (why) throw new InvalidNamespaceNameError(name, why)
  return posix.join(directory, name)
}

function whyInvalid(name: string): string | undefined {
  if (typeof name !== 'string') return 'it is not a string'
  if (name === '') return 'it is empty'
  if (name === '.' || name === '..') return 'it means a directory'
  if (name.includes('/')) return 'it contains a slash'
  if (name.includes('\0')) return 'it contains a NUL byte'
  const length = Buffer.byteLength(name)
  if (length > NAME_MAX) return `it is ${length} bytes long, and ${NAME_MAX} is the most`
  return undefined
}
