import { readSync } from 'node:fs'
import { cstring } from './c-string.ts'
import { asSystemError, SystemError } from './errno.ts'
import { foreign, lastErrno } from './library.ts'
import { close } from './socket.ts'

const IN_CREATE = 0x100
const IN_DELETE = 0x200
const IN_CLOEXEC = 0x80000
const HEADER_SIZE = 16

const c = {
  init: foreign<(flags: number) => number>('int inotify_init1(int)'),
  add: foreign<(fd: number, path: string, mask: number) => number>('int inotify_add_watch(int, str, uint)'),
}

/** A name that has appeared in a directory, or has gone from it. */
export interface DirectoryChange {
  readonly change: 'create' | 'delete'
  readonly name: string
}

/**
 * The names that appear in a directory and go from it, as they do (inotify(7)), from the first `next()` on. Waiting stops the thread.
 * @throws SystemError whose `syscall` says what failed
 */
export function* directoryChanges(path: string): Generator<DirectoryChange, never, undefined> {
  const fd = checked(c.init.sync(IN_CLOEXEC), 'inotify_init1')
  try {
    checked(c.add.sync(fd, cstring(path, 'path'), IN_CREATE | IN_DELETE), 'inotify_add_watch')
    const buffer = Buffer.alloc(4096)
    for (;;) yield* changes(buffer, read(fd, buffer))
  } finally {
    close(fd)
  }
}

function read(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer)
  } catch (error) {
    throw asSystemError(error)
  }
}

/** struct inotify_event: int wd, then mask, cookie and the length of the name, which NULs fill up. */
function* changes(buffer: Buffer, end: number): Generator<DirectoryChange> {
  const view = new DataView(buffer.buffer, buffer.byteOffset, end)
  for (let at = 0; at + HEADER_SIZE <= end; ) {
    const mask = view.getUint32(at + 4, true)
    const next = at + HEADER_SIZE + view.getUint32(at + 12, true)
    const name = buffer.toString('utf8', at + HEADER_SIZE, next).replace(/\0.*$/s, '')
    if (mask & IN_CREATE) yield { change: 'create', name }
    if (mask & IN_DELETE) yield { change: 'delete', name }
    at = next
  }
}

function checked(result: number, syscall: string): number {
  if (result < 0) throw new SystemError(lastErrno(), syscall)
  return result
}
