import { readFileSync } from 'node:fs'
import process from 'node:process'
import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { VrfError, vrfOf, vrfProcesses } from '../../../ops/index.ts'
import { CommandFailure, cNumber, type Run, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { explained, vrfIndex } from './failure.ts'

/** `ip vrf identify`: the VRF of a process, or of this one. */
export const identify: Run<Session> = ({ out }, words) => {
  if (words.left > 1) throw wrong(words.following ?? '', 'Extra arguments specified\n')
  const pid = words.done ? process.pid : cNumber(words.current, 0, 0xffffffff, 10)
  if (pid === undefined) throw wrong(words.current, 'Invalid pid\n')
  try {
    const name = vrfOf(pid)
    if (name !== undefined) out.write(`${name}\n`)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`Failed to lookup vrf association: ${errnoMessage(error.errno)}`, 1)
  }
  return 0
}

function commandOf(pid: number): string {
  try {
    return /^Name:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? ''
  } catch {
    return '<terminated?>'
  }
}

/** A hierarchy that cannot be read ends the command without a word. */
function processes({ namespace }: Session, name: string): number[] {
  try {
    return vrfProcesses(name, namespace?.name)
  } catch (error) {
    if (error instanceof VrfError && error.step === 'directory') throw new CommandFailure('', 1)
    return explained(() => {
      throw error
    }, 1)
  }
}

/** `ip vrf pids`: the processes of a VRF, with their names. */
export const pids: Run<Session> = (session, words) => {
  if (words.left !== 1) throw new CommandFailure('Invalid arguments', 1)
  const name = words.current
  if (vrfIndex(session, name) === 0) throw new CommandFailure('Invalid VRF name', 1)
  for (const pid of processes(session, name)) {
    session.out.write(`${String(pid).padStart(5)}  ${commandOf(pid)}\n`)
  }
  return 0
}
