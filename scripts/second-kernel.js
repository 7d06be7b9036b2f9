#!/usr/bin/env node
// Runs a command as root under a second Linux: Debian's User-Mode Linux, a kernel that is an ordinary process. It has kinds of
// links that this machine's kernel may lack, and what goes wrong in it stays in it.
//
//   node scripts/second-kernel.js [--timeout S] [--modules a,b] [--writable DIR] [--memory 2G] -- COMMAND ARG…
//
// The files of this machine are its root, read-only; /tmp, /run and /dev/shm are its own and empty, and a --writable
// directory is this machine's. Modules are loaded when the kernel asks for them, without touching /lib/modules here.
// Needs neither root nor /dev/kvm. Debian: apt-get install user-mode-linux kmod

import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = join(dirname(fileURLToPath(import.meta.url)), '..')
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const moduleRoot = '/usr/lib/uml/modules'

function findProgram(name) {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...systemPath.split(':')].filter(isAbsolute)
  return directories.map((directory) => join(directory, name)).find((file) => existsSync(file))
}

/** Why there is no second kernel here, or undefined. That it boots is known only when it has. */
export function noSecondKernelReason() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'User-Mode Linux needs Linux on x86-64'
  if (findProgram('linux.uml') === undefined) return 'user-mode-linux is not installed'
  if (findProgram('modprobe') === undefined) return 'kmod is not installed'
  if (!existsSync(moduleRoot)) return `the modules of user-mode-linux are not in ${moduleRoot}`
  return undefined
}

/**
 * User-Mode Linux keeps a process's floating point registers in 0xa88 bytes and writes them back with a PTRACE_SETREGSET of
 * that length. A CPU with AMX has more, and its kernel refuses a shorter write ("ptrace set fp regs failed, errno =
 * 14"). This changes the length in a copy of the program. The kernel then reads as much as it wants, into memory behind the
 * buffer, and uses none of that: XSTATE_BV in the buffer's header says that there is no AMX state.
 * Returns undefined where the program is not as expected.
 */
function withLongerRegisterSet(program) {
  // mov $NT_X86_XSTATE,%edx; … movq $0xa88,-8(%rbp); mov $PTRACE_SETREGSET,%edi
  const [kind, length, request] = ['ba02020000', '880a0000', 'bf05420000'].map((hex) => Buffer.from(hex, 'hex'))
  const sites = []
  const call = Buffer.concat([length, request])
  for (let at = program.indexOf(call); at >= 0; at = program.indexOf(call, at + 1)) {
    if (program.subarray(at - 32, at).includes(kind)) sites.push(at)
  }
  if (sites.length !== 1) return undefined
  const copy = Buffer.from(program)
  copy.writeUInt32LE(0x4000, sites[0])
  return copy
}

const registerFailure = 'ptrace set fp regs failed'

const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`

/** The first process of the second kernel. */
function initScript(scratch, command, { modules, writable, covered, cwd, env, timeout }) {
  const hidden = [cwd, repository, dirname(process.execPath)]
    .map((directory) => realpathSync(directory))
    .filter((directory) => /^\/(tmp|run)\//.test(directory))
  const exports = Object.entries({
    PATH: `${dirname(process.execPath)}:${systemPath}`,
    HOME: '/tmp',
    LC_ALL: 'C.UTF-8',
    ...env,
  })
  const load = `modprobe -d /run/second-kernel/root`
  return `#!/bin/sh
${exports.map(([name, value]) => `export ${name}=${quoted(value)}`).join('\n')}
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/second-kernel /run/lock
mount -t hostfs -o ${quoted(scratch)} none /run/second-kernel
exec >/run/second-kernel/init.log 2>&1
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ln -s /proc/self/fd /dev/fd
${hidden.map((path) => `mkdir -p ${quoted(path)}; mount -t hostfs -o ro,${quoted(path)} none ${quoted(path)}`).join('\n')}
${writable.map((path) => `mkdir -p ${quoted(path)}; mount -t hostfs -o ${quoted(path)} none ${quoted(path)}`).join('\n')}
${covered.map((path) => `mount -t tmpfs tmpfs ${quoted(path)}`).join('\n')}
# Tunnel modules would otherwise put devices of their own into every new namespace.
echo 2 >/proc/sys/net/core/fb_tunnels_only_for_init_net
echo /run/second-kernel/modprobe >/proc/sys/kernel/modprobe
${load} ipv6
${modules.map((module) => `${load} ${quoted(module)} || echo ${quoted(module)} >>/run/second-kernel/missing`).join('\n')}
(sleep ${Math.ceil(timeout / 1000) + 5}; echo o >/proc/sysrq-trigger) &
cd ${quoted(cwd)}
date +%s%3N >/run/second-kernel/booted
${command.map(quoted).join(' ')} >/run/second-kernel/stdout 2>/run/second-kernel/stderr </dev/null
echo $? >/run/second-kernel/status
sync
echo o >/proc/sysrq-trigger
sleep 10
`
}

/** Copies what a growing file has gained since the last look to a stream, or keeps it. */
class Follower {
  #file
  #position = 0
  #pieces = []
  #stream

  constructor(file, stream) {
    this.#file = file
    this.#stream = stream
    writeFileSync(file, '')
  }

  look() {
    const descriptor = openSync(this.#file, 'r')
    try {
      const gained = Buffer.alloc(fstatSync(descriptor).size - this.#position)
      const piece = gained.subarray(0, readSync(descriptor, gained, 0, gained.length, this.#position))
      this.#position += piece.length
      if (this.#stream) this.#stream.write(piece)
      else this.#pieces.push(piece)
    } finally {
      closeSync(descriptor)
    }
  }

  get text() {
    return Buffer.concat(this.#pieces).toString()
  }
}

/**
 * Boots, runs a command as root, and powers off.
 *
 * - `timeout`: milliseconds, boot included; `modules`: to be loaded beforehand;
 * - `writable`: directories of this machine that the command may write, at their own paths;
 * - `covered`: directories over which it sees an empty one of its own;
 * - `cwd`, `env`, `memory`; `inherit`: show the output as it comes instead of returning it.
 *
 * Returns `{ status, stdout, stderr, bootMilliseconds, missingModules }`, or `{ error }` with the reason when the command did not
 * come to its end.
 */
export async function runInSecondKernel(command, options = {}) {
  const reason = noSecondKernelReason()
  if (reason) return { error: reason }
  const settings = {
    timeout: 120_000,
    modules: [],
    cwd: process.cwd(),
    env: {},
    memory: '2G',
    inherit: false,
    ...options,
    writable: (options.writable ?? []).map((path) => resolve(path)),
    covered: (options.covered ?? []).map((path) => resolve(path)),
  }
  for (const path of [...settings.writable, ...settings.covered]) mkdirSync(path, { recursive: true })
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'ipts-second-kernel-'))
  try {
    const found = findProgram('linux.uml')
    const version = spawnSync(found, ['--version'], { encoding: 'utf8' }).stdout?.trim().split('\n').at(-1)
    const tree = readdirSync(moduleRoot).find((name) => name === version) ?? readdirSync(moduleRoot)[0]
    mkdirSync(join(scratch, 'root/lib/modules'), { recursive: true })
    symlinkSync(join(moduleRoot, tree), join(scratch, 'root/lib/modules', tree))
    const modprobe = `#!/bin/sh\nexec ${findProgram('modprobe')} -d /run/second-kernel/root "$@"\n`
    writeFileSync(join(scratch, 'modprobe'), modprobe, { mode: 0o755 })
    writeFileSync(join(scratch, 'init'), initScript(scratch, command, settings), { mode: 0o755 })
    const large = /^flags\s*:.*\bamx_tile\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))
    const first = large ? undefined : await boot(found, scratch, settings)
    if (first && !first.console.includes(registerFailure)) return first.result
    const changed = withLongerRegisterSet(readFileSync(found))
    if (changed === undefined) {
      return {
        error: `this CPU has more registers than User-Mode Linux saves, and ${found} is not a program known here`,
      }
    }
    writeFileSync(join(scratch, 'linux.uml'), changed, { mode: 0o755 })
    return (await boot(join(scratch, 'linux.uml'), scratch, settings)).result
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function boot(program, scratch, { timeout, memory, inherit }) {
  const started = Date.now()
  const stdout = new Follower(join(scratch, 'stdout'), inherit ? process.stdout : undefined)
  const stderr = new Follower(join(scratch, 'stderr'), inherit ? process.stderr : undefined)
  const consoleFile = join(scratch, 'console')
  const consoleDescriptor = openSync(consoleFile, 'w')
  const kernelArguments = [
    `mem=${memory}`,
    ...['rootfstype=hostfs', 'root=/dev/root', 'rootflags=/', 'ro', `init=${scratch}/init`],
    ...['con=null', 'con0=fd:0,fd:1', 'quiet', `uml_dir=${scratch}/`, 'umid=kernel'],
  ]
  // Of its own process group: what is ended is that, whole, and nothing else.
  const kernel = spawn(program, kernelArguments, {
    detached: true,
    stdio: ['ignore', consoleDescriptor, consoleDescriptor],
    env: { PATH: systemPath, HOME: scratch },
  })
  const end = () => {
    try {
      process.kill(-kernel.pid, 'SIGKILL')
    } catch {}
  }
  const endAndLeave = (signal) => {
    end()
    rmSync(scratch, { recursive: true, force: true })
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('exit', end)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, endAndLeave)
  let late = false
  const limit = setTimeout(() => {
    late = true
    end()
  }, timeout)
  const looking = setInterval(() => {
    stdout.look()
    stderr.look()
  }, 200)
  try {
    const failure = await new Promise((settle) => {
      kernel.on('error', settle)
      kernel.on('exit', () => settle(undefined))
    })
    end()
    stdout.look()
    stderr.look()
    const read = (name) => {
      try {
        return readFileSync(join(scratch, name), 'utf8')
      } catch {
        return ''
      }
    }
    const consoleText = read('console')
    const booted = Number(read('booted'))
    const output = { stdout: stdout.text, stderr: stderr.text, bootMilliseconds: booted ? booted - started : undefined }
    const fate = (error) => ({ console: consoleText, result: { ...output, error } })
    const last = `${consoleText}\n${read('init.log')}`.trim().split('\n').slice(-5).join(' | ')
    if (failure) return fate(`${program}: ${failure.message}`)
    if (late) return fate(`no end after ${timeout / 1000} s${booted ? '' : `, it did not boot: ${last}`}`)
    if (!booted) return fate(`it did not boot: ${last}`)
    if (read('status') === '') return fate(`it stopped before the command ended: ${last}`)
    const missingModules = read('missing').split('\n').filter(Boolean)
    return { console: consoleText, result: { status: Number(read('status')), ...output, missingModules } }
  } finally {
    closeSync(consoleDescriptor)
    clearTimeout(limit)
    clearInterval(looking)
    process.off('exit', end)
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, endAndLeave)
  }
}

async function main(args) {
  const separator = args.indexOf('--')
  const command = separator < 0 ? [] : args.slice(separator + 1)
  if (command.length === 0) throw new Error('second-kernel.js [--timeout S] [--modules a,b] -- COMMAND ARG…')
  const options = { inherit: true, writable: [] }
  for (let index = 0; index < separator; index += 2) {
    const [name, value] = args.slice(index, index + 2)
    if (name === '--timeout' && Number(value) > 0) options.timeout = Number(value) * 1000
    else if (name === '--modules') options.modules = value.split(',').filter(Boolean)
    else if (name === '--writable') options.writable.push(value)
    else if (name === '--memory') options.memory = value
    else throw new Error(`what is ${name} ${value}?`)
  }
  const { status, error, bootMilliseconds, missingModules } = await runInSecondKernel(command, options)
  if (bootMilliseconds !== undefined) console.error(`(booted in ${(bootMilliseconds / 1000).toFixed(1)} s)`)
  if (missingModules?.length) console.error(`(no module ${missingModules.join(', ')})`)
  if (error) throw new Error(`second kernel: ${error}`)
  process.exitCode = status
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message)
    process.exitCode = 125
  })
}
