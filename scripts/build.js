#!/usr/bin/env node
// Builds dist/: the library as modules with their declarations, by tsc, and the command line as two scripts, by
// esbuild. Few files, because node takes longer to find and read fifty modules than to pass over what a command does not
// need, and CommonJS, because node's loader of ES modules alone costs 5 ms and each of its views of a built-in module
// some more. Prints nothing unless something is wrong.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

async function library() {
  const tsc = join(root, 'node_modules/.bin/tsc')
  await promisify(execFile)(tsc, ['-p', join(root, 'tsconfig.build.json')], { cwd: root })
}

/**
 * Bundles a module into a script whose value is the function that Node makes of a CommonJS module: src/cli/start.cjs calls it. To
 * put the function around the text there would copy the text, twice, and that is enough garbage for a collection.
 */
async function script(name, stdin, plugins = []) {
  await build({
    absWorkingDir: root,
    stdin: { contents: stdin, loader: 'ts', resolveDir: root },
    outfile: join(dist, `${name}.cjs`),
    plugins,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: {
      js: `(function (exports, require, module, __filename, __dirname) { 'use strict'
const moduleUrl = require('node:url').pathToFileURL(__filename).href`,
    },
    footer: { js: '})' },
    minify: true,
    // Node shows the line that an unexpected error comes from.
    lineLimit: 160,
    legalComments: 'none',
    logLevel: 'warning',
  })
}

/** `ip` is one script; the applets, which are much more and seldom asked for, another, with copies of what they share. */
async function commandLine() {
  const applets = {
    name: 'applets',
    setup({ onResolve }) {
      onResolve({ filter: /\/applets\.ts$/ }, () => ({ path: './applets.cjs', external: true }))
    },
  }
  const run = `import { run } from './src/cli/run.ts'
    module.exports = run(process.argv[1], process.argv.slice(2)).then((status) => { process.exitCode = status })`
  await Promise.all([script('command', run, [applets]), script('applets', "export * from './src/cli/applets.ts'")])
  const texts = createHash('sha256')
  for (const name of ['command', 'applets']) texts.update(readFileSync(join(dist, `${name}.cjs`)))
  const hash = texts.digest('hex').slice(0, 16)
  const start = join(dist, 'ipts.cjs')
  writeFileSync(start, readFileSync(join(root, 'src/cli/start.cjs'), 'utf8').replace('HASH', hash))
  chmodSync(start, 0o755)
  await promisify(execFile)(execPath, [join(root, 'scripts/code-cache.cjs'), dist, hash], { cwd: root })
  const { stdout } = await promisify(execFile)(execPath, [start, 'manual'])
  writeFileSync(join(dist, 'ipts.8'), stdout)
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
