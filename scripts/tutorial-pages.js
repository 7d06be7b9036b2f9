#!/usr/bin/env node
// Writes docs/tutorials: a page for each tutorial, with pictures, by running them from the sources. Needs a kernel that allows
// what `ipts tutorial run` needs, and gives the same bytes whenever it is run.
//
//   node scripts/tutorial-pages.js [--out DIR] [NAME...]     all of them unless told, into docs/tutorials
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildSync } from 'esbuild'
import { tutorialPage } from './tutorial-page.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Makes one module of sources, in a directory inside the repository, where koffi is found. */
function bundle(directory, name, contents) {
  const outfile = join(directory, `${name}.mjs`)
  buildSync({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}

function runTutorial(program, name) {
  const { status, stdout, stderr } = spawnSync(execPath, [program, 'run', name, '--json'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} did not pass:\n${stderr || stdout}`)
  return JSON.parse(stdout)
}

function write(out, name, { text, pictures }) {
  const directory = join(out, 'pictures')
  mkdirSync(directory, { recursive: true })
  const own = new RegExp(`^${name}-\\d+\\.svg$`)
  for (const file of readdirSync(directory)) if (own.test(file) && !pictures.has(file)) rmSync(join(directory, file))
  for (const [file, svg] of pictures) writeFileSync(join(directory, file), svg)
  writeFileSync(join(out, `${name}.md`), text)
}

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true })
const out = values.out ?? join(root, 'docs/tutorials')
const parent = join(root, 'node_modules/.cache')
mkdirSync(parent, { recursive: true })
const directory = mkdtempSync(join(parent, 'ipts-tutorial-pages-'))
try {
  const drawing = `
    export { arrange, drawSvg } from './src/topology/index.ts'
    export { tutorials } from './src/tutorials/index.ts'`
  const { arrange, drawSvg, tutorials } = await import(pathToFileURL(bundle(directory, 'drawing', drawing)))
  const program = bundle(
    directory,
    'tutorial',
    `import { main } from './src/cli/tutorial/index.ts'
     process.exitCode = await main(process.argv.slice(2))`,
  )
  const draw = (topology, title) => drawSvg(arrange(topology), title)
  for (const name of positionals.length > 0 ? positionals : tutorials.keys()) {
    write(out, name, tutorialPage(runTutorial(program, name), draw))
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
