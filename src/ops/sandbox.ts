import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { argv, env, execArgv, execPath, geteuid } from 'node:process'
import { isMainThread } from 'node:worker_threads'
import {
  CLONE_NEWNET,
  CLONE_NEWNS,
  currentIdentity,
  execvp,
  MS_NODEV,
  MS_NOSUID,
  MS_PRIVATE,
  MS_REC,
  mount,
  SystemError,
  setCloseOnExec,
  setNonBlocking,
  unshare,
  unsupportedReason,
  withNewNamespace,
} from '../libc/index.ts'
import { Namespace } from '../netns/index.ts'
import { addAddress } from './address.ts'
import { setUp } from './change-link.ts'
import { createVethPair } from './create-link.ts'
import { plan } from './op.ts'
import { addRoute } from './route.ts'
import { readSysctl, writeSysctl } from './sysctl.ts'
import { type Context, withRoute } from './target.ts'
import { waitForAddress, waitForLink } from './wait.ts'

/** The sandbox cannot be made here; nothing was changed. */
export class SandboxError extends Error {
  readonly code = 'ERR_SANDBOX'
  override readonly name = 'SandboxError'
}

export interface SandboxOptions extends Context {
  /** Whether the host has `eth0` and an outside world to talk to. On unless told. */
  readonly uplink?: boolean
}

/** A disposable host, which this process has become. It ends with the process. */
export interface Sandbox {
  /** Whether it lives in a user namespace, where its root is nobody special outside. */
  readonly unprivileged: boolean
  /** The outside world: a namespace without a name, which only this process holds. Undefined without an uplink. */
  readonly outside: Namespace | undefined
}

/** The addresses of the sandbox's uplink and of those outside that answer. */
export const uplink = {
  link: 'eth0',
  address: '172.17.0.2/16',
  gateway: '172.17.0.1',
  /** Those on the uplink's network, the gateway among them. */
  neighbours: ['172.17.0.1/16', '172.17.0.3/16'],
  /** A host on the internet. */
  faraway: '8.8.8.8/32',
} as const

/** Tells the program that is started anew that it is, so that it does not do so for ever. */
const MARK = 'IPTS_SANDBOX'

let entered: Sandbox | undefined
let entering: Promise<Sandbox> | undefined

/** The sandbox that this process has become; undefined when it has not. */
export function currentSandbox(): Sandbox | undefined {
  return entered
}

/**
 * Turns this process into a disposable host: network and mount namespaces of its own, an empty /run (and so its own /run/netns), /sys of
 * its own network, `lo` up, and, unless told otherwise, `eth0` (172.17.0.2/16, default route via 172.17.0.1) to a made-up outside world in
 * which 172.17.0.1, 172.17.0.3 and 8.8.8.8 answer. The machine is not touched, and nothing survives the process, however it ends.
 *
 * For a process that is devoted to it, before it does anything else: there is no way back. Only the main thread moves, and what it does
 * synchronously or starts as a child process is inside. Asynchronous fs and dns calls run on threads that are not, and neither are
 * worker threads. A second call returns the first one's sandbox.
 *
 * Without the privileges the process is replaced by itself (`process.execPath`, with the same arguments) under `unshare -Urnm` of
 * util-linux, in a user namespace of its own: nothing that was done before this call should be such that it must not be done twice.
 * @throws SandboxError when the system forbids it, with the reason; SystemError
 */
export async function enterSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  entering ??= enter(options)
  try {
    return await entering
  } catch (error) {
    entering = undefined
    throw error
  }
}

async function enter(options: SandboxOptions): Promise<Sandbox> {
  const unsupported = unsupportedReason()
  if (unsupported !== undefined) throw new SandboxError(unsupported)
  if (!isMainThread) throw new SandboxError('a sandbox can only be entered by the main thread')
  const missing = missingCapabilities()
  if (missing.length > 0) await startAnew(missing)
  const unprivileged = env[MARK] !== undefined
  // What is started from here may want a sandbox of its own.
  delete env[MARK]
  becomeDisposable()
  beNoRouter()
  const outside = options.uplink === false ? undefined : newNamespace()
  await setUp({ link: 'lo' }).do(options)
  if (outside !== undefined) await connect(outside, options)
  entered = { unprivileged, outside }
  return entered
}

function becomeDisposable(): void {
  const before = [currentIdentity('net').ino, currentIdentity('mnt').ino]
  try {
    unshare(CLONE_NEWNET | CLONE_NEWNS)
  } catch (error) {
    if (error instanceof SystemError) throw new SandboxError(`the system forbids new namespaces: ${error.message}`)
    throw error
  }
  // From here on mounts stay here, for /run and /run/netns are about to become others.
  mount(null, '/', null, MS_REC | MS_PRIVATE)
  if (before[0] === currentIdentity('net').ino || before[1] === currentIdentity('mnt').ino) {
    throw new SandboxError('this thread is still in the namespaces of the machine')
  }
  mount('tmpfs', '/run', 'tmpfs', MS_NOSUID | MS_NODEV, 'mode=755')
  mkdirSync('/run/lock')
  try {
    mount('sysfs', '/sys', 'sysfs', 0)
  } catch (error) {
    // A container that covers parts of /sys does not let it be mounted anew. Nothing here needs it.
    if (!(error instanceof SystemError && error.code === 'EPERM')) throw error
  }
}

/** A new namespace takes its IPv4 parameters from the machine's (devconf_inherit_init_net), which may be a router. */
function beNoRouter(): void {
  try {
    if (readSysctl('net.ipv4.ip_forward') !== '0') writeSysctl('net.ipv4.ip_forward', 0)
  } catch (error) {
    // A container whose /proc/sys is read-only.
    if (!(error instanceof SystemError)) throw error
  }
}

/** A namespace that a descriptor alone holds. */
function newNamespace(): Namespace {
  return new Namespace(withNewNamespace(() => openSync('/proc/thread-self/ns/net', 'r')))
}

async function connect(outside: Namespace, context: Context): Promise<void> {
  const { link, address, gateway, neighbours, faraway } = uplink
  await createVethPair({ name: link, peer: { name: 'world', netns: outside } }).do(context)
  trustOwnAddress(link)
  await plan('connect the sandbox to its outside world', [
    setUp({ link: 'lo', netns: outside }),
    addAddress({ link: 'lo', address: faraway, netns: outside }),
    ...neighbours.map((neighbour) => addAddress({ link: 'world', address: neighbour, broadcast: '+', netns: outside })),
    setUp({ link: 'world', netns: outside }),
    addAddress({ link, address, broadcast: '+' }),
    setUp({ link }),
    addRoute({ dst: 'default', via: gateway }),
  ]).do(context)
  await settle(link, context)
}

/** Nobody else is at the other end: the IPv6 address need not wait for a second to see whether anybody objects to it. */
function trustOwnAddress(link: string): void {
  try {
    writeSysctl(`net/ipv6/conf/${link}/accept_dad`, 0)
  } catch (error) {
    // No IPv6, or a container whose /proc/sys is read-only: then it waits.
    if (!(error instanceof SystemError)) throw error
  }
}

/** Even an address that need not be tried out is ready only when a worker of the kernel has had the RTNL lock (addrconf_dad_work). */
const PATIENCE = 20_000

/** What the kernel does by itself about a new link is over, so that whatever changes from then on was done by somebody. */
async function settle(link: string, context: Context): Promise<void> {
  const patient = { ...context, timeout: PATIENCE }
  await withRoute(undefined, context, async (route) => {
    await waitForLink(route, { name: link, operstate: 'up' }, patient)
    if (readOrEmpty(`/proc/sys/net/ipv6/conf/${link}/disable_ipv6`) !== '0') return
    await waitForAddress(route, { link, family: 'inet6', scope: 'link' }, patient)
  })
}

// capabilities(7)
const needed = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n, CAP_SYS_ADMIN: 21n }

function missingCapabilities(): string[] {
  const effective = /^CapEff:\s+(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return Object.entries(needed)
    .filter(([, bit]) => !((BigInt(`0x${effective}`) >> bit) & 1n))
    .map(([name]) => name)
}

/** Replaces this process by itself in a user namespace, which only a process of one thread can make. */
async function startAnew(missing: readonly string[]): Promise<never> {
  const without = `without ${missing.join(', ')} (user ${geteuid?.()})`
  if (env[MARK] !== undefined) throw new SandboxError(`started in a user namespace, and yet ${without}`)
  const refusal = await whyNoUserNamespace()
  if (refusal !== undefined) throw new SandboxError(`${without} a sandbox needs a user namespace: ${refusal}${hint()}`)
  env[MARK] = 'user'
  for (const fd of [0, 1, 2]) restoreStandardStream(fd)
  execvp('unshare', ['unshare', '-Urnm', '--', execPath, ...execArgv, ...argv.slice(1)])
}

/** Tries it with a program that does nothing: after `execvp` nobody would be left to explain. */
function whyNoUserNamespace(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('unshare', ['-Urnm', 'true'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const answer = (why: string | undefined) => {
      clearTimeout(timer)
      resolve(why)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      child.unref()
      answer('it takes too long')
    }, 10_000)
    let words = ''
    child.stderr.on('data', (data) => {
      words += data
    })
    child.on('error', (error: NodeJS.ErrnoException) =>
      answer(error.code === 'ENOENT' ? 'unshare (of util-linux) is not installed' : error.message),
    )
    child.on('close', (status) => {
      answer(status === 0 ? undefined : words.trim().split('\n')[0] || `unshare ended with status ${status}`)
    })
  })
}

/** What usually forbids it. */
function hint(): string {
  const settings = [
    ['/proc/sys/user/max_user_namespaces', '0', 'user.max_user_namespaces is 0'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0', 'kernel.unprivileged_userns_clone is 0'],
    [
      '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
      '1',
      'kernel.apparmor_restrict_unprivileged_userns is 1',
    ],
  ] as const
  const found = settings.filter(([path, forbidding]) => readOrEmpty(path) === forbidding).map(([, , words]) => words)
  return found.length === 0 ? '' : ` (${found.join(', ')})`
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** node makes its standard streams close-on-exec and may have made them non-blocking; its successor needs them as they were. */
function restoreStandardStream(fd: number): void {
  try {
    setCloseOnExec(fd, false)
    setNonBlocking(fd, false)
  } catch (error) {
    if (!(error instanceof SystemError && error.code === 'EBADF')) throw error
  }
}
