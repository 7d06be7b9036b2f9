#!/usr/bin/env node
// The file that `ipts` starts: it runs the command line, command.cjs beside it. Half of what node takes to start that is reading
// its text, which a code cache spares. The build makes one (scripts/code-cache.cjs) for the Node that it ran on, under the
// hash of the text; any other Node reads the text.
'use strict'
const { readFileSync } = require('node:fs')
const { wrap } = require('node:module')
const { Script } = require('node:vm')

const file = `${__dirname}/command.cjs`

function codeCache() {
  try {
    return readFileSync(`${__dirname}/command.HASH.${process.version}-${process.arch}.cache`)
  } catch {
    return undefined
  }
}

const cachedData = codeCache()
if (cachedData === undefined) require('./command.cjs')
else {
  const script = new Script(wrap(readFileSync(file, 'latin1')), { filename: file, cachedData })
  script.runInThisContext()(exports, require, module, file, __dirname)
}
