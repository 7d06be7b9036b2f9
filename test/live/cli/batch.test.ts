import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'
import { buildOurs } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

/** Writes a batch line by line, the next one only after the last one's route is there. */
async function dialogue(path: string | undefined, options: readonly string[]): Promise<unknown> {
  const { stdout, stderr, status } = await runScript(
    `
    import { execFileSync, spawn } from 'node:child_process'
    import { setTimeout } from 'node:timers/promises'
    import { enterDisposableWorld } from './test/live/world.ts'
    enterDisposableWorld()
    const [path, options] = JSON.parse(process.argv[2])
    const real = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    const ip = (...words) => execFileSync('ip', words, { env: real, encoding: 'utf8' })
    ip('link', 'set', 'lo', 'up')
    const env = { ...real, PATH: path === null ? real.PATH : path + ':' + real.PATH }
    const child = spawn('ip', [...options, '-batch', '-'], { env, stdio: ['pipe', 'ignore', 'pipe'] })
    const closed = new Promise((resolve) => child.once('close', resolve))
    let complaints = ''
    child.stderr.on('data', (text) => { complaints += text })
    const until = async (done) => {
      const end = performance.now() + 20_000
      while (!done() && performance.now() < end) await setTimeout(5)
    }
    for (let i = 1; i <= 4; i++) {
      child.stdin.write('route add 10.0.0.' + i + ' dev lo\\n')
      await until(() => ip('route').split('\\n').length > i)
    }
    child.stdin.write('route add 10.0.0.1 dev lo\\n')
    await until(() => complaints.includes('Command failed'))
    child.stdin.end()
    const status = await closed
    process.stdout.write(JSON.stringify({ complaints, status, routes: ip('route') }))
    `,
    { args: [JSON.stringify([path ?? null, options])], timeout: 120_000 },
  )
  if (status !== 0) throw new Error(`the world ended with status ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

describe.skipIf(reason)(`a batch that is written while it runs${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory: string
  beforeAll(() => {
    directory = buildOurs()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test.each([[[]], [['-force']]])('is carried out line by line, as by ip: %j', async (options) => {
    const [real, own] = await Promise.all([dialogue(undefined, options), dialogue(directory, options)])
    expect(own).toEqual(real)
    expect(own).toMatchObject({ complaints: expect.stringContaining('Command failed -:5\n'), status: 1 })
  })
})
