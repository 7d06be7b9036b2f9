#!/usr/bin/env node
// Builds dist/: the library as modules with their declarations, by tsc, and the command line as one CommonJS file, by
// esbuild. One file, because node takes longer to find and read fifty modules than to pass over what a command does not
// need, and CommonJS, because node's loader of ES modules alone costs 5 ms and each of its views of a built-in module
// some more. Prints nothing unless something is wrong.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { arch, execPath, version } from 'node:process'
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
  const outfile = join(dist, 'command.cjs')
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { run } from './src/cli/run.ts'
        module.exports = run(process.argv[1], process.argv.slice(2)).then((status) => { process.exitCode = status })`,
      loader: 'ts',
      resolveDir: root,
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href" },
    minifySyntax: true,
    minifyWhitespace: true,
    // Node shows the line that an unexpected error comes from.
    lineLimit: 160,
    legalComments: 'none',
    logLevel: 'warning',
  })
  const hash = createHash('sha256').update(readFileSync(outfile)).digest('hex').slice(0, 16)
  const start = join(dist, 'ipts.cjs')
  writeFileSync(start, readFileSync(join(root, 'src/cli/start.cjs'), 'utf8').replace('HASH', hash))
  chmodSync(start, 0o755)
  const cache = join(dist, `command.${hash}.${version}-${arch}.cache`)
  await promisify(execFile)(execPath, [join(root, 'scripts/code-cache.cjs'), outfile, cache], { cwd: root })
}

rmSync(dist, { recursive: true, force: true })
const outcomes = await Promise.allSettled([library(), commandLine()])
for (const { reason } of outcomes) {
  if (reason === undefined) continue
  process.exitCode = 1
  // esbuild has said what is wrong itself.
  if (reason.errors) continue
  process.stderr.write(reason.stdout ? `${reason.stdout}${reason.stderr}` : `${reason.message}\n`)
}
