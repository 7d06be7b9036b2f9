import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env, execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { shimNames, writeShims } from '../../../src/cli/shims/index.ts'
import { runScript } from '../child.ts'
import type { Outcome } from './outcome.ts'

const root = join(import.meta.dirname, '../../..')
const cache = join(root, 'node_modules/.cache/ipts-test')
const LIBRARY = 'run.cjs'

/** A command line for both tools. */
export interface Line {
  readonly command: string
  /** Why ours is meant to differ; undefined where it is meant to be equal. */
  readonly difference: string | undefined
}

/**
 * The command lines of `lines/`, by file. `# …` is a comment; `~ reason ~ command` is meant to differ. A tool by its whole path
 * (`/usr/sbin/nft list ruleset`) is the real one in every world: it tells what state the lines before left.
 */
export function lineFiles(folder = 'lines'): ReadonlyMap<string, readonly Line[]> {
  const directory = join(import.meta.dirname, folder)
  const files = readdirSync(directory).sort()
  return new Map(files.map((file) => [file.replace('.txt', ''), readLines(join(directory, file))]))
}

function readLines(path: string): Line[] {
  const lines: Line[] = []
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    if (text.trim() === '' || text.startsWith('#')) continue
    const [, difference, marked] = /^~ (.*?) ~ (.*)$/.exec(text) ?? []
    lines.push({ command: marked ?? text, difference })
  }
  return lines
}

const isCommand = (path: string) => path.endsWith('/dist') || /\.(cjs|cache)$/.test(path)

/** A new directory for PATH in which `ip`, and every tool that ipts stands for, is ours. The caller removes it. */
export function buildOurs(): string {
  mkdirSync(cache, { recursive: true })
  const directory = mkdtempSync(join(cache, 'twin-'))
  buildSync({
    entryPoints: [join(root, 'src/cli/run.ts')],
    outfile: join(directory, LIBRARY),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href" },
    logLevel: 'warning',
  })
  const program = join(directory, 'program', 'ipts.cjs')
  // `npm test` has just built the command as it is shipped, which starts faster. A copy stays as it is when somebody builds meanwhile.
  if (env.IPTS_BUILT !== undefined) cpSync(join(root, 'dist'), dirname(program), { recursive: true, filter: isCommand })
  else {
    mkdirSync(dirname(program))
    writeFileSync(
      program,
      `require('../${LIBRARY}').run(process.argv[1], process.argv.slice(2)).then((status) => { process.exitCode = status })`,
    )
  }
  writeShims(directory, shimNames(), { node: execPath, program })
  return directory
}

/** Programs that wait, replace themselves or read a terminal: each gets a process of its own. */
const OWN_PROCESS =
  /^ip(ts)? .*\b(ex\w*|-b\w*|mon\w*|tutorial|sandbox|run|shims)\b|^(?!ip |bridge |iptables|nft |arp|sysctl|brctl|ifconfig|route )/
/** Lines whose words are those between the blanks, without anything that a shell would do to them. */
const PLAIN = /^[\w ./:,@=+%!-]+$/
/** One in so many of the others has a process of its own all the same, as users start them. */
const SAMPLE = 25

/** Words of commands that may change a carrier, or start something that does. */
const CHANGES =
  /[;|&]|\b(up|down|add(?!ress)\w*|del\w*|set|change|replace|carrier|batch|exec|flush|ifconfig|sleep|sh)\b|-b\b/

function inProcess(command: string, index: number): boolean {
  return PLAIN.test(command) && !OWN_PROCESS.test(command) && !/^\w+=/.test(command) && index % SAMPLE !== 0
}

/**
 * Runs command lines one after another in a fresh world of their own, with the tools of `directory` in front of PATH.
 *
 * The world's outside is the same each time: the variables that the tools look at are fixed. Starting Node would be most of the time
 * that the lines take, so that most of ours run in one process, as a library.
 */
export async function runInWorld(commands: readonly string[], directory: string | undefined): Promise<Outcome[]> {
  const work = commands.map((command, index) => ({
    command,
    changes: CHANGES.test(command),
    words: directory !== undefined && inProcess(command, index) ? command.trim().split(/ +/) : undefined,
  }))
  // In a file: a command line has room for 128 KiB in one word.
  const place = mkdtempSync(join(cache, 'lines-'))
  const file = join(place, 'work.json')
  writeFileSync(file, JSON.stringify({ work, directory: directory ?? null }))
  const { stdout, stderr, status } = await runScript(
    `
    import { readFileSync } from 'node:fs'
    import { noticeCarriers } from './test/live/carriers.ts'
    import { enterDisposableWorld } from './test/live/world.ts'
    import { runInProcess, runInShell } from './test/live/cli/outcome.ts'
    enterDisposableWorld()
    const { work, directory } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
    const PATH = [...(directory === null ? [] : [directory]), '/usr/sbin:/usr/bin:/sbin:/bin'].join(':')
    const env = { PATH, LC_ALL: 'C' }
    const inProcess = directory && runInProcess(directory, '${LIBRARY}', env)
    const outcomes = []
    for (const { command, changes, words } of work) {
      outcomes.push(words ? await inProcess(words) : runInShell(command, env))
      if (changes) noticeCarriers()
    }
    process.stdout.write(JSON.stringify(outcomes))
    `,
    { args: [file], timeout: 600_000 },
  )
  rmSync(place, { recursive: true, force: true })
  if (status !== 0) throw new Error(`the world ended with status ${status}: ${stderr}`)
  return JSON.parse(stdout) as Outcome[]
}

const MAC = /(?<![0-9a-f:])[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}(?![0-9a-f:])/g
/** Addresses that mean the same everywhere: zero, broadcast, and those that the lines themselves set. */
const KNOWN_MAC = /^(?:(?:00|ff|01):|02:00:00:00:00:)/

/**
 * Replaces what is random, or depends on how long the lines before took. `unordered` is for tables that the kernel keeps by a
 * random hash: the lines are compared in an order of their own.
 */
export function masked(outcome: Outcome, unordered: boolean): Outcome {
  const stdout = maskText(outcome.stdout)
  return { ...outcome, stdout: unordered ? inOrder(stdout) : stdout, stderr: maskText(outcome.stderr) }
}

function inOrder(text: string): string {
  return text.replaceAll('},{', '},\n{').split('\n').sort().join('\n')
}

function maskText(text: string): string {
  return (
    text
      .replace(MAC, (mac) => (KNOWN_MAC.test(mac) ? mac : 'MAC'))
      .replace(/fe80::[0-9a-f:]+/g, 'fe80::MAC')
      .replace(/( permaddr |"permaddr": ?")[0-9a-f:]+/g, '$1MAC')
      // Shown once it is a second old.
      .replace(/(cache users \d+) age \d+sec/g, '$1')
      .replace(/((?:valid|preferred)_lft|expires|age) -?\d+sec/g, '$1 SECONDS')
      .replace(
        /("(?:(?:valid|preferred)_life_time|expires|age|used|confirmed|updated)": ?)(?!4294967295)\d+/g,
        '$1SECONDS',
      )
      .replace(/time=[\d.]+ ms/g, 'time=TIME')
      .replace(/(packet loss, time )\d+ms/g, '$1TIME')
      .replace(/(mdev = |ipg\/ewma )[\d./]+ ms/g, '$1TIMES')
      .replace(/, pipe \d+/g, '')
      .replace(/^( {8}[RT]X (?:packets|errors) ).*$/gm, '$1COUNTERS')
      .replace(/ used \d+\/\d+\/\d+/g, ' used AGES')
      .replace(/^(# (?:Generated by .*|Completed) on) .*$/gm, '$1 TIME')
      .replace(/(\w+_timer(?:":)?) +\d+\.\d\d/g, '$1 SECONDS')
      .replace(/^(?: +\d[\d.kMGTi]*)+ $/gm, 'COUNTERS')
      .replace(/("(?:bytes|packets|multicast|dropped|carrier_changes)": ?)\d+/g, '$1COUNT')
  )
}
