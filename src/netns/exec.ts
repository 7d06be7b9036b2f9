import { opendirSync, writeSync } from 'node:fs'
import {
  CLONE_NEWNET,
  CLONE_NEWNS,
  execvp,
  InvalidValueError,
  MNT_DETACH,
  MS_BIND,
  MS_RDONLY,
  MS_REC,
  MS_SLAVE,
  mount,
  mountFlags,
  SIG_DFL,
  SIGPIPE,
  SIGXFSZ,
  SystemError,
  setCloseOnExec,
  setNonBlocking,
  setns,
  signal,
  umount,
  unshare,
} from '../libc/index.ts'
import { Namespace, open } from './namespace.ts'

/** A file of /etc/netns/NAME that could not stand in for the one in /etc. */
export interface BindFailure {
  readonly source: string
  readonly target: string
  readonly error: SystemError
}

export interface ExecOptions {
  /** Told what could not be done though the program runs all the same; by default written to standard error. */
  warn?: (message: string, failure: BindFailure) => void
  /** Descriptors, besides 0, 1 and 2, that the program is to inherit. */
  keep?: readonly number[]
}

type Warn = NonNullable<ExecOptions['warn']>

/**
 * Replaces this process by a program inside a network namespace, as `ip netns exec` does: /sys shows that namespace,
 * and the files of /etc/netns/NAME stand in for those of the same name in /etc, in a mount namespace of the program's
 * own. Nothing of this process goes on, no `finally` and no exit handler.
 *
 * Returns only by throwing. From the moment the namespace was entered there is no way back, so the caller should report
 * the error and exit.
 * @param argv the program, looked for in PATH, and its arguments
 * @throws SystemError whose `syscall` says what failed ('execvp' when there is no such program), NulByteError
 * @throws InvalidNamespaceNameError, NotANamespaceError before anything was done
 */
export function exec(namespace: Namespace | string, argv: readonly string[], options: ExecOptions = {}): never {
  const [program] = argv
  if (program === undefined) throw new InvalidValueError('no program to execute')
  const handle = namespace instanceof Namespace ? namespace : open(namespace)
  enter(handle, options.warn ?? ((message) => writeSync(2, `${message}\n`)))
  return become(argv, options)
}

/**
 * Replaces this process by a program where it is, with the standard streams and signals that a program expects. Returns only by
 * throwing.
 * @throws SystemError, NulByteError
 */
export function become(argv: readonly string[], options: Pick<ExecOptions, 'keep'> = {}): never {
  const [program] = argv
  if (program === undefined) throw new InvalidValueError('no program to execute')
  for (const fd of [0, 1, 2]) restoreStandardStream(fd)
  for (const fd of options.keep ?? []) setCloseOnExec(fd, false)
  // node ignores these, which a program would inherit.
  signal(SIGPIPE, SIG_DFL)
  signal(SIGXFSZ, SIG_DFL)
  execvp(program, argv)
}

/**
 * Moves this thread into a network namespace for good, and into a new mount namespace that fits it; see `exec`.
 * @throws SystemError
 */
function enter(namespace: Namespace, warn: Warn): void {
  setns(namespace.fd, CLONE_NEWNET)
  unshare(CLONE_NEWNS)
  // Mounts of the machine still arrive here; those made here stay here.
  mount('', '/', 'none', MS_SLAVE | MS_REC)
  mountSysfs(namespace.name ?? 'netns')
  if (namespace.name !== undefined) bindConfiguration(namespace.name, warn)
}

/** A sysfs shows the network namespace of whoever mounted it. */
function mountSysfs(source: string): void {
  let flags = 0
  try {
    umount('/sys', MNT_DETACH)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    // It has to be covered instead, and a read-only one may not be covered by a writable one.
    flags = readOnlyFlag('/sys')
  }
  mount(source, '/sys', 'sysfs', flags)
}

function readOnlyFlag(path: string): number {
  try {
    return mountFlags(path) & MS_RDONLY
  } catch (error) {
    if (error instanceof SystemError) return 0
    throw error
  }
}

function bindConfiguration(name: string, warn: Warn): void {
  const source = `/etc/netns/${name}`
  let directory: ReturnType<typeof opendirSync>
  try {
    directory = opendirSync(source)
  } catch {
    // Most namespaces have none.
    return
  }
  try {
    for (let entry = directory.readSync(); entry; entry = directory.readSync()) {
      const [from, to] = [`${source}/${entry.name}`, `/etc/${entry.name}`]
      try {
        mount(from, to, 'none', MS_BIND)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        warn(`cannot mount ${from} on ${to}: ${error.message}`, { source: from, target: to, error })
      }
    }
  } finally {
    directory.closeSync()
  }
}

/** node makes its standard streams close-on-exec, and may have made them non-blocking, which a program does not expect. */
function restoreStandardStream(fd: number): void {
  try {
    setCloseOnExec(fd, false)
    setNonBlocking(fd, false)
  } catch (error) {
    if (!(error instanceof SystemError && error.code === 'EBADF')) throw error
  }
}
