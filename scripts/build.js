#!/usr/bin/env node
// Builds dist/: the library as modules with their declarations, by tsc, and the command line as one CommonJS file, by
// esbuild. One file, because node takes longer to find and read fifty modules than to pass over what a command does not
// need, and CommonJS, because node's loader of ES modules alone costs 5 ms and each of its views of a built-in module
// some more. Prints nothing unless something is wrong.
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
  const outfile = join(dist, 'ipts.cjs')
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { run } from './src/cli/run.ts'
        run(process.argv.slice(2)).then((status) => { process.exitCode = status })`,
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
    banner: { js: "#!/usr/bin/env node\nconst moduleUrl = require('node:url').pathToFileURL(__filename).href" },
    minifySyntax: true,
    minifyWhitespace: true,
    // Node shows the line that an unexpected error comes from.
    lineLimit: 160,
    legalComments: 'none',
    logLevel: 'warning',
  })
  chmodSync(outfile, 0o755)
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
