import { SystemError } from '../../libc/index.ts'
import { NetlinkError } from '../../netlink/index.ts'
import { ContainerError, PlanError, UndoError } from '../../ops/index.ts'

/** What can go wrong with a container's network, and says so itself: names and ports that cannot be, and what the kernel refuses. */
export function isForeseen(error: unknown): error is Error {
  return [RangeError, SystemError, NetlinkError, ContainerError, PlanError, UndoError].some(
    (kind) => error instanceof kind,
  )
}

/** With advice where it is a matter of privileges. */
export function wordsOf(error: Error): string {
  const { code } = error as { code?: unknown }
  if (code !== 'EPERM' && code !== 'EACCES') return error.message
  return `${error.message}\nThis takes root; "ipts sandbox --uplink -- sh" makes one, of a host of its own.`
}
