import { create, delete as deleteNetns, type FileIdentity, NamespaceReplacedError, open } from '../netns/index.ts'
import { isRefusal } from './missing.ts'
import type { Op } from './op.ts'

/** Creates a named network namespace. It has a `lo` that is down, and nothing else. Undone, it is deleted with all that is in it. */
export function createNetns(name: string): Op<FileIdentity> {
  return {
    summary: `create namespace ${name}`,
    async do() {
      return create(name)
    },
    async undo(only) {
      try {
        deleteNetns(name, { only })
      } catch (error) {
        // Deleted already; or deleted, and the name given to another one, which is not ours to delete.
        if (!isRefusal(error, ['ENOENT']) && !(error instanceof NamespaceReplacedError)) throw error
      }
    },
    async isDone() {
      try {
        open(name)[Symbol.dispose]()
        return true
      } catch (error) {
        if (isRefusal(error, ['ENOENT'])) return false
        throw error
      }
    },
  }
}
