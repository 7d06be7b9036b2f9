import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { execPath } from 'node:process'
import { describe, expect, test } from 'vitest'
import { type ChildResult, runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'

const reason = noWorldReason()
const title = (what: string, why = reason) => `${what}${why ? ` (skipped: ${why})` : ''}`

const NAME = 'container-is-a-namespace'
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

function noNobodyReason(): string | undefined {
  if (reason) return reason
  const probe = spawnSync(nobody[0]!, [...nobody.slice(1), 'unshare', '-Urnm', execPath, '-e', ''], {
    encoding: 'utf8',
  })
  if (probe.error) return 'setpriv and unshare of util-linux are not here'
  return probe.status === 0
    ? undefined
    : `no user namespaces for an ordinary user: ${probe.stderr.trim().split('\n')[0]}`
}
const nobodyReason = noNobodyReason()

const tutorial = (
  args: string[],
  options: { command?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<ChildResult> =>
  runScript(
    `import { main } from './src/cli/tutorial/index.ts'
     process.exitCode = await main(process.argv.slice(2))`,
    { args, timeout: 25_000, ...options },
  )

interface Result {
  passed: boolean
  milliseconds: number
  steps: {
    title: string
    commands: string[]
    passed: boolean
    error?: string
    checks: { command?: string; proves: string; passed: boolean; found: string }[]
    messages?: { direction: string; hex: string; text: string }[]
  }[]
}

describe.skipIf(reason)(title('ipts tutorial run'), () => {
  test('every step is made and checked, in a few seconds, with neither ip nor ping to be found', async () => {
    const before = readdirSync('/run').sort()
    const result = await tutorial(['run', NAME, '--json'], { env: { ...process.env, PATH: '/nowhere' } })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const { passed, milliseconds, steps } = JSON.parse(result.stdout) as Result
    expect(passed).toBe(true)
    expect(milliseconds).toBeLessThan(10_000)
    expect(steps.flatMap(({ checks }) => checks).filter((check) => !check.passed)).toEqual([])
    expect(steps.at(-1)).toMatchObject({
      title: 'Put everything back',
      checks: [{ found: '17 changes undone, no difference' }],
    })
    const checks = steps.flatMap(({ checks }) => checks)
    const found = (proves: string) => checks.find((check) => check.proves.startsWith(proves))?.found
    expect(found('jelly cannot reach pb yet')).toMatch(/did not answer|unreachable/)
    expect(found('jelly reaches pb')).toMatch(/^192\.168\.0\.56 answered/)
    expect(found('the host does not reach pb')).toMatch(/did not answer|unreachable/)
    expect(found('brd +')).toContain('192.168.0.60/24 brd 192.168.0.255')
    expect(found('the host reaches pb')).toMatch(/^192\.168\.0\.56 answered/)
    expect(readdirSync('/run').sort()).toEqual(before)
    expect(existsSync('/run/netns/pb')).toBe(false)
  })

  test('for people: each step, its commands and its checks, and a table, without colours in a pipe', async () => {
    const { status, stdout } = await tutorial(['run', NAME])
    expect(status).toBe(0)
    expect(stdout).toContain('$ sudo ip addr add 192.168.0.60/24 brd + dev brd1')
    expect(stdout).toMatch(/^11 {2}Put everything back +ok +1 of 1 +[\d.]+ ms$/m)
    expect(stdout).toMatch(/^All 25 checks passed, in [\d.]+ s\.$/m)
    expect(stdout).not.toContain('\x1b')
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  test('--explain shows what is sent to the kernel, decoded, and what it answers', async () => {
    const { status, stdout } = await tutorial(['run', NAME, '--explain'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/> RTM_NEWLINK .*REQUEST,ACK,EXCL,CREATE/)
    expect(stdout).toMatch(/name \(3\) bread-pb-veth/)
    expect(stdout).toMatch(/> RTM_NEWADDR/)
    expect(stdout).toContain('broadcast (4) 192.168.0.255')
    expect(stdout).not.toContain('RTM_GETLINK')
    expect(stdout).toContain('(system calls alone, no netlink message)')
  })

  test.skipIf(nobodyReason)(title('without root', nobodyReason), async () => {
    const result = await tutorial(['run', NAME, '--json'], { command: nobody })
    expect(result.stderr).toBe('')
    const { steps } = JSON.parse(result.stdout) as Result
    expect(steps.filter(({ passed }) => !passed)).toEqual([])
    expect(result.status).toBe(0)
  })

  test('a check that fails is reported, the rest goes on, all is put back, and the status tells', async () => {
    const result = await runScript(
      `import { enterSandbox, createBridge, createNetns, setUp } from './src/ops/index.ts'
       import { runTutorial } from './src/tutorials/index.ts'
       import { answers, linksAre } from './src/tutorials/checks/index.ts'
       await enterSandbox()
       const step = (title, actions, checks) => ({ title, why: '', actions, checks })
       const reports = await runTutorial({ name: 'x', title: 'X', author: '', date: '', summary: '', steps: [
         step('one', [{ command: '', op: createBridge({ name: 'br0' }) }], [linksAre({ present: ['nothing'] }, { proves: 'a' })]),
         step('two', [], [answers('172.17.0.1', { proves: 'b' }), answers('172.17.0.1', { proves: 'c', netns: 'nowhere' })]),
         step('three', [{ command: '', op: createNetns('n') }, { command: '', op: setUp({ link: 'nothing' }) }], []),
         step('four', [], []),
       ] })
       console.log(JSON.stringify(reports.map(({ step, passed, error, checks }) => [step.title, passed, error ?? '', ...checks.map((c) => c.passed)])))`,
    )
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toEqual([
      ['one', false, '', false],
      ['two', false, '', true, false],
      ['three', false, 'get link nothing: ENODEV: No such device'],
      ['Put everything back', true, '', true],
    ])
  })
})
