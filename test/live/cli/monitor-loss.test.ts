import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'
import { buildOurs } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

/** Stops a monitor with a small buffer while much happens, and lets it go on: what it says then. */
async function overflow(path: string | undefined): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { stdout, stderr, status } = await runScript(
    `
    import { spawn, spawnSync } from 'node:child_process'
    import { readFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { enterDisposableWorld } from './test/live/world.ts'
    enterDisposableWorld()
    const path = JSON.parse(process.argv[2])
    const real = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    const ip = (...words) => spawnSync('ip', words, { env: real })
    ip('link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1')
    const env = { ...real, PATH: path === null ? real.PATH : path + ':' + real.PATH }
    const child = spawn('ip', ['-rc', '4096', 'monitor', 'link'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (text) => { said[stream] += text })
    const until = async (done) => {
      const end = performance.now() + 20_000
      while (!done() && performance.now() < end) await setTimeout(50)
    }
    await until(() => / +0 +\\d+ +(?!0{8})[0-9a-f]{8} /.test(readFileSync('/proc/net/netlink', 'latin1')))
    await setTimeout(500)
    child.kill('SIGSTOP')
    const lines = Array.from({ length: 500 }, (_, i) => 'link set v0 mtu ' + (1000 + i))
    spawnSync('ip', ['-batch', '-'], { env: real, input: lines.join('\\n') + '\\n' })
    child.kill('SIGCONT')
    await until(() => said.stderr !== '')
    ip('link', 'set', 'v0', 'mtu', '1777')
    await until(() => said.stdout.includes('mtu 1777'))
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('close', resolve))
    process.stdout.write(JSON.stringify(said))
    `,
    { args: [JSON.stringify(path ?? null)], timeout: 90_000 },
  )
  if (status !== 0) throw new Error(`the world ended with status ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

describe.skipIf(reason)(`a monitor that missed something${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory: string
  beforeAll(() => {
    directory = buildOurs()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test('says so as ip does, and goes on', async () => {
    const [real, own] = await Promise.all([overflow(undefined), overflow(directory)])
    expect(real.stderr).toBe('netlink receive error No buffer space available (105)\n')
    expect(own.stderr).toBe(real.stderr)
    expect(own.stdout).toContain('mtu 1777')
  }, 100_000)
})
