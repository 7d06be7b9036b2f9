import { readSync } from 'node:fs'
import { cstring } from './c-string.ts'
import { asSystemError } from './errno.ts'
import { checked, foreign } from './library.ts'
import { close } from './socket.ts'

const IN_CREATE = 0x100
const IN_DELETE = 0x200
const IN_Q_OVERFLOW = 0x4000
const IN_NONBLOCK = 0x800
const IN_CLOEXEC = 0x80000
const HEADER_SIZE = 16

const c = {
  init: foreign<(flags: number) => number>('int inotify_init1(int)'),
  add: foreign<(fd: number, path: string, mask: number) => number>('int inotify_add_watch(int, str, uint)'),
}

/** A name that has appeared in a directory, or has gone from it; or so many at once that the kernel has left some out. */
export type DirectoryChange =
  | { readonly change: 'create' | 'delete'; readonly name: string }
  | { readonly change: 'overflow' }

/** The names that appear in a directory and go from it (inotify(7)), from now on. */
export class DirectoryWatch implements Disposable {
  /** Readable (see `watchReadable`) when something has happened. */
  readonly fd: number
  #closed = false

  /** Throws SystemError whose `syscall` says what failed. */
  constructor(path: string) {
    this.fd = checked(c.init.sync(IN_CLOEXEC | IN_NONBLOCK), 'inotify_init1')
    try {
      checked(c.add.sync(this.fd, cstring(path, 'path'), IN_CREATE | IN_DELETE), 'inotify_add_watch')
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** What has happened since it was last read; nothing perhaps. Throws SystemError. */
  read(): DirectoryChange[] {
    const all: DirectoryChange[] = []
    const buffer = Buffer.alloc(4096)
    try {
      for (;;) all.push(...changes(buffer, readSync(this.fd, buffer)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw asSystemError(error)
    }
    return all
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    close(this.fd)
  }

  [Symbol.dispose](): void {
    this.close()
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
    if (mask & IN_Q_OVERFLOW) yield { change: 'overflow' }
    at = next
  }
}
