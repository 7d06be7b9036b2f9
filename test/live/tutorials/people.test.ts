import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildOurs } from '../cli/twin.ts'
import { noNatReason } from '../netfilter/kernel.ts'

const reason = noNatReason() ?? (spawnSync('nsenter', ['-V']).error ? 'nsenter of util-linux is not here' : undefined)

/** What somebody at a terminal does: Enter, and a look around from another terminal. */
describe.skipIf(reason)(`ipts tutorial run for people${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory = ''
  beforeAll(() => {
    directory = buildOurs()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const start = (...options: string[]) =>
    spawn(execPath, [join(directory, 'ipts'), 'tutorial', 'run', 'docker-networking-demystified', ...options])

  test('--step waits for Enter before each step, and no longer when nobody is there', async () => {
    const child = start('--step')
    let shown = ''
    child.stdout.on('data', (data) => {
      shown += data
    })
    const begun = (step: string) => expect.poll(() => shown, { timeout: 10_000 }).toContain(step)
    await begun(' 1  Up: create two namespaces\n')
    // It has said what it is about to do, and does it only then.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(shown).not.toContain('both have their names')
    child.stdin.write('\n')
    await begun('both have their names')
    await begun(' 2  Create a cable from one to the other\n')
    expect(shown).not.toContain('the host never had either end')
    child.stdin.write('\n\n')
    await begun(' 4  Bring the cable up, as the document does\n')
    expect(shown).not.toContain('one end alone')
    child.stdin.end()
    const [status] = await once(child, 'exit')
    expect(status).toBe(0)
    expect(shown).toMatch(/^All \d+ checks passed/m)
  }, 60_000)

  test('--keep leaves the host standing, to be entered by nsenter, until Enter', async () => {
    const child = start('--keep')
    let shown = ''
    child.stdout.on('data', (data) => {
      shown += data
    })
    await expect.poll(() => shown, { timeout: 20_000 }).toContain('Enter takes everything back')
    const pid = /nsenter -t (\d+) -n -m/.exec(shown)?.[1]
    expect(Number(pid)).toBe(child.pid)
    const inside = (...command: string[]) =>
      execFileSync('nsenter', ['-t', pid!, '-n', '-m', ...command], { encoding: 'utf8' })
    expect(inside('cat', '/proc/net/dev')).toContain('eth0:')
    expect(inside('ls', '/run')).toContain('netns')
    expect(shown).not.toContain('Put everything back')
    child.stdin.write('\n')
    const [status] = await once(child, 'exit')
    expect(status).toBe(0)
    expect(shown).toContain('no difference')
  }, 60_000)

  test('--keep where nobody can press Enter is until a signal', async () => {
    const child = start('--keep')
    child.stdin.end()
    let shown = ''
    child.stdout.on('data', (data) => {
      shown += data
    })
    await expect.poll(() => shown, { timeout: 20_000 }).toContain('Enter takes everything back')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGTERM')
  }, 60_000)

  test('--json is for programs', async () => {
    const child = start('--json', '--keep')
    const [complaint, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect([status, complaint.split('\n')[0]]).toEqual([
      255,
      'ipts tutorial: --json is for programs, --step and --keep are for people',
    ])
  })
})
