#!/usr/bin/env node
// The file that `ipts` starts: it runs command.cjs beside it, which asks for applets.cjs where it has to. Half of what node takes
// to start them is reading their text, which a code cache spares. The build makes one (scripts/code-cache.cjs) for the Node
// that it ran on, under the hash of the text; any other Node reads the text.
'use strict'
const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

function codeCache(name) {
  try {
    return readFileSync(`${__dirname}/${name}.HASH.${process.version}-${process.arch}.cache`)
  } catch {
    return undefined
  }
}

function load(name) {
  const filename = `${__dirname}/${name}.cjs`
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: codeCache(name) })
  const loaded = { exports: {} }
  const requireHere = (id) => (id === './applets.cjs' ? load('applets') : require(id))
  script.runInThisContext()(loaded.exports, requireHere, loaded, filename, __dirname)
  return loaded.exports
}

load('command')
