import { closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { asSystemError, attachProgram, close, loadProgram, mount, SystemError } from '../libc/index.ts'
import { identify } from '../netns/index.ts'

/** What of joining a VRF did not work. */
export type VrfStep = 'mount' | 'directory' | 'open' | 'program' | 'attach' | 'join'

/** A process could not be tied to a VRF. `cause` is the SystemError of the step. */
export class VrfError extends Error {
  override readonly name = 'VrfError'
  readonly code = 'ERR_VRF'
  readonly step: VrfStep
  override readonly cause: SystemError
  /** The directory that could not be made. */
  readonly path: string | undefined

  constructor(step: VrfStep, cause: SystemError, path?: string) {
    super(`cannot tie this process to a VRF (${step}): ${cause.message}`)
    this.step = step
    this.cause = cause
    this.path = path
  }
}

// linux/bpf.h
const BPF_PROG_TYPE_CGROUP_SOCK = 9
const BPF_CGROUP_INET_SOCK_CREATE = 2
const MOUNT_POINT = '/var/run/cgroup2'

function attempt<T>(step: VrfStep, action: () => T): T {
  try {
    return action()
  } catch (error) {
    const cause = asSystemError(error)
    throw cause instanceof SystemError ? new VrfError(step, cause) : error
  }
}

/** Directory by directory: Node's own way (`recursive`) never ends where sysfs says ENOENT of a directory in one that is there. */
function makeDirectories(path: string): void {
  const names = path.split('/')
  for (const [i, name] of names.entries()) {
    if (name === '') continue
    const directory = names.slice(0, i + 1).join('/')
    try {
      mkdirSync(directory, 0o755)
    } catch (error) {
      const cause = asSystemError(error)
      if (!(cause instanceof SystemError)) throw error
      if (cause.code !== 'EEXIST') throw new VrfError('directory', cause, directory)
    }
  }
}

/** Where the second version of cgroups is mounted; mounts it where it is not. Throws VrfError. */
function controlGroups(): string {
  const found = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, , type]) => type === 'cgroup2')?.[1]
  if (found !== undefined) return found
  attempt('directory', () => mkdirSync(MOUNT_POINT, { recursive: true, mode: 0o755 }))
  try {
    mount('none', MOUNT_POINT, 'cgroup2', 0)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    // Busy: it is mounted already.
    if (error.code !== 'EBUSY') throw new VrfError('mount', error)
  }
  return MOUNT_POINT
}

/** The control group of a process without controllers, `/a/b`. */
function groupOf(pid: number): string {
  try {
    return /^[^\n]*?::(\/.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1] ?? ''
  } catch (error) {
    throw asSystemError(error)
  }
}

/** The directory's name for a namespace, or the one that this process is in; empty where that has no name. */
function namespaceDirectory(name = identify().at(-1)): string {
  return name === undefined ? '' : `${name}-ns`
}

/**
 * The VRF that a process has been tied to, by the name of its control group; undefined for none.
 * @throws SystemError where there is no such process
 */
export function vrfOf(pid: number = process.pid): string | undefined {
  return /\/vrf\/(.+)$/.exec(groupOf(pid))?.[1]
}

/**
 * The processes that are tied to a VRF of a network namespace: this one, or a named one.
 * @throws VrfError, SystemError
 */
export function vrfProcesses(name: string, netns?: string): number[] {
  const namespace = namespaceDirectory(netns)
  const found: number[] = []
  const walk = (path: string) => {
    for (const entry of attempt('directory', () => readdirSync(path, { withFileTypes: true }))) {
      if (!entry.isDirectory()) continue
      if (entry.name !== 'vrf') walk(`${path}/${entry.name}`)
      else if (namespace === '' || path.endsWith(`/${namespace}`)) found.push(...processesOf(`${path}/vrf/${name}`))
    }
  }
  walk(controlGroups())
  return found
}

function processesOf(group: string): number[] {
  try {
    return readFileSync(`${group}/cgroup.procs`, 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/**
 * Ties this process, and what it starts, to a VRF: a program on a control group of its own binds each new socket to the VRF's link.
 * That is how `ip vrf exec` does it, and where `ip vrf identify` looks. Without a VRF the process is untied.
 * `netns` is the name of the namespace that has the VRF, where that is not this one.
 * @throws VrfError, SystemError
 */
export function joinVrf(vrf?: { readonly name: string; readonly index: number }, netns?: string): void {
  const root = controlGroups()
  const namespace = namespaceDirectory(netns)
  let base = groupOf(process.pid).replace(/\/vrf.*$/, '')
  if (namespace !== '' && base.endsWith(`/${namespace}`)) base = base.slice(0, -namespace.length - 1)
  const path = [root, base === '/' ? '' : base, namespace === '' ? '' : `/${namespace}`, '/vrf/', vrf?.name ?? ''].join(
    '',
  )
  makeDirectories(path)
  if (vrf !== undefined) bindSockets(path, vrf.index)
  attempt('join', () => writeFileSync(`${path}/cgroup.procs`, String(process.pid), { flag: 'a' }))
}

function bindSockets(path: string, index: number): void {
  const group = attempt('open', () => openSync(path, constants.O_RDONLY | constants.O_DIRECTORY))
  try {
    const program = attempt('program', () => loadProgram(BPF_PROG_TYPE_CGROUP_SOCK, binding(index), 'GPL'))
    try {
      attempt('attach', () => attachProgram(program, group, BPF_CGROUP_INET_SOCK_CREATE))
    } finally {
      close(program)
    }
  } finally {
    closeSync(group)
  }
}

/** `socket.bound_dev_if = index; return 1`: struct bpf_insn is opcode, registers, offset, immediate. */
function binding(index: number): Uint8Array {
  const instructions: readonly (readonly [opcode: number, registers: number, immediate: number])[] = [
    [0xb7, 0x03, index],
    [0x63, 0x31, 0],
    [0xb7, 0x00, 1],
    [0x95, 0x00, 0],
  ]
  const bytes = new Uint8Array(instructions.length * 8)
  const view = new DataView(bytes.buffer)
  for (const [i, [opcode, registers, immediate]] of instructions.entries()) {
    view.setUint8(i * 8, opcode)
    view.setUint8(i * 8 + 1, registers)
    view.setInt32(i * 8 + 4, immediate, true)
  }
  return bytes
}
