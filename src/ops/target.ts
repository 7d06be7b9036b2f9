import type { Socket, Trace } from '../netlink/index.ts'
import { Namespace, open, run } from '../netns/index.ts'
import { openRoute } from '../rtnl/index.ts'

/** A network namespace by its name or as an open handle; undefined is the one that the process is in. */
export type NetnsTarget = string | Namespace | undefined

/** What whoever runs an op may want of it. */
export interface Context {
  /** Sees every netlink message. */
  readonly trace?: Trace
  /** Ends what waits, and a plan between two steps. */
  readonly signal?: AbortSignal
}

/**
 * Gives an action the handle of a namespace: of one that is named, it is open for as long as the action takes and no longer, so that a
 * deleted namespace ends.
 * @throws SystemError 'ENOENT' when there is none of that name; InvalidNamespaceNameError, NotANamespaceError
 */
export async function withNamespaceOf<T>(
  netns: NetnsTarget,
  action: (namespace: Namespace | undefined) => T | Promise<T>,
): Promise<T> {
  if (netns === undefined || netns instanceof Namespace) return await action(netns)
  using namespace = open(netns)
  return await action(namespace)
}

/** Gives an action a routing socket in a namespace. Throws as `withNamespaceOf` does. */
export async function withRoute<T>(
  netns: NetnsTarget,
  context: Context,
  action: (route: Socket) => Promise<T>,
): Promise<T> {
  return await withNamespaceOf(netns, async (namespace) => {
    using route = openRoute(
      namespace === undefined ? { trace: context.trace } : { netns: namespace, trace: context.trace },
    )
    return await action(route)
  })
}

/** Runs a synchronous action in a namespace: what it opens is of that namespace, and so is the /proc/sys/net that it sees. */
export function inside<T>(netns: NetnsTarget, action: () => T): T {
  return netns === undefined ? action() : run(netns, action)
}

/** ` in pb`, for summaries; nothing for the process's own namespace. */
export function inNetns(netns: NetnsTarget): string {
  if (netns === undefined) return ''
  return ` in ${nameOf(netns)}`
}

export function nameOf(netns: NetnsTarget): string {
  if (netns === undefined) return 'the current namespace'
  if (typeof netns === 'string') return netns
  return netns.name ?? `namespace ${netns.ino}`
}
