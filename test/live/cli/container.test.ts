import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { execPath } from 'node:process'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { snapshot } from '../../../src/ops/index.ts'
import { settled, trustAddresses } from '../ops/settled.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { buildOurs } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs ip')

describe.skipIf(reason)(`ipts run, ps and rm${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let ours: string
  const sh = (script: string) => {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', IPTS: `${ours}/ipts`, NODE: execPath }
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8', timeout: 20_000 })
    return { status, stdout, stderr }
  }
  beforeAll(async () => {
    enterDisposableWorld()
    await trustAddresses().do()
    ours = buildOurs()
    const made = sh(`ip link set lo up
      ip netns add outside
      ip link add uplink type veth peer name eth0 netns outside
      ip address add 192.0.2.1/24 dev uplink && ip link set uplink up
      ip netns exec outside sh -c 'echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad'
      ip -n outside address add 192.0.2.2/24 dev eth0 && ip -n outside link set eth0 up`)
    expect(made.stderr).toBe('')
    await settled('uplink')
    await settled('eth0', 'outside')
  })
  afterAll(() => {
    sh('$IPTS rm -f web other lost')
    rmSync(ours, { recursive: true, force: true })
  })

  test('a command has a network of its own, and its status is the status', () => {
    const { status, stdout, stderr } = sh(
      `$IPTS run -- sh -c 'ip -br -4 address show eth0; ip route show default; exit 7'`,
    )
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' })
    expect(stdout).toMatch(/^eth0@if\d+ +UP +172\.18\.0\.2\/16 \ndefault via 172\.18\.0\.1 dev eth0 \n$/)
    // What follows the command is its own.
    expect(sh("$IPTS run -n x sh -c 'kill -TERM $$' -- --bad").status).toBe(143)
  })

  test('ports are reached from outside, and the server outside sees the host', () => {
    const serve = (who: string) =>
      `require('node:net').createServer((s) => s.end('${who} saw ' + s.remoteAddress)).listen(80, '0.0.0.0')`
    const get = (address: string, port: number) =>
      `require('node:net').connect(${port}, '${address}').on('error', (e) => console.log(e.code)).pipe(process.stdout)`
    const started = sh(`$IPTS run -d -n web -p 8080:80 -- $NODE -e "${serve('web')}"
      for i in 1 2 3 4 5 6 7 8 9 10; do
        ip netns exec outside $NODE -e "${get('192.0.2.1', 8080)}" | grep saw && break; sleep 0.1
      done`)
    expect(started).toEqual({ status: 0, stdout: 'web\nweb saw 192.0.2.2\n', stderr: '' })
    const out =
      sh(`ip netns exec outside $NODE -e "${serve('outside')}; setTimeout(() => process.exit(), 30000)" & server=$!
      for i in 1 2 3 4 5 6 7 8 9 10; do
        $IPTS run -- $NODE -e "${get('192.0.2.2', 80)}" | grep saw && break
      done
      kill $server`)
    expect(out).toEqual({ status: 0, stdout: 'outside saw 192.0.2.1\n', stderr: '' })
  })

  test('ps lists them, rm takes them away, and then everything is as it was', async () => {
    const listed = sh('$IPTS ps; $IPTS ps --json')
    expect(listed.stdout).toMatch(
      /^NAME +ADDRESS +NETWORK +PORTS +STATE +PROCESSES\nweb +172\.18\.0\.2 +ipts0 +8080:80 +connected +\d+\n\[/,
    )
    expect(sh('$IPTS rm web')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ipts rm: web: processes are in it: \d+ /),
    })
    expect(sh('$IPTS rm -f web other')).toEqual({
      status: 1,
      stdout: 'web\n',
      stderr: 'ipts rm: other: there is no such container\n',
    })
    const before = await snapshot()
    expect(inspect(before, { depth: null })).not.toContain('ipts0')
    expect(sh('$IPTS run -p 80:80 -- true').status).toBe(0)
    expect(await snapshot()).toEqual(before)
    expect(sh('$IPTS ps').stdout).toBe('NAME  ADDRESS  NETWORK  PORTS  STATE  PROCESSES\n')
  })

  test('of one whose namespace somebody has deleted, the rest is seen and taken away', async () => {
    const before = await snapshot()
    expect(sh('$IPTS run -d -n web -p 80:80 -- sleep 60; ip netns del web').stderr).toBe('')
    const broken = sh('$IPTS ps; $IPTS run -n web -- true; $IPTS run -n other -p 80:81 -- true; $IPTS rm web')
    const pid = /broken: no namespace +(\d+)\n/.exec(broken.stdout)?.[1]
    expect(broken.stderr).toBe(
      `ipts run: there is a container web, without its namespace: remove it first
ipts run: 80:81: the port leads to container web
ipts rm: web: processes are in it: ${pid} (--force ends them)\n`,
    )
    expect(sh('$IPTS rm -f web')).toEqual({ status: 0, stdout: 'web\n', stderr: '' })
    // Also where nobody has asked yet how it ended.
    expect(existsSync(`/proc/${pid}/exe`)).toBe(false)
    expect(await snapshot()).toEqual(before)
    // Without processes the namespace ends with its name, at a time of the kernel's, and its cable with it.
    const gone = sh('$IPTS run -d -n web -- true; ip netns del web; $IPTS ps; $IPTS rm web')
    expect(gone.stdout).toMatch(/\nweb +172.* broken: no namespace(, no cable)?\nweb\n$/)
    expect(gone.stderr).toBe('')
    expect(await snapshot()).toEqual(before)
  })

  test.each([
    ['is connecting', 'until [ -e /run/netns/web ]; do :; done', 'TERM', 143],
    [
      'waits for its turn',
      'until [ "$(readlink /proc/$!/fd/* | grep -c ipts-containers)" = 1 ]; do :; done',
      'INT',
      130,
    ],
  ])('a signal while it %s leaves nothing behind', async (_, until, signal, status) => {
    const before = await snapshot()
    const { stdout, stderr } = sh(
      `mkdir -p /run/lock; ${signal === 'INT' ? 'exec 9>>/run/lock/ipts-containers; flock 9' : ''}
      $IPTS run -n web -p 80:80 -- sleep 60 9>&- & ${until}; kill -${signal} $!; wait $!; echo $?`,
    )
    expect({ stdout, stderr }).toEqual({ stdout: `${status}\n`, stderr: '' })
    expect(await snapshot()).toEqual(before)
  })

  test('what cannot be is refused, and leaves nothing', async () => {
    const before = await snapshot()
    const refused = (words: string) => sh(`$IPTS ${words}`)
    expect(refused('run -- no-such-command')).toEqual({
      status: 127,
      stdout: '',
      stderr: 'ipts run: no-such-command: command not found\n',
    })
    expect(refused('run -- /etc/passwd').status).toBe(126)
    expect(refused('run -p 0:80 -- true')).toMatchObject({
      status: 125,
      stderr: 'ipts run: expected [ADDRESS:]PORT:PORT[/udp], got "0:80"\n',
    })
    expect(refused('run --name ../x -- true').status).toBe(125)
    expect(refused('run -n outside -- true').status).toBe(125)
    expect(refused('run --bad -- true').stderr).toMatch(/^ipts run: Unknown option '--bad'\nUsage: /)
    expect(refused('run').status).toBe(125)
    expect(refused('rm').status).toBe(255)
    expect(await snapshot()).toEqual(before)
  })
})
