#!/usr/bin/env node
// Builds dist/: the library as modules with their declarations, by tsc, and the command line as one file, by esbuild. One
// file, because node takes longer to find and read fifty modules than to parse them all; what a command does not need is
// in functions that are never called. Prints nothing unless something is wrong.
import { execFile } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

async function library() {
  const tsc = join(root, 'node_modules/.bin/tsc')
  await promisify(execFile)(tsc, ['-p', join(root, 'tsconfig.build.json')], { cwd: root })
}

async function commandLine() {
  const outfile = join(dist, 'ipts.js')
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  chmodSync(outfile, 0o755)
}

rmSync(dist, { recursive: true, force: true })
const outcomes = await Promise.allSettled([library(), commandLine()])
for (const { reason } of outcomes) {
  if (reason === undefined) continue
  process.stderr.write(reason.stdout ? `${reason.stdout}${reason.stderr}` : `${reason.message}\n`)
  process.exitCode = 1
}
