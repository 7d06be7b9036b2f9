import { env } from 'node:process'
import { type Foreign, lastErrno } from './library.ts'

// FFI calls off the main thread run on libuv's pool, which fs and dns share and whose size is fixed: one thread is
// always left to them, because netlink calls wait for the kernel's locks. koffi throws when too many calls are queued,
// hence a queue of our own.
const poolSize = Math.min(Math.max(Number(env.UV_THREADPOOL_SIZE) || 4, 1), 1024)
const limit = Math.max(poolSize - 1, 1)
let running = 0
let waiting: (() => void)[] = []
let next = 0

/**
 * Makes a system call on another thread and resolves to its result, or to minus errno. `args` and whatever `keep`
 * holds stay alive until then.
 */
export function offload<Args extends unknown[]>(
  call: Foreign<(...args: Args) => number>,
  args: Args,
  keep: unknown,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = () => {
      running++
      try {
        call.async(...args, (error, result) => {
          const errno = result < 0 ? lastErrno() : 0
          finished(keep)
          if (error) reject(error)
          else resolve(errno ? -errno : result)
        })
      } catch (error) {
        finished(keep)
        reject(error)
      }
    }
    if (running < limit) start()
    else waiting.push(start)
  })
}

function finished(_kept: unknown): void {
  running--
  const start = waiting[next]
  if (!start) return
  next++
  if (next === waiting.length) {
    waiting = []
    next = 0
  }
  start()
}
