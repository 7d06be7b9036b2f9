import { EINTR, SystemError } from './errno.ts'
import { ffi, foreign, lastErrno } from './library.ts'

export const POLLIN = 1

const poll = foreign<(fds: Uint8Array, count: number, milliseconds: number) => number>('int poll(void *, ulong, int)')

/** Returned by `watchReadable`. */
export interface Watcher {
  /** No more callbacks, not even one that is due. Must be called before the descriptor is closed. */
  stop(): void
  /** Keeps the process alive. */
  ref(): void
  unref(): void
  [Symbol.dispose](): void
}

/**
 * Calls back from the event loop while the descriptor is readable (or has failed), without a thread and without keeping
 * the process alive until `ref` is called. libuv sets O_NONBLOCK on the descriptor and accepts one watcher for each.
 * @throws Error when libuv does not accept the descriptor
 */
export function watchReadable(fd: number, callback: () => void): Watcher {
  let due: NodeJS.Immediate | undefined
  const run = () => {
    due = undefined
    callback()
  }
  // koffi calls straight out of libuv, where promises would not continue and an exception would go nowhere; an
  // immediate runs in the same turn of the loop. libuv tells again next turn if something is left.
  const handle = ffi().node.poll(fd, { readable: true }, () => {
    due ??= setImmediate(run)
  })
  handle.unref()
  const stop = () => {
    if (!watched.delete(handle)) return
    clearImmediate(due)
    handle.close()
  }
  // koffi's handle closes itself when it is collected.
  watched.add(handle)
  return {
    stop,
    ref: () => watched.has(handle) && handle.ref(),
    unref: () => watched.has(handle) && handle.unref(),
    [Symbol.dispose]: stop,
  }
}

const watched = new Set<object>()

/**
 * poll(2): stops the thread until the descriptor is readable (or has failed). Starts again when a signal interrupts it.
 * @param milliseconds how long at most; negative for ever
 * @returns whether it is readable
 * @throws SystemError
 */
export function waitReadable(fd: number, milliseconds: number): boolean {
  const entry = new Uint8Array(8)
  const view = new DataView(entry.buffer)
  view.setInt32(0, fd, true)
  view.setInt16(4, POLLIN, true)
  const end = performance.now() + milliseconds
  for (let left = milliseconds; ; left = milliseconds < 0 ? milliseconds : Math.max(end - performance.now(), 0)) {
    const ready = poll.sync(entry, 1, Math.ceil(left))
    if (ready >= 0) return ready > 0
    const errno = lastErrno()
    if (errno !== EINTR) throw new SystemError(errno, 'poll')
  }
}
