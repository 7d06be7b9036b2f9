import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'

const root = join(import.meta.dirname, '../..')

export interface ChildResult {
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/**
 * Runs TypeScript in a node process of its own, for what a test cannot do to itself (exit, abort, exec). Imports are
 * relative to the repository's root: `import { socket } from './src/libc/index.ts'`.
 */
export async function runScript(
  source: string,
  options: { args?: string[]; timeout?: number; env?: NodeJS.ProcessEnv; command?: string[] } = {},
): Promise<ChildResult> {
  // Inside the repository, where koffi is found.
  const parent = join(root, 'node_modules/.cache/ipts-test')
  await mkdir(parent, { recursive: true })
  const directory = mkdtempSync(join(parent, 'script-'))
  // For scripts that run as somebody else.
  chmodSync(directory, 0o755)
  try {
    const outfile = join(directory, 'script.mjs')
    buildSync({
      stdin: { contents: source, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
    })
    const [command, ...args] = [...(options.command ?? []), execPath, outfile, ...(options.args ?? [])] as [string]
    return await new Promise((resolve) => {
      const child = execFile(
        command,
        args,
        { timeout: options.timeout ?? 25_000, killSignal: 'SIGKILL', env: options.env },
        (_error, stdout, stderr) =>
          resolve({ status: child.exitCode, signal: child.signalCode, stdout: String(stdout), stderr: String(stderr) }),
      )
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
