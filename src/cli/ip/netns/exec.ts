import { readFileSync } from 'node:fs'
import process from 'node:process'
import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { exec as execIn, list } from '../../../netns/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import { openNamespace } from '../../namespace.ts'
import type { Session } from '../../session.ts'

/** `ip netns exec`: this process becomes the program; with `-all`, the program runs in each namespace in turn. */
export const exec: Run<Session> = (session, words) => {
  const { options } = session
  if (!options.all && words.done) throw new CommandFailure('No netns name specified', 1)
  const argv = words.rest()
  const name = options.all ? undefined : argv.shift()
  const [program] = argv
  if (program === undefined) throw new CommandFailure('No command specified', 1)
  if (name === undefined) return execInAll(session, argv)
  if (options.batch !== undefined) return runAlong(session, name, argv)
  return isTied() ? leaveVrf().then(() => become(session, name, argv)) : become(session, name, argv)
}

/** Whether `ip vrf exec` has tied this process to a VRF, which the other namespace does not have. */
function isTied(): boolean {
  try {
    return readFileSync('/proc/self/cgroup', 'latin1').includes('/vrf/')
  } catch {
    return false
  }
}

/** What fails here is no reason not to go on, as iproute2 sees it. */
async function leaveVrf(): Promise<void> {
  const { joinVrf, VrfError } = await import('../../../ops/index.ts')
  try {
    joinVrf()
  } catch (error) {
    if (!(error instanceof VrfError || error instanceof SystemError)) throw error
  }
}

function become({ out, complain }: Session, name: string, argv: readonly string[]): never {
  using namespace = openNamespace(name)
  out.flush()
  try {
    return execIn(namespace, argv, {
      warn(_message, { source, target, error: { errno } }) {
        complain(`Bind ${source} -> ${target} failed: ${errnoMessage(errno)}`)
      },
    })
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const text = `${stepOf(error, argv)} failed: ${errnoMessage(error.errno)}`
    throw new CommandFailure(text, error.syscall === 'execvp' ? 1 : 255)
  }
}

/** What failed, as ip calls it. */
function stepOf({ syscall, path }: SystemError, [program]: readonly string[]): string {
  if (syscall === 'execvp') return `exec of "${program}"`
  if (syscall !== 'mount') return syscall
  return path === '/sys' ? 'mount of /sys' : '"mount --make-rslave /"'
}

/** A batch goes on after the program. */
async function runAlong({ out }: Session, name: string, argv: readonly string[]): Promise<number> {
  out.flush()
  const { status } = await execElsewhere(name, argv)
  if (status === null) throw new CommandFailure('', 1, { ends: true })
  return status
}

/** A process can become one program only, so each namespace gets an ipts of its own that does. */
async function execInAll({ out }: Session, argv: readonly string[]): Promise<number> {
  for (const name of list()) {
    out.write(`\nnetns: ${name}\n`)
    out.flush()
    await execElsewhere(name, argv)
  }
  return 0
}

async function execElsewhere(name: string, argv: readonly string[]): Promise<{ readonly status: number | null }> {
  const { spawnSync } = await import('node:child_process')
  const self = [...process.execArgv, process.argv[1]!]
  return spawnSync(process.execPath, [...self, 'netns', 'exec', name, ...argv], { stdio: 'inherit' })
}
