import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'

/** What one command line did; the bytes of its outputs as Latin-1. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

export function runInShell(command: string, env: NodeJS.ProcessEnv): Outcome {
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', command], {
    env,
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  return { stdout, stderr, status }
}

/**
 * Runs words in this process by `run` of `library`, the command line as CommonJS in `directory`. What it writes to descriptors 1
 * and 2 is caught where it leaves JavaScript.
 */
export function runInProcess(directory: string, library: string, env: NodeJS.ProcessEnv) {
  const { run } = createRequire(join(directory, library))(`./${library}`) as {
    run(program: string, argv: readonly string[]): Promise<number>
  }
  return async ([program, ...argv]: readonly string[]): Promise<Outcome> => {
    const before = { env: process.env, writeSync: fs.writeSync, out: process.stdout.write, err: process.stderr.write }
    const written: Record<number, Buffer[]> = { 1: [], 2: [] }
    const keep = (fd: number, data: string | Uint8Array) => {
      const bytes = Buffer.from(data as string)
      written[fd]!.push(bytes)
      return bytes.length
    }
    const text = (fd: number) => Buffer.concat(written[fd]!).toString('latin1')
    process.env = { ...env }
    fs.writeSync = ((fd: number, data: string | Uint8Array, offset?: number | null) =>
      fd === 1 || fd === 2
        ? keep(fd, typeof data === 'string' ? data : data.subarray(offset ?? 0))
        : before.writeSync(fd, data as Uint8Array, offset)) as typeof fs.writeSync
    process.stdout.write = (data: string | Uint8Array) => keep(1, data) >= 0
    process.stderr.write = (data: string | Uint8Array) => keep(2, data) >= 0
    try {
      const status = await run(join(directory, program!), argv)
      return { stdout: text(1), stderr: text(2), status }
    } catch (error) {
      return { stdout: text(1), stderr: `${text(2)}${String(error)}`, status: null }
    } finally {
      process.env = before.env
      fs.writeSync = before.writeSync
      process.stdout.write = before.out
      process.stderr.write = before.err
    }
  }
}
