import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { inside } from '../target.ts'

/** A program with its arguments. */
export interface Program {
  /** Looked for in PATH. */
  readonly command: string
  readonly args?: readonly string[]
  /** As for `spawn` of node:child_process; `ignore` unless told. */
  readonly stdio?: 'ignore' | 'inherit'
  readonly env?: NodeJS.ProcessEnv
}

const started = new Map<number, ChildProcess>()

/** Starts a program in a namespace. A child has the network of the thread that makes it. Throws Error 'ENOENT', 'EACCES'. */
export async function startIn(netns: string, { command, args = [], stdio = 'ignore', env }: Program): Promise<number> {
  const child = inside(netns, () => spawn(command, args, { stdio, ...(env && { env }) }))
  await once(child, 'spawn')
  const pid = child.pid!
  started.set(pid, child)
  child.once('exit', () => started.delete(pid))
  return pid
}

/** How long a program may take to end when it is asked to. */
const GRACE = 2000

/** Ends a program that was started here, gently at first, and waits until it has ended. */
export async function stop(pid: number): Promise<void> {
  const child = started.get(pid)
  if (child === undefined) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE)
  await exited
  clearTimeout(timer)
}
