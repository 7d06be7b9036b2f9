import { closeSync, openSync, readlinkSync, statSync, writeSync } from 'node:fs'
import { abort } from 'node:process'
import { types } from 'node:util'
import {
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
} from './constants.ts'
import { asSystemError } from './errno.ts'
import { InvalidValueError } from './invalid-value.ts'
import { checked, foreign } from './library.ts'

const c = {
  setns: foreign<(fd: number, type: number) => number>('int setns(int, int)'),
  unshare: foreign<(flags: number) => number>('int unshare(int)'),
  ioctl: foreign<(fd: number, request: number) => number>('int ioctl(int, ulong, ...)'),
}

// uapi/linux/nsfs.h
const NS_GET_NSTYPE = 0xb703

/** An action that would go on after its namespace was left. Nothing, or nothing more, of it runs there. */
export class AsyncInNamespaceError extends TypeError {
  readonly code = 'ERR_ASYNC_IN_NAMESPACE'
  override readonly name = 'AsyncInNamespaceError'
}

/**
 * setns(2): moves the calling thread, and no other, into the namespace that a descriptor refers to.
 * @param type CLONE_NEW* to insist on a kind of namespace, 0 for any
 * @throws SystemError
 */
export function setns(fd: number, type: number): void {
  checked(c.setns.sync(fd, type), 'setns')
}

/**
 * unshare(2): moves the calling thread into new namespaces (CLONE_NEW*). CLONE_NEWUSER fails with EINVAL: node has
 * several threads.
 * @throws SystemError
 */
export function unshare(flags: number): void {
  checked(c.unshare.sync(flags), 'unshare')
}

// namespaces(7): the names under /proc/[pid]/ns.
const names = new Map([
  [CLONE_NEWNET, 'net'],
  [CLONE_NEWNS, 'mnt'],
  [CLONE_NEWUTS, 'uts'],
  [CLONE_NEWIPC, 'ipc'],
  [CLONE_NEWCGROUP, 'cgroup'],
  [CLONE_NEWPID, 'pid'],
  [CLONE_NEWTIME, 'time'],
  [CLONE_NEWUSER, 'user'],
])

/**
 * The kind of namespace (CLONE_NEW*) that a descriptor refers to, ioctl_ns(2).
 * @throws SystemError 'ENOTTY' when it is not a namespace
 */
export function namespaceType(fd: number): number {
  return checked(c.ioctl.sync(fd, NS_GET_NSTYPE), 'ioctl')
}

/**
 * Runs a synchronous action inside a namespace and comes back, whatever the action does. Only the calling thread moves:
 * asynchronous fs, dns and crypto calls, which run on other threads, would see the old namespace, hence a promise is
 * refused. That the thread is back is verified; if it cannot be, the process is aborted, because everything it did from
 * then on would be done to the wrong network.
 * @throws SystemError when the namespace cannot be entered
 * @throws AsyncInNamespaceError for an asynchronous action
 */
export function withNamespace<T>(fd: number, action: () => T, type: number = CLONE_NEWNET): T {
  return excursion(() => setns(fd, type), action, type)
}

/**
 * Like `withNamespace`, in a new namespace, which ends with the action unless that ties it to something (a descriptor,
 * a mount).
 * @throws SystemError when it cannot be created
 * @throws AsyncInNamespaceError for an asynchronous action
 */
export function withNewNamespace<T>(action: () => T, type: number = CLONE_NEWNET): T {
  return excursion(() => unshare(type), action, type)
}

function excursion<T>(enter: () => void, action: () => T, type: number): T {
  if (types.isAsyncFunction(action)) throw new AsyncInNamespaceError('an async function cannot run inside a namespace')
  const name = names.get(type)
  if (!name) throw new InvalidValueError(`not one kind of namespace: 0x${type.toString(16)}`)
  const path = `/proc/thread-self/ns/${name}`
  const home = openNamespace(path)
  try {
    const before = readlinkSync(path)
    enter()
    let result: T
    try {
      result = action()
    } finally {
      comeBack(home, type, path, before)
    }
    if (isThenable(result)) {
      // What becomes of it is nobody's concern, but must not end the process.
      result.then(undefined, () => {})
      throw new AsyncInNamespaceError('an action inside a namespace returned a promise')
    }
    return result
  } finally {
    closeSync(home)
  }
}

function openNamespace(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw asSystemError(error)
  }
}

function comeBack(home: number, type: number, path: string, before: string): void {
  try {
    setns(home, type)
    if (readlinkSync(path) === before) return
    writeSync(2, `ipts: still in another namespace after setns (${path})\n`)
  } catch (error) {
    writeSync(2, `ipts: cannot return from a namespace: ${error}\n`)
  }
  abort()
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/** (device, inode) of the file behind a descriptor or path: two names of one namespace have the same. */
export interface FileIdentity {
  dev: number
  ino: number
}

/** The identity of the calling thread's own namespace. */
export function currentIdentity(name = 'net'): FileIdentity {
  const { dev, ino } = statSync(`/proc/thread-self/ns/${name}`)
  return { dev, ino }
}
