import process from 'node:process'
import { ENOSYS, SystemError } from './errno.ts'
import { checked, ffi, foreign } from './library.ts'
import { close } from './socket.ts'

const c = foreign<(number: number, command: number, attributes: Uint8Array, size: number) => number | bigint>(
  'long syscall(long, long, void *, long)',
)

// bpf(2) has no function in libc: its number, by architecture (asm/unistd.h).
const NUMBERS: Readonly<Record<string, number>> = { x64: 321, arm64: 280, riscv64: 280, loong64: 280, ppc64: 361 }
const BPF_PROG_LOAD = 5
const BPF_PROG_ATTACH = 8
const BPF_PROG_GET_FD_BY_ID = 13
const BPF_OBJ_GET_INFO_BY_FD = 15
/** Of union bpf_attr (linux/bpf.h), up to what is used. */
const LOAD_SIZE = 48
const ATTACH_SIZE = 16
const ASK_SIZE = 16
/** Of struct bpf_prog_info. */
const INFO_SIZE = 136

function bpf(command: number, attributes: Uint8Array): number {
  const number = NUMBERS[process.arch]
  if (number === undefined) throw new SystemError(ENOSYS, 'bpf')
  return checked(c.sync(number, command, attributes, attributes.length), 'bpf')
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

/** What the kernel says of a BPF program. */
export interface ProgramInfo {
  readonly name: string
  /** A hash of its instructions, in hexadecimal. */
  readonly tag: string
  readonly jited: boolean
  /** Nanoseconds since boot. */
  readonly loadTime: bigint
  /** The user who loaded it. */
  readonly uid: number
  /** The id of its type information; 0 for none. */
  readonly btfId: number
}

/**
 * Asks for a BPF program by its id.
 * @throws SystemError 'ENOENT' where there is none, 'EPERM' without CAP_SYS_ADMIN
 */
export function programInfo(id: number): ProgramInfo {
  const attributes = new Uint8Array(ASK_SIZE)
  const view = new DataView(attributes.buffer)
  view.setUint32(0, id, true)
  const fd = bpf(BPF_PROG_GET_FD_BY_ID, attributes)
  try {
    const info = new Uint8Array(INFO_SIZE)
    view.setUint32(0, fd, true)
    view.setUint32(4, info.length, true)
    view.setBigUint64(8, ffi().address(info), true)
    bpf(BPF_OBJ_GET_INFO_BY_FD, attributes)
    return readInfo(info)
  } finally {
    close(fd)
  }
}

function readInfo(info: Uint8Array): ProgramInfo {
  const view = new DataView(info.buffer)
  return {
    tag: Buffer.from(info.subarray(8, 16)).toString('hex'),
    jited: view.getUint32(16, true) !== 0,
    loadTime: view.getBigUint64(40, true),
    uid: view.getUint32(48, true),
    name: new TextDecoder().decode(info.subarray(64, 80)).replace(/\0.*/s, ''),
    btfId: view.getUint32(128, true),
  }
}
