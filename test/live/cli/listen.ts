import { runScript } from '../child.ts'
import { masked } from './twin.ts'

/** Monitors, and what happens while they listen. */
export interface Listening {
  readonly commands: readonly string[]
  /** Command lines that are run before: what monitors know of links is what there was when they began, or when they first asked. */
  readonly before?: string
  /** How many of them listen in the namespace where the changes are made. */
  readonly listeners: number
  /** Command lines of the real tools, which all have to succeed. */
  readonly changes: string
}

export interface Heard {
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs all the monitors at once in a fresh world, makes the changes there with the real tools, and gives what each said. `path` is
 * the directory of ours; undefined for the real ones. A monitor's `-n blue` is a namespace that nothing happens in.
 */
export async function listen(
  path: string | undefined,
  { commands, before = '', listeners, changes }: Listening,
): Promise<Heard[]> {
  const { stdout, stderr, status } = await runScript(
    `
    import { spawn, spawnSync } from 'node:child_process'
    import { readFileSync, writeFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { enterDisposableWorld } from './test/live/world.ts'
    enterDisposableWorld()
    const [commands, before, expected, changes, path] = process.argv.slice(2).map((arg) => JSON.parse(arg))
    for (const which of ['all', 'default', 'lo']) writeFileSync('/proc/sys/net/ipv6/conf/' + which + '/disable_ipv6', '1')
    const real = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    spawnSync('ip', ['netns', 'add', 'blue'], { env: real })
    spawnSync('ip', ['netns', 'del', 'blue'], { env: real })
    spawnSync('ip', ['netns', 'add', 'green'], { env: real })
    const env = { ...real, PATH: path === null ? real.PATH : path + ':' + real.PATH }
    const run = (lines) => {
      for (const line of lines) {
        const { status, stderr } = spawnSync('/bin/sh', ['-c', line], { env: real, encoding: 'utf8' })
        if (status !== 0) throw new Error(line + ': ' + stderr)
      }
    }
    run(before)
    const heard = commands.map((command) => {
      const words = command.replace('-n blue', '-n green').split(' ')
      const child = spawn(words[0], words.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] })
      const said = { child, stdout: '', stderr: '', ended: new Promise((resolve) => child.once('close', resolve)) }
      child.stdout.setEncoding('latin1').on('data', (text) => { said.stdout += text })
      child.stderr.setEncoding('latin1').on('data', (text) => { said.stderr += text })
      return said
    })
    // Sockets of this namespace that are in a group; the kernel's own have none.
    const listeners = () => readFileSync('/proc/net/netlink', 'latin1').split('\\n').slice(1)
      .filter((line) => / +0 +\\d+ +(?!0{8})[0-9a-f]{8} /.test(line)).length
    const until = performance.now() + 20_000
    while (listeners() < expected && performance.now() < until) await setTimeout(50)
    await setTimeout(500)
    run(changes)
    for (let before = -1, now = 0; now !== before; ) {
      await setTimeout(500)
      before = now
      now = heard.reduce((sum, { stdout }) => sum + stdout.length, 0)
    }
    for (const { child } of heard) child.kill('SIGTERM')
    await Promise.all(heard.map(({ ended }) => ended))
    process.stdout.write(JSON.stringify(heard.map(({ stdout, stderr }) => ({ stdout, stderr }))))
    `,
    {
      args: [
        JSON.stringify(commands),
        JSON.stringify(linesIn(before)),
        JSON.stringify(listeners),
        JSON.stringify(linesIn(changes)),
        JSON.stringify(path ?? null),
      ],
      timeout: 120_000,
    },
  )
  if (status !== 0) throw new Error(`the world ended with status ${status}: ${stderr}`)
  return JSON.parse(stdout) as Heard[]
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
