/**
 * Network namespaces by name, as `ip netns` keeps them: `import * as netns from 'ipts/netns'`.
 * @packageDocumentation
 */
export type { FileIdentity } from '../libc/index.ts'
export { attach, create } from './create.ts'
export { type BindFailure, become, type ExecOptions, exec } from './exec.ts'
export { id, ids, setId } from './id.ts'
export { identify, list, pids } from './list.ts'
export { directory, InvalidNamespaceNameError } from './name.ts'
export { current, Namespace, NotANamespaceError, open, openPath, openPid } from './namespace.ts'
export { NamespaceReplacedError, OwnNamespaceError, remove as delete } from './remove.ts'
export { run } from './run.ts'
export { type NameChange, type WatchOptions, watch, watchSync } from './watch.ts'
