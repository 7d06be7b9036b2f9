#!/usr/bin/env node
// Runs a program of examples/ (or any TypeScript file that imports `ipts`) from the sources, with any Node that the package
// runs on: node scripts/example.js veth-pair
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, execPath, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [name, ...words] = argv.slice(2)
const entry = [`${name}`, join(root, 'examples', `${name}.ts`)].find((path) => existsSync(path))
if (entry === undefined) {
  console.error(`there is no example ${name}`)
  exit(2)
}
// Inside the repository, where koffi is found.
const parent = join(root, 'node_modules/.cache/ipts-examples')
mkdirSync(parent, { recursive: true })
const directory = mkdtempSync(join(parent, 'run-'))
const outfile = join(directory, 'program.mjs')
try {
  const layers = ['netlink', 'rtnl', 'netfilter', 'netns', 'ops'].map((name) => [
    `ipts/${name}`,
    join(root, `src/${name}/index.ts`),
  ])
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['koffi'],
    alias: { ...Object.fromEntries(layers), ipts: join(root, 'src/index.ts') },
    logLevel: 'error',
  })
  process.exitCode = spawnSync(execPath, [outfile, ...words], { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
