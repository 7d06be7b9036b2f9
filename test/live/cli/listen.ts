import { runScript } from '../child.ts'
import { masked } from './twin.ts'

/** Monitors, and what happens while they listen. */
export interface Listening {
  /** Command lines of monitors; a `-n blue` is a namespace that nothing happens in. */
  readonly commands: readonly string[]
  /** Command lines that only ours can do. */
  readonly ownCommands: readonly string[]
  /** Command lines that are run before: what monitors know of links is what there was when they began, or when they first asked. */
  readonly before?: string
  /** How many of `commands` are in none of the first 32 groups of the namespace where the changes are made: procfs shows no others. */
  readonly unseen?: number
  /** Command lines of the real tools, which all have to succeed. */
  readonly changes: string
}

export interface Heard {
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the monitors at once in a fresh world, of the real tools and, where `directory` has ours, of ours: what the kernel tells, and in
 * which order, is then the same for both. Makes the changes there with the real tools, and gives what each monitor said.
 */
export async function listen(
  directory: string,
  { commands, ownCommands, before = '', unseen = 0, changes }: Listening,
): Promise<{ real: Heard[]; own: Heard[] }> {
  const monitors = [
    ...commands.map((command) => ({ command, path: '' })),
    ...[...commands, ...ownCommands].map((command) => ({ command, path: `${directory}:` })),
  ]
  const { stdout, stderr, status } = await runScript(
    `
    import { spawn, spawnSync } from 'node:child_process'
    import { readFileSync, writeFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { noticeCarriers } from './test/live/carriers.ts'
    import { enterDisposableWorld } from './test/live/world.ts'
    enterDisposableWorld()
    const [monitors, before, expected, changes] = process.argv.slice(2).map((arg) => JSON.parse(arg))
    for (const which of ['all', 'default', 'lo']) writeFileSync('/proc/sys/net/ipv6/conf/' + which + '/disable_ipv6', '1')
    const real = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    spawnSync('ip', ['netns', 'add', 'blue'], { env: real })
    spawnSync('ip', ['netns', 'del', 'blue'], { env: real })
    spawnSync('ip', ['netns', 'add', 'green'], { env: real })
    const run = (line) => {
      const { status, stderr } = spawnSync('/bin/sh', ['-c', line], { env: real, encoding: 'utf8' })
      if (status !== 0) throw new Error(line + ': ' + stderr)
    }
    for (const line of before) run(line)
    const heard = monitors.map(({ command, path }) => {
      const words = command.replace('-n blue', '-n green').split(' ')
      const env = { ...real, PATH: path + real.PATH }
      const child = spawn(words[0], words.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] })
      const said = { child, stdout: '', stderr: '', ended: new Promise((resolve) => child.once('close', resolve)) }
      child.stdout.setEncoding('latin1').on('data', (text) => { said.stdout += text })
      child.stderr.setEncoding('latin1').on('data', (text) => { said.stderr += text })
      return said
    })
    // Columns of a socket: its address, protocol, port, groups and bytes that wait in it. The kernel's own sockets are in no group.
    const sockets = () => readFileSync('/proc/net/netlink', 'latin1').split('\\n').slice(1, -1).map((line) => line.split(/ +/))
    const listeners = () => sockets().filter(([, protocol, , groups]) => protocol === '0' && !/^0+$/.test(groups)).length
    const until = performance.now() + 20_000
    while (listeners() < expected && performance.now() < until) await setTimeout(50)
    if (listeners() < expected) throw new Error('only ' + listeners() + ' of ' + expected + ' monitors listen')
    // Nothing waits in a socket, and every process sleeps, or is no more: whoever is told of something is awake at once.
    const isIdle = () => sockets().every((columns) => columns[4] === '0') &&
      heard.every(({ child }) => child.exitCode !== null || /\\) S /.test(readFileSync('/proc/' + child.pid + '/stat', 'latin1')))
    const saidAll = async (patience) => {
      const end = performance.now() + 30_000
      for (let before, now; ; before = now) {
        await setTimeout(patience)
        now = isIdle() ? heard.reduce((sum, { stdout }) => sum + stdout.length, 0) : undefined
        if (now !== undefined && now === before) return
        if (performance.now() > end) throw new Error('the monitors never rest')
      }
    }
    await saidAll(500)
    // Monitors ask for the names of links that they do not know: they are to do so before the next change. And the kernel is to notice
    // carriers now, not up to a second later.
    for (const line of changes) {
      run(line)
      noticeCarriers()
      await saidAll(10)
    }
    await saidAll(500)
    for (const { child } of heard) child.kill('SIGTERM')
    await Promise.all(heard.map(({ ended }) => ended))
    process.stdout.write(JSON.stringify(heard.map(({ stdout, stderr }) => ({ stdout, stderr }))))
    `,
    {
      args: [monitors, linesIn(before), monitors.length - 2 * unseen, linesIn(changes)].map((arg) =>
        JSON.stringify(arg),
      ),
      timeout: 120_000,
    },
  )
  if (status !== 0) throw new Error(`the world ended with status ${status}: ${stderr}`)
  const all = JSON.parse(stdout) as Heard[]
  return { real: all.slice(0, commands.length), own: all.slice(commands.length) }
}

const linesIn = (text: string) => text.split('\n').filter((line) => line !== '')

const withoutTime = (text: string) =>
  text
    .replace(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\]/gm, '[TIME]')
    .replace(/Timestamp: \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} \d{1,6} usec$/gm, 'Timestamp: TIME')

/** Labels of what is left out go to the terminal with the next line only: of the last ones, ip never writes the rest of its buffer. */
const withoutRest = (text: string) => text.replace(/(?:\[[A-Z]+\])+$/, '')

/** What a monitor said, line by line, without what differs from run to run. */
export const linesOf = ({ stdout, stderr }: Heard) =>
  withoutRest(withoutTime(masked({ stdout, stderr, status: 0 }, false).stdout)).split('\n')
