// Writes V8's code caches of the command line's two scripts: node scripts/code-cache.cjs DIST HASH. A cache holds the functions that
// have been called by then, so that some commands are run first. They may fail: a kernel is not needed to build.
'use strict'
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const [, , dist, hash] = process.argv
const scripts = new Map()

function load(name) {
  const filename = join(dist, `${name}.cjs`)
  if (!scripts.has(name)) scripts.set(name, new Script(readFileSync(filename, 'latin1'), { filename }))
  const loaded = { exports: {} }
  const require = createRequire(filename)
  const requireHere = (id) => (id === './applets.cjs' ? load('applets') : require(id))
  scripts.get(name).runInThisContext()(loaded.exports, requireHere, loaded, filename, dist)
  return loaded.exports
}

async function main() {
  for (const words of ['link', 'address', 'route', 'bridge link', 'iptables -h']) {
    process.argv = [process.execPath, join(dist, 'ipts.cjs'), ...words.split(' ')]
    await load('command')
  }
  for (const [name, script] of scripts) {
    writeFileSync(join(dist, `${name}.${hash}.${process.version}-${process.arch}.cache`), script.createCachedData())
  }
  process.exitCode = 0
}
main()
