import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dup2, F_DUPFD_CLOEXEC, fcntl } from '../../libc/index.ts'

/**
 * Types a command of ip(8) in the sandbox, which needs no `ip` to be there: this process runs it, and what it would have printed is given
 * back. `sudo` makes no difference here, and `ip netns exec NAME ip …` is `ip -n NAME …`.
 * @throws RangeError for any other program
 */
export async function typeCommand(command: string): Promise<string> {
  const plain = command.replace(/^sudo /, '').replace(/^ip netns exec (\S+) ip /, 'ip -n $1 ')
  const [program, ...argv] = plain.split(' ')
  if (program !== 'ip' || plain.startsWith('ip netns exec ')) throw new RangeError(`cannot be typed here: ${command}`)
  const { run } = await import('../run.ts')
  // The sandbox's /run is in memory, and ends with it.
  const directory = mkdtempSync('/run/tutorial-')
  try {
    const file = join(directory, 'printed')
    await whileRedirected(file, () => run(program, argv))
    return readFileSync(file, 'utf8').trimEnd()
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** What is written to the descriptors 1 and 2 goes to a file: a command line writes to them directly. */
async function whileRedirected(file: string, action: () => Promise<unknown>): Promise<void> {
  const target = openSync(file, 'a')
  const kept = [1, 2].map((fd) => [fd, fcntl(fd, F_DUPFD_CLOEXEC, 3)] as const)
  try {
    for (const [fd] of kept) dup2(target, fd)
    await action()
  } finally {
    for (const [fd, copy] of kept) {
      dup2(copy, fd)
      closeSync(copy)
    }
    closeSync(target)
  }
}
