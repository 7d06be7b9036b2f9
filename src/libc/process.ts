import { cstring } from './c-string.ts'
import { F_GETFD, F_GETFL, F_SETFD, F_SETFL, FD_CLOEXEC, O_NONBLOCK } from './constants.ts'
import { EINTR, SystemError } from './errno.ts'
import { checked, foreign, lastErrno } from './library.ts'

const c = {
  execvp: foreign<(file: string, argv: (string | null)[]) => number>('int execvp(str, str *)'),
  fcntl: foreign<(fd: number, command: number, type: 'int', argument: number) => number>('int fcntl(int, int, ...)'),
  signal: foreign<(signal: number, disposition: bigint) => bigint>('intptr_t signal(int, intptr_t)'),
  flock: foreign<(fd: number, operation: number) => number>('int flock(int, int)'),
  dup2: foreign<(from: number, to: number) => number>('int dup2(int, int)'),
}

/**
 * execvp(3): replaces the process by a program, looked for in PATH; descriptors that are close-on-exec do not reach it
 * (node marks 0, 1 and 2 so). Returns only by throwing.
 * @param argv the program's arguments, the first of which is its name
 * @throws SystemError ('ENOENT' when there is no such program), NulByteError
 */
export function execvp(file: string, argv: readonly string[]): never {
  const args = argv.map((arg, index) => cstring(arg, `argument ${index}`))
  c.execvp.sync(cstring(file, 'program name'), [...args, null])
  throw new SystemError(lastErrno(), 'execvp', file)
}

/**
 * fcntl(2) with an int argument.
 * @throws SystemError
 */
export function fcntl(fd: number, command: number, argument = 0): number {
  return checked(c.fcntl.sync(fd, command, 'int', argument), 'fcntl')
}

/**
 * Whether a descriptor is closed when a program is executed.
 * @throws SystemError
 */
export function setCloseOnExec(fd: number, close: boolean): void {
  const flags = fcntl(fd, F_GETFD)
  fcntl(fd, F_SETFD, close ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC)
}

/**
 * Whether reads and writes of a descriptor wait. The setting is shared with every process that has the file open.
 * @throws SystemError
 */
export function setNonBlocking(fd: number, nonBlocking: boolean): void {
  const flags = fcntl(fd, F_GETFL)
  const wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
  if (wanted !== flags) fcntl(fd, F_SETFL, wanted)
}

/**
 * signal(2) with SIG_DFL or SIG_IGN.
 * @throws SystemError
 */
export function signal(signal: number, disposition: number): void {
  if (Number(c.signal.sync(signal, BigInt(disposition))) === -1) throw new SystemError(lastErrno(), 'signal')
}

/**
 * dup2(2). The copy is not close-on-exec.
 * @throws SystemError
 */
export function dup2(from: number, to: number): void {
  checked(c.dup2.sync(from, to), 'dup2')
}

/**
 * flock(2): LOCK_EX waits until no other process holds the lock; with LOCK_NB it is EAGAIN instead. Starts again when a signal interrupts it.
 * @throws SystemError
 */
export function flock(fd: number, operation: number): void {
  while (c.flock.sync(fd, operation) < 0) {
    const errno = lastErrno()
    if (errno !== EINTR) throw new SystemError(errno, 'flock')
  }
}
