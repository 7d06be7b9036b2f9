// What runs inside the second kernel: line files, with the real tool and with ours.
//
// A process is dear there (node's start takes more than a second), so ours runs in this one, with its stdout and stderr in
// files, and the real one from a single shell.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { run } from '../../../src/cli/run.ts'
import { dup2, fcntl } from '../../../src/libc/index.ts'
import { enterNewWorld } from '../world.ts'
import type { Outcome } from './outcome.ts'

const F_DUPFD = 0
const stdout = fcntl(1, F_DUPFD, 10)
const stderr = fcntl(2, F_DUPFD, 10)
const directory = mkdtempSync('/tmp/lines-')

/** The words of a command that is nothing but one of ip(8) or bridge(8); undefined for anything that a shell has to read. */
function wordsOf(command: string): string[] | undefined {
  return /^(ip|bridge)( [^|&;<>()$`\\"'*?[#~]+)?$/.test(command) ? command.trim().split(/\s+/) : undefined
}

async function runOurs([program, ...words]: readonly string[]): Promise<Outcome> {
  const files = ['stdout', 'stderr'].map((name) => join(directory, name))
  const descriptors = files.map((file) => openSync(file, 'w'))
  dup2(descriptors[0]!, 1)
  dup2(descriptors[1]!, 2)
  let status: number
  try {
    status = await run(`/sbin/${program}`, words)
  } finally {
    dup2(stdout, 1)
    dup2(stderr, 2)
    for (const descriptor of descriptors) closeSync(descriptor)
  }
  const [out, err] = files.map((file) => readFileSync(file, 'latin1'))
  return { stdout: out!, stderr: err!, status }
}

function runShell(command: string): Outcome {
  const { stdout: out, stderr: err, status } = spawnSync('/bin/sh', ['-c', command], { encoding: 'latin1' })
  return { stdout: out, stderr: err, status }
}

async function withOurs(commands: readonly string[]): Promise<Outcome[]> {
  enterNewWorld()
  const outcomes: Outcome[] = []
  for (const command of commands) {
    const words = wordsOf(command)
    outcomes.push(words === undefined ? runShell(command) : await runOurs(words))
  }
  return outcomes
}

function withReal(commands: readonly string[]): Outcome[] {
  enterNewWorld()
  const script = commands.map((command, i) => {
    const place = join(directory, String(i))
    return `(\n${command}\n) >${place}.out 2>${place}.err; echo $? >${place}.status`
  })
  const file = join(directory, 'script')
  writeFileSync(file, script.join('\n'))
  runShell(`sh ${file}`)
  return commands.map((_, i) => {
    const [out, err, status] = ['out', 'err', 'status'].map((end) =>
      readFileSync(join(directory, `${i}.${end}`), 'latin1'),
    )
    return { stdout: out!, stderr: err!, status: Number(status) }
  })
}

// Opened here, for it is not to be seen from other namespaces than the first.
const fallbacks = openSync('/proc/sys/net/core/fb_tunnels_only_for_init_net', 'w')

/** Whether new namespaces get a link of each kind of tunnel, by which `ip tunnel` makes others. */
function setFallbacks(wanted: boolean): void {
  writeSync(fallbacks, wanted ? '0' : '2', 0)
}

const [given = '', result = ''] = process.argv.slice(2)
const answers: { name: string; real: Outcome[]; ours: Outcome[] }[] = []
for (const { name, commands } of JSON.parse(readFileSync(given, 'utf8')) as { name: string; commands: string[] }[]) {
  const began = Date.now()
  setFallbacks(name === 'ip-tunnel')
  const ours = await withOurs(commands)
  const between = Date.now()
  answers.push({ name, ours, real: withReal(commands) })
  writeSync(2, `${name}: ours ${between - began} ms, real ${Date.now() - between} ms\n`)
}
writeFileSync(result, JSON.stringify(answers))
