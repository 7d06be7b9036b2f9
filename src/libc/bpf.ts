import process from 'node:process'
import { SystemError } from './errno.ts'
import { ffi, foreign, lastErrno } from './library.ts'

const c = foreign<(number: number, command: number, attributes: Uint8Array, size: number) => number | bigint>(
  'long syscall(long, long, void *, long)',
)

// bpf(2) has no function in libc: its number, by architecture (asm/unistd.h).
const NUMBERS: Readonly<Record<string, number>> = { x64: 321, arm64: 280, riscv64: 280, loong64: 280, ppc64: 361 }
const ENOSYS = 38
const BPF_PROG_LOAD = 5
const BPF_PROG_ATTACH = 8
/** Of union bpf_attr (linux/bpf.h), up to what is used. */
const LOAD_SIZE = 48
const ATTACH_SIZE = 16

function bpf(command: number, attributes: Uint8Array): number {
  const number = NUMBERS[process.arch]
  if (number === undefined) throw new SystemError(ENOSYS, 'bpf')
  const result = Number(c.sync(number, command, attributes, attributes.length))
  if (result < 0) throw new SystemError(lastErrno(), 'bpf')
  return result
}

/**
 * Loads a BPF program: instructions of eight bytes each. Returns its descriptor.
 * @throws SystemError
 */
export function loadProgram(type: number, instructions: Uint8Array, license: string): number {
  const text = new TextEncoder().encode(`${license}\0`)
  const attributes = new Uint8Array(LOAD_SIZE)
  const view = new DataView(attributes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, instructions.length / 8, true)
  view.setBigUint64(8, ffi().address(instructions), true)
  view.setBigUint64(16, ffi().address(text), true)
  return bpf(BPF_PROG_LOAD, attributes)
}

/**
 * Attaches a program to what another descriptor is of, such as a cgroup.
 * @throws SystemError
 */
export function attachProgram(program: number, target: number, type: number): void {
  const attributes = new Uint8Array(ATTACH_SIZE)
  const view = new DataView(attributes.buffer)
  view.setUint32(0, target, true)
  view.setUint32(4, program, true)
  view.setUint32(8, type, true)
  bpf(BPF_PROG_ATTACH, attributes)
}
