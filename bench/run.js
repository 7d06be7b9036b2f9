#!/usr/bin/env node
// `npm run bench`: what the package is held to, side by side with its peers, in one run, in a network namespace of its own.
// Words name the benchmarks to run: decode, dump, add, batch, stream, start. Exit status 1 when a figure is missed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { argv, env, execPath, exit, getuid, stdout, version } from 'node:process'
import { fileURLToPath } from 'node:url'
import { deadRtnlReason, rtnlAnswers } from '../scripts/rtnl.js'
import { peers } from './peers.js'

const here = dirname(fileURLToPath(import.meta.url))
const needKernel = { dump: [], add: [], batch: [], stream: [['fill'], []], start: [] }
const all = ['decode', ...Object.keys(needKernel)]
const wanted = argv.length > 2 ? argv.slice(2) : all
const unknown = wanted.find((name) => !all.includes(name))
if (unknown !== undefined) {
  console.error(`there is no benchmark ${unknown}: there are ${all.join(', ')}`)
  exit(2)
}

if (env.IPTS_BENCH_INSIDE === undefined) {
  const built = spawnSync(execPath, [join(here, '../scripts/build.js')], { stdio: 'inherit' })
  if (built.status !== 0) exit(1)
  const dead = !(await rtnlAnswers())
  const environment = { ...peers({ rtnlDead: dead }), IPTS_BENCH_INSIDE: dead ? 'dead' : 'yes' }
  // Somebody's own wishes for node are not what is measured: of more certificates alone each node reads for longer than it takes to start.
  for (const wish of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_V8_COVERAGE']) delete environment[wish]
  const again = [execPath, fileURLToPath(import.meta.url), ...argv.slice(2)]
  const flags = getuid() === 0 ? ['-n', '-m'] : ['-U', '-r', '-n', '-m']
  const command = dead ? again : ['unshare', ...flags, ...again]
  exit(spawnSync(command[0], command.slice(1), { stdio: 'inherit', env: environment }).status ?? 1)
}

const kernel = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()
const userMode = /User Mode Linux/.test(readFileSync('/proc/cpuinfo', 'utf8'))
console.log(`Linux ${kernel}, node ${version}, ${cpus().length} CPUs: ${cpus()[0].model}`)
if (userMode) {
  console.log('This is User-Mode Linux, where a system call costs many times what it costs elsewhere: the figures say')
  console.log('that the benchmarks work, not how fast anything is.')
}

const cell = (text, width) => String(text ?? '').padStart(width)
const number = (value, unit) =>
  `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`
console.log(
  `\n${'what'.padEnd(62)}${cell('ipts', 10)}  ${'peer'.padEnd(15)}${cell('peer', 10)}${cell('ratio', 8)}  bound`,
)

let missed = 0
let unmeasured = 0
function print(figure) {
  const { what, unit, ours, peer, theirs, ratio, bound, ok, missing } = figure
  if (missing) {
    unmeasured++
    console.log(`${`${what}${peer ? `, ${peer}` : ''}`.padEnd(62)}  not measured: ${missing}`)
    return
  }
  if (ok === false) missed++
  const verdict = bound === undefined ? '' : `${bound.padEnd(14)} ${ok ? 'ok' : 'MISSED'}`
  const other = theirs === undefined ? ['', ''] : [peer, number(theirs, unit)]
  const shown = ratio === undefined ? '' : ratio.toFixed(2)
  stdout.write(
    `${what.padEnd(62)}${cell(number(ours, unit), 10)}  ${other[0].padEnd(15)}${cell(other[1], 10)}${cell(shown, 8)}  ${verdict}\n`,
  )
}

for (const name of wanted) {
  if (env.IPTS_BENCH_INSIDE === 'dead' && name in needKernel) {
    print({ what: name, missing: deadRtnlReason })
    continue
  }
  for (const words of needKernel[name]?.length ? needKernel[name] : [[]]) {
    const result = spawnSync(execPath, [join(here, `${name}.js`), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 600_000,
      maxBuffer: 1 << 28,
    })
    for (const line of result.stdout.split('\n')) if (line.startsWith('[')) JSON.parse(line).forEach(print)
    if (result.status === 0) continue
    missed++
    console.log(`${name}: failed${result.signal ? ` (${result.signal})` : ''}\n${result.stderr.trim()}`)
  }
}
const count = (times, word) => `${times} ${word}`
console.log(
  `\n${missed === 0 ? 'None missed' : count(missed, 'missed')}${unmeasured ? `, ${count(unmeasured, 'not measured')}` : ''}`,
)
exit(missed === 0 ? 0 : 1)
