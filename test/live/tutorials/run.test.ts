import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { execPath } from 'node:process'
import { describe, expect, test } from 'vitest'
import type { Topology } from '../../../src/topology/index.ts'
import { tutorials } from '../../../src/tutorials/index.ts'
import { type ChildResult, runScript } from '../child.ts'
import { noNatReason } from '../netfilter/kernel.ts'

const reason = noNatReason()
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
    { args, timeout: 110_000, ...options },
  )

interface Result {
  passed: boolean
  milliseconds: number
  steps: {
    title: string
    commands: string[]
    passed: boolean
    skipped?: string
    error?: string
    mistakes: { command: string; mistake: string; error: string; printed?: string }[]
    checks: { command?: string; proves: string; passed: boolean; found: string }[]
    topology?: Topology
    messages?: { direction: string; hex: string; text: string }[]
  }[]
}

/** What must have been seen, by what it proves: the lines of a run that say the most. */
const seen: Readonly<Record<string, readonly (readonly [proves: string, found: RegExp])[]>> = {
  'virtual-networking': [
    ['the document is wrong here: red does not answer the host', /did not answer|unreachable/],
    ['the host reaches red', /^192\.168\.15\.1 answered/],
    ['the server outside sees the host', /the server saw 172\.17\.0\.2$/],
    ['that is not enough where the policy is to drop', /did not answer within/],
    ['a client outside gets a page from red by port 8080', /status 200, 45000 bytes; the server saw 172\.17\.0\.1/],
    ['the host itself does not', /ECONNREFUSED/],
    ['a server far away is reached, and sees the host', /the server saw 172\.17\.0\.2$/],
    ['a client outside gets a page by the port of the host', /the server saw 172\.17\.0\.1/],
  ],
  'namespaces-and-docker': [
    ['red has no route to 172.17.0.3', /ENETUNREACH/],
    ['red can send now, and nobody answers', /did not answer/],
    ['what red asks arrives now, and cannot be answered', /did not answer/],
    ['red reaches the neighbour of the host', /^172\.17\.0\.3 answered/],
    ['which sees the host', /the server saw 172\.17\.0\.2$/],
    ['blue sees that it is red who asks', /the server saw 192\.168\.15\.1$/],
    ['red reaches the internet', /^8\.8\.8\.8 answered .*ttl 63/],
  ],
  'container-networking': [
    ['no container reaches the internet', /did not answer/],
    ['ns2 reaches the internet', /^8\.8\.8\.8 answered/],
    ['host-a does not know where the containers of host-b are', /unreachable|did not answer/],
    ['a server in b1 sees the container itself', /the server saw 10\.0\.1\.2$/],
    ['the internet does not carry', /unreachable|did not answer/],
    ['the largest packet that there may be passes', /^10\.0\.2\.2 answered/],
    ['a1 gets a page from b1', /status 200, 45000 bytes; the server saw 10\.0\.1\.2$/],
    ['b1 gets a page from a1', /status 200, 45000 bytes; the server saw 10\.0\.2\.2$/],
  ],
  'container-is-a-namespace': [
    ['jelly cannot reach pb yet', /did not answer|unreachable/],
    ['jelly reaches pb', /^192\.168\.0\.56 answered/],
    ['the host does not reach pb', /did not answer|unreachable/],
    ['brd +', /192\.168\.0\.60\/24 brd 192\.168\.0\.255/],
    ['the host reaches pb', /^192\.168\.0\.56 answered/],
    ['that alone changes nothing', /did not answer/],
    ['jelly reaches the internet', /^8\.8\.8\.8 answered/],
    ["a server outside sees the host's address", /the server saw 172\.17\.0\.2$/],
    ['pb sees that it is jelly who asks', /the server saw 192\.168\.0\.55$/],
  ],
  'docker-networking-demystified': [
    ['a link that is down has no route', /ENETUNREACH/],
    ['net1 reaches net2', /^10\.100\.0\.2 answered/],
    ['neither is there any more', /^named: none$/],
    ['the bridge is left behind', /br00 is there still/],
    ['and net2 that of net1', /the server saw 10\.100\.0\.10$/],
    ['a server there sees the address of eth0', /the server saw 172\.17\.0\.2$/],
  ],
}

describe.skipIf(reason)(title('ipts tutorial run'), () => {
  test.concurrent.each([...tutorials.keys()])(
    '%s: every step is made and checked, with neither ip nor ping nor iptables to be found',
    async (name) => {
      const before = readdirSync('/run').sort()
      const result = await tutorial(['run', name, '--json'], { env: { ...process.env, PATH: '/nowhere' } })
      const { passed, milliseconds, steps } = JSON.parse(result.stdout) as Result
      const checks = steps.flatMap((step) => step.checks)
      expect(steps.flatMap(({ error }) => error ?? [])).toEqual([])
      expect(checks.filter((check) => !check.passed)).toEqual([])
      expect(result).toMatchObject({ status: 0, stderr: '' })
      expect(passed).toBe(true)
      expect(milliseconds).toBeLessThan(60_000)
      for (const { title, checks } of steps.filter(({ title }) => title === 'Put everything back')) {
        expect(checks[0]!.found, title).toMatch(/^\d+ changes undone, no difference$/)
      }
      const pictures = steps.flatMap(({ topology }) => topology ?? [])
      expect(pictures.length).toBeGreaterThan(4)
      for (const { namespaces } of pictures) {
        expect(namespaces.at(0)!.name).toBe('host')
        expect(namespaces.at(-1)!.name).toBe('outside')
      }
      // Only what this kernel lacks is skipped, and it is said what that is.
      const skipped = steps.flatMap((step) => step.skipped ?? [])
      expect(skipped.filter((why) => !/^There is no (ipvlan|macvlan|tun) here: /.test(why))).toEqual([])
      for (const [proves, found] of seen[name]!) {
        const check = checks.find((one) => one.proves.startsWith(proves))
        expect(check?.found, proves).toMatch(found)
      }
      expect(readdirSync('/run').sort()).toEqual(before)
    },
    120_000,
  )

  test('for people: each step, its commands and its checks, and a table, without colours in a pipe', async () => {
    const { status, stdout } = await tutorial(['run', 'docker-networking-demystified'])
    expect(status).toBe(0)
    expect(stdout).toContain('$ iptables -t nat -A POSTROUTING -s 10.100.0.1/16 ! -o br00 -j MASQUERADE')
    expect(stdout).toContain('wrong  In net2 there is no veth1: it is in net1.')
    expect(stdout).toContain('ours  The document looks for veth1 in net2.')
    expect(stdout).toContain('ok  it is refused, as it should be\n        prints: Cannot find device "veth1"\n')
    const [, before, gateway, after] = stdout.split(/^(?=(?: 9|10|11) {2})/m)
    expect(before).toContain('┏━ br00 (bridge) ━┓')
    expect(gateway).toContain(`
    ┌─ host ────────────────────────────┐       │ lo 8.8.8.8/32                     │
    │ eth0 172.17.0.2/16 ╶──────────────┼───────┼╴world 172.17.0.1/16 172.17.0.3/16 │
    │ ┏━ br00 (bridge) 10.100.0.1/16 ━┓ │       └───────────────────────────────────┘
    │ ┃ veth1 ╶───────────────────────╂─┼────┐
    │ ┃ veth2 ╶───────────────────────╂─┼──┐ │  ┌─ net1 ────────────────────────────┐
    │ ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛ │  │ └──┼╴vethpeer1 10.100.0.10/16          │
    └───────────────────────────────────┘  │    └───────────────────────────────────┘
                                           │
                                           │    ┌─ net2 ────────────────────────────┐
                                           └────┼╴vethpeer2 10.100.0.20/16          │
                                                └───────────────────────────────────┘
`)
    // Opening the way to the internet changes nothing that a picture shows.
    expect(after!.split(/^12 /m)[0]).not.toContain('┌')
    expect(stdout).toMatch(/^14 {2}Put everything back +ok +1 of 1 +[\d.]+ ms$/m)
    expect(stdout).toMatch(/^All 35 checks passed, in [\d.]+ s\.$/m)
    expect(stdout).not.toContain('\x1b')
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  test('--explain shows what is sent to the kernel, decoded, and what it answers', async () => {
    const { status, stdout } = await tutorial(['run', NAME, '--explain', '--no-pictures'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/> RTM_NEWLINK .*REQUEST,ACK,EXCL,CREATE/)
    expect(stdout).toMatch(/name \(3\) bread-pb-veth/)
    expect(stdout).toMatch(/> RTM_NEWADDR/)
    expect(stdout).toContain('broadcast (4) 192.168.0.255')
    expect(stdout).toMatch(/> NFT_MSG_NEWRULE/)
    expect(stdout).toMatch(/MASQUERADE/)
    expect(stdout).not.toMatch(/RTM_GETLINK|NFT_MSG_GET/)
    expect(stdout).toContain('(system calls alone, no netlink message)')
    expect(stdout).not.toMatch(/[┌│└]/)
  })

  test.skipIf(nobodyReason)(title('without root', nobodyReason), async () => {
    const result = await tutorial(['run', NAME, '--json'], { command: nobody })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect((JSON.parse(result.stdout) as Result).passed).toBe(true)
  })

  test('a check that fails is reported, the rest goes on, all is put back, and the status tells', async () => {
    const result = await runScript(
      `import { enterSandbox, createBridge, createNetns, setUp } from './src/ops/index.ts'
       import { isPassed, runTutorial } from './src/tutorials/index.ts'
       import { answers, linksAre } from './src/tutorials/checks/index.ts'
       await enterSandbox()
       const step = (title, actions, checks, more = {}) => ({ title, why: '', actions, checks, ...more })
       const told = []
       const tutorial = { name: 'x', title: 'X', date: '', summary: '', steps: [
         step('one', [{ command: '', op: createBridge({ name: 'br0' }) }], [linksAre({ absent: ['br0'] }, { proves: 'a' })]),
         step('two', [], [answers('172.17.0.1', { proves: 'b' }), answers('172.17.0.1', { proves: 'c', netns: 'nowhere' })]),
         step('anew', [{ command: 'typed', mistake: 'm', op: setUp({ link: 'br0' }) }], [linksAre({ absent: ['br0'] }, { proves: 'd' })], { anew: true }),
         step('unable', [{ command: '', op: createNetns('m') }], [], { unable: async () => 'why' }),
         step('three', [{ command: '', op: createNetns('n') }, { command: '', op: setUp({ link: 'nothing' }) }], []),
         step('four', [], []),
       ] }
       const reports = await runTutorial(tutorial, { type: async (command) => 'printed by ' + command })
       console.log(JSON.stringify(reports.map(({ step, passed, error, checks }) => [step.title, passed, error ?? '', ...checks.map((c) => c.passed)])))
       console.log(JSON.stringify(reports[3].mistakes), reports[4].skipped, isPassed(tutorial, reports))
       const wrong = step('done', [{ command: 'x', mistake: 'm', op: createNetns('there') }], [])
       const [report] = await runTutorial({ ...tutorial, steps: [wrong] })
       console.log(report.passed, report.error)`,
      { timeout: 30_000 },
    )
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const [steps, mistake, done] = result.stdout.split('\n')
    expect(JSON.parse(steps!)).toEqual([
      ['one', false, '', false],
      ['two', false, '', true, false],
      ['Put everything back', true, '', true],
      ['anew', true, '', true],
      ['unable', true, ''],
      ['three', false, 'get link nothing: ENODEV: No such device'],
      ['Put everything back', true, '', true],
    ])
    expect(mistake).toBe(
      '[{"command":"typed","mistake":"m","error":"get link br0: ENODEV: No such device","printed":"printed by typed"}] why false',
    )
    expect(done).toBe('false x: was to be refused, and was not')
  })
})
