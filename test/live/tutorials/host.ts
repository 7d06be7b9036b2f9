import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { noticeCarriersIn, noticeCarriersOf } from '../carriers.ts'
import { bareRoot } from '../cli/bare-root.ts'
import type { Outcome } from '../cli/outcome.ts'

const REAL = '/usr/sbin:/usr/bin:/sbin:/bin'
const WAIT = 'echo ready; read end'
/** Where scripts of the reader are, and where lines are typed, in /run. */
const HOME = 'reader'

/** A disposable machine with `eth0` (172.17.0.2/16) and an outside in which 172.17.0.1, 172.17.0.3 and 8.8.8.8 answer. */
export interface Host extends AsyncDisposable {
  /** Types a line at its shell. */
  type(line: string): Promise<Outcome>
  /** Puts a script where lines are typed. */
  script(name: string, text: string): void
  /** Has the kernel notice the carriers of its links now, and of those in its named namespaces. */
  noticeCarriers(): void
  /** Runs a script of the real tools in the host's network from outside; `$RUN` is the host's /run. */
  look(script: string): Promise<string>
}

/** What both hosts begin with, made by the real tools from outside. */
const UPLINK = `
  set -e
  ip link set lo up
  sysctl -qw net.ipv4.ip_forward=0
  ip link add eth0 address 02:00:00:00:00:02 type veth peer name world address 02:00:00:00:00:03 netns $OUTSIDE
  out="nsenter --net=/proc/$OUTSIDE/ns/net"
  $out ip link set lo up
  $out ip addr add 8.8.8.8/32 dev lo
  $out ip addr add 172.17.0.1/16 brd + dev world
  $out ip addr add 172.17.0.3/16 brd + dev world
  $out ip link set world up
  ip addr add 172.17.0.2/16 brd + dev eth0
  ip link set eth0 up
  ip route add default via 172.17.0.1
  until ip link show eth0 | grep -q "state UP"; do sleep 0.1; done
`

const realRoot = (script: string) => `
  set -e
  mount --make-rprivate /
  mount -t tmpfs run /run
  mkdir /run/lock
  mount -t sysfs sysfs /sys
  exec /bin/sh -c '${script}'
`

/**
 * Starts a host whose tools are the machine's own; or, with `shims`, one that has nothing but them, sh and bash, in a root without any other
 * program.
 */
export async function startHost(shims?: string): Promise<Host> {
  const place = shims === undefined ? undefined : mkdtempSync(join(shims, 'root-'))
  const outside = await started(['-n', '/bin/sh', '-c', WAIT])
  const root = place === undefined ? realRoot(WAIT) : bareRoot({ root: place, programs: ['sh', 'bash'], script: WAIT })
  const host = await started(['-n', '-m', '/bin/sh', '-c', root])
  const run = `/proc/${host.pid}/root/run`
  mkdirSync(join(run, HOME))
  const inside = (words: readonly string[], env: NodeJS.ProcessEnv) =>
    execute('nsenter', ['-t', String(host.pid), '-n', ...words], { LC_ALL: 'C', ...env })
  const look = async (script: string) => {
    const env = { PATH: REAL, RUN: run, OUTSIDE: String(outside.pid) }
    const { stdout, stderr, status } = await inside(['/bin/sh', '-c', script], env)
    if (status !== 0) throw new Error(`status ${status}: ${stderr}`)
    return stdout
  }
  await look(UPLINK)
  const PATH = shims === undefined ? REAL : `${shims}:/bin`
  return {
    // Not from the socket that Node gives: bash would take itself for a remote shell, and read its user's settings.
    type: (line) => inside(['-m', '/bin/sh', '-c', `exec < /dev/null; cd /run/${HOME}\n${line}`], { PATH }),
    script(name, content) {
      writeFileSync(join(run, HOME, name), content, { mode: 0o755 })
    },
    noticeCarriers() {
      noticeCarriersOf(`/proc/${host.pid}/ns/net`)
      noticeCarriersIn(join(run, 'netns'))
    },
    look,
    async [Symbol.asyncDispose]() {
      for (const process of [host, outside]) await process.end()
      if (place !== undefined) rmSync(place, { recursive: true })
    },
  }
}

/** A shell in namespaces of its own that has done its preparations, and lives until it is told to end, or this process is no more. */
async function started(words: readonly string[]) {
  const child = spawn('unshare', words, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: REAL } })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const complaint = text(child.stderr)
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  if (child.exitCode !== null) throw new Error(`no namespaces: ${await complaint}`)
  const end = () => {
    child.stdin.end()
    return ended
  }
  return { pid: child.pid!, end }
}

function execute(file: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(file, words, { env, encoding: 'latin1', timeout: 180_000 }, (_error, stdout, stderr) =>
      resolve({ stdout, stderr, status: child.exitCode }),
    )
    child.stdin!.end()
  })
}
