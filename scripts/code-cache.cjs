// Writes V8's code cache of the bundled command line: node scripts/code-cache.cjs BUNDLE CACHE. It holds the functions that
// have been called by then, so that some commands that need no kernel are run first.
'use strict'
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { createRequire, wrap } = require('node:module')
const { dirname, join } = require('node:path')
const { Readable } = require('node:stream')
const { Script } = require('node:vm')

const [, , bundle, cache] = process.argv
const script = new Script(wrap(readFileSync(bundle, 'latin1')), { filename: bundle })

async function run(words, input = '') {
  process.argv = [process.execPath, bundle, ...words]
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle))
  await module.exports
}

/** A conversation of `ip` with the kernel, as `ipts decode --hex` takes it. */
function captured(name) {
  const file = join(__dirname, '../fixtures', name)
  if (!existsSync(file)) return ''
  return JSON.parse(readFileSync(file, 'utf8'))
    .exchanges.flatMap(({ messages }) => messages.map(({ hex }) => hex))
    .slice(0, 12)
    .join('\n')
}

async function main() {
  for (const object of ['link', 'address', 'route', 'neighbour', 'netns']) await run([object, 'help'])
  for (const dump of ['link/dump.json', 'address/dump.json', 'route/unicast.json']) {
    await run(['decode', '--hex'], captured(dump))
  }
  writeFileSync(cache, script.createCachedData())
  process.exitCode = 0
}
main()
