import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asSystemError, flock, LOCK_EX, LOCK_NB } from '../../libc/index.ts'
import { isRefusal } from '../missing.ts'
import type { Context } from '../target.ts'

const FILE = '/run/lock/ipts-containers'

let last: Promise<unknown> = Promise.resolve()

/**
 * Does something that looks for a place, a free address, a network's last container, before it takes it: one at a time, in this process and in
 * all that share /run. The kernel gives the lock up with the process.
 * @throws the signal's reason; SystemError 'EACCES', 'EROFS' where the lock's file cannot be made
 */
export async function exclusively<T>({ signal }: Context, action: () => Promise<T>): Promise<T> {
  const before = last
  const mine = before.then(() => locked(signal, action))
  last = mine.catch(() => {})
  return await mine
}

async function locked<T>(signal: AbortSignal | undefined, action: () => Promise<T>): Promise<T> {
  const fd = openLock()
  try {
    while (!tryLock(fd)) await sleep(10, undefined, { signal })
    return await action()
  } finally {
    closeSync(fd)
  }
}

function openLock(): number {
  try {
    mkdirSync(dirname(FILE), { recursive: true })
    return openSync(FILE, 'a')
  } catch (error) {
    throw asSystemError(error)
  }
}

function tryLock(fd: number): boolean {
  try {
    flock(fd, LOCK_EX | LOCK_NB)
    return true
  } catch (error) {
    if (isRefusal(error, ['EAGAIN', 'EWOULDBLOCK'])) return false
    throw error
  }
}
