import { endianness } from 'node:os'
import process from 'node:process'
import type * as Koffi from 'koffi'
import { SystemError } from './errno.ts'
import { loadKoffi } from './koffi.ts'

/** The first system call on a machine where there is nothing to call: not Linux, big-endian, or not 64 bits wide. */
export class UnsupportedPlatformError extends Error {
  readonly code = 'ERR_UNSUPPORTED_PLATFORM'
  override readonly name = 'UnsupportedPlatformError'
}

/** A function of the C library: `sync` calls it here, `async` on a thread of libuv's pool. */
export interface Foreign<Call extends (...args: never[]) => unknown> {
  readonly sync: Call
  readonly async: (...args: [...Parameters<Call>, (error: unknown, result: ReturnType<Call>) => void]) => void
}

// Struct layouts and constants below are those of the kernel's generic ABI, which these share.
const architectures = new Set(['x64', 'arm64', 'riscv64', 'loong64', 'ppc64'])

/** Why system calls cannot be made here, or undefined where they can. Loads nothing. */
export function unsupportedReason(): string | undefined {
  const { platform, arch } = process
  if (platform !== 'linux') return `ipts talks to the Linux kernel, and this is ${platform}`
  if (endianness() !== 'LE' || !architectures.has(arch))
    return `ipts needs a 64-bit little-endian machine, and this is ${arch} (${endianness()})`
  return undefined
}

let loaded: { koffi: typeof Koffi; libc: Koffi.LibraryHandle } | undefined

function load() {
  if (loaded) return loaded
  const reason = unsupportedReason()
  if (reason) throw new UnsupportedPlatformError(reason)
  const koffi = loadKoffi()
  // No file name: the C library that node itself runs on, glibc or musl.
  loaded = { koffi, libc: koffi.load(null) }
  return loaded
}

/** The FFI itself, loaded at the first use so that importing this package costs and needs nothing. */
export function ffi(): typeof Koffi {
  return load().koffi
}

/**
 * Declares a C function by its prototype. It is looked up at the first use: a declaration costs 20 us, and a short
 * command uses few of them.
 */
export function foreign<Call extends (...args: never[]) => unknown>(prototype: string): Foreign<Call> {
  const resolve = (): Koffi.KoffiFunc<Call> => load().libc.func(prototype) as unknown as Koffi.KoffiFunc<Call>
  const self: { sync: Call; async: Foreign<Call>['async'] } = {
    sync: ((...args: Parameters<Call>) => {
      self.sync = resolve()
      return self.sync(...args)
    }) as unknown as Call,
    async: (...args) => {
      self.async = resolve().async
      self.async(...args)
    },
  }
  return self
}

/**
 * errno as the last call left it. Must be read straight after the call, and in an asynchronous call's callback before
 * anything else.
 */
export function lastErrno(): number {
  return load().koffi.errno()
}

/** What the last call gave; throws SystemError where that is negative. Must be called straight after it, as `lastErrno`. */
export function checked(result: number | bigint, syscall: string): number {
  if (result < 0) throw new SystemError(lastErrno(), syscall)
  return Number(result)
}
