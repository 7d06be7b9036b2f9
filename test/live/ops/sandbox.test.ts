import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'

const reason = noWorldReason()
const title = (what: string, why = reason) => `${what}${why ? ` (skipped: ${why})` : ''}`

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

/** What the machine would show if something of a sandbox reached it. */
const machine = () => ({
  run: readdirSync('/run').sort(),
  links: readdirSync('/sys/class/net').sort(),
  mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
})

const look = `
  import { readdirSync, readlinkSync } from 'node:fs'
  import { createNetns, echo, enterSandbox, snapshotOf } from './src/ops/index.ts'
  const { unprivileged, outside } = await enterSandbox()
  const again = await enterSandbox()
  await createNetns('inside').do()
  const { links, addresses, routes } = await snapshotOf(undefined)
  const echoes = []
  for (const address of ['172.17.0.1', '172.17.0.3', '8.8.8.8', '172.17.0.2', '127.0.0.1']) {
    echoes.push((await echo(address)).outcome)
  }
  echoes.push((await echo('172.17.0.99', { timeout: 200 })).outcome)
  echoes.push((await echo('172.17.0.2', { netns: outside })).outcome)
  console.log(JSON.stringify({
    unprivileged, echoes, same: again.outside === outside,
    links: links.map(({ name, operstate }) => [name, operstate]),
    addresses: addresses.filter(({ family }) => family === 'inet').map(({ address, broadcast }) => [address, broadcast]),
    gateway: routes.find(({ dst }) => dst === 'default')?.via,
    run: readdirSync('/run'), netns: readdirSync('/run/netns'), sys: readdirSync('/sys/class/net').filter((name) => name !== 'bonding_masters'),
    net: readlinkSync('/proc/self/ns/net'), uid: process.getuid(), mark: process.env.IPTS_SANDBOX, args: process.argv.slice(2),
  }))
`

const expected = {
  same: true,
  echoes: ['reply', 'reply', 'reply', 'reply', 'reply', 'timeout', 'reply'],
  links: [
    ['lo', 'unknown'],
    ['eth0', 'up'],
  ],
  addresses: [['127.0.0.1/8'], ['172.17.0.2/16', '172.17.255.255']].map(([address, broadcast]) => [
    address,
    broadcast ?? null,
  ]),
  gateway: '172.17.0.1',
  run: ['lock', 'netns'],
  netns: ['inside'],
  sys: ['eth0', 'lo'],
  uid: 0,
  args: ['--some', 'words here', ''],
}

describe.skipIf(reason)(title('the sandbox'), () => {
  const before = reason ? undefined : machine()
  const net = reason ? '' : readlinkSync('/proc/self/ns/net')

  test('is a host of its own with an outside world, and leaves nothing', async () => {
    const result = await runScript(look, { args: expected.args })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const seen = JSON.parse(result.stdout)
    expect(seen).toMatchObject({ ...expected, unprivileged: false })
    expect(seen.net).not.toBe(net)
    expect(machine()).toEqual(before)
  })

  test.skipIf(nobodyReason)(
    title('without root it is a user namespace, with the same arguments', nobodyReason),
    async () => {
      const result = await runScript(look, { args: expected.args, command: nobody })
      expect(result).toMatchObject({ status: 0, stderr: '' })
      expect(JSON.parse(result.stdout)).toMatchObject({ ...expected, unprivileged: true })
      expect(machine()).toEqual(before)
    },
  )

  test.skipIf(nobodyReason)(title('where the system forbids that, it says so', nobodyReason), async () => {
    const script = `
      import { enterSandbox } from './src/ops/index.ts'
      await enterSandbox().catch((error) => { console.log(error.code, error.message); process.exitCode = 3 })
    `
    // Without unshare to be found.
    const lost = await runScript(script, { command: [...nobody, 'env', 'PATH=/nowhere'] })
    expect(lost).toMatchObject({ status: 3, stderr: '' })
    expect(lost.stdout).toMatch(/^ERR_SANDBOX without CAP_NET_ADMIN, .*unshare \(of util-linux\) is not installed/)
    // With no user namespace allowed below this one.
    const refused = await runScript(script, {
      command: [
        'unshare',
        '-Ur',
        'sh',
        '-c',
        'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all --securebits=+noroot,+noroot_locked "$@"',
        'sh',
      ],
    })
    expect(refused).toMatchObject({ status: 3, stderr: '' })
    expect(refused.stdout).toMatch(/^ERR_SANDBOX .* needs a user namespace: .*user\.max_user_namespaces is 0/)
  })

  test('no uplink, where none is wanted', async () => {
    const result = await runScript(`
      import { enterSandbox, snapshotOf } from './src/ops/index.ts'
      const { outside } = await enterSandbox({ uplink: false })
      console.log(outside, (await snapshotOf(undefined)).links.map(({ name, flags }) => [name, flags.includes('up')]))
    `)
    expect(result).toMatchObject({ status: 0, stdout: "undefined [ [ 'lo', true ] ]\n" })
  })

  test('is for the main thread', async () => {
    const result = await runScript(`
      import { isMainThread, Worker } from 'node:worker_threads'
      import { enterSandbox } from './src/ops/index.ts'
      if (isMainThread) new Worker(new URL(import.meta.url))
      else await enterSandbox().catch((error) => console.log(error.message))
    `)
    expect(result.stdout).toBe('a sandbox can only be entered by the main thread\n')
  })

  describe('killed', () => {
    const directory = reason ? '' : mkdtempSync(join(import.meta.dirname, '../../../node_modules/.cache/ipts-killed-'))
    const outfile = join(directory, 'sleeper.mjs')
    beforeAll(() => {
      chmodSync(directory, 0o755)
      buildSync({
        stdin: {
          contents: `
            import { createNetns, createVethPair, enterSandbox } from './src/ops/index.ts'
            await enterSandbox()
            await createNetns('left').do()
            await createVethPair({ name: 'v0', peer: { name: 'v1', netns: 'left' } }).do()
            console.log('ready')
            setInterval(() => {}, 1000)
          `,
          resolveDir: join(import.meta.dirname, '../../..'),
          loader: 'ts',
        },
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        packages: 'external',
      })
    })
    afterAll(() => rmSync(directory, { recursive: true, force: true }))

    const kill = async (command: readonly string[]) => {
      const child = spawn(command[0]!, [...command.slice(1), outfile], { stdio: ['ignore', 'pipe', 'inherit'] })
      await new Promise((resolve) => child.stdout.once('data', resolve))
      const namespaces = namespacesOf(child.pid!)
      expect(namespaces).not.toEqual(namespacesOf(process.pid))
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
      await sleep(100)
      expect(machine()).toEqual(before)
      // No process is in its namespaces any more, so nothing holds them: they have no name outside.
      const left = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && shares(pid, namespaces))
      expect(left).toEqual([])
    }
    test('as root it leaves nothing', () => kill([execPath]))
    test.skipIf(nobodyReason)(title('as an ordinary user it leaves nothing', nobodyReason), () =>
      kill([...nobody, execPath]),
    )
  })
})

function namespacesOf(pid: number | string): string[] {
  return ['net', 'mnt'].map((kind) => readlinkSync(`/proc/${pid}/ns/${kind}`))
}

function shares(pid: string, namespaces: readonly string[]): boolean {
  try {
    return namespacesOf(pid).some((namespace) => namespaces.includes(namespace))
  } catch {
    return false
  }
}
