import { withNamespace } from '../libc/index.ts'
import { Namespace, open } from './namespace.ts'

/**
 * Runs a synchronous action inside a network namespace and returns its result. Synchronous fs calls see the namespace's
 * own /proc/sys/net, sockets opened there stay there, and programs started there run there. The caller is back when
 * this returns, whatever the action did.
 * @throws AsyncInNamespaceError for an action that is asynchronous: it would not be inside any more
 * @throws SystemError, InvalidNamespaceNameError, NotANamespaceError when the namespace cannot be entered
 */
export function run<T>(namespace: Namespace | string, action: () => T): T {
  if (namespace instanceof Namespace) return withNamespace(namespace.fd, action)
  using opened = open(namespace)
  return withNamespace(opened.fd, action)
}
