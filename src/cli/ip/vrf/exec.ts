import process from 'node:process'
import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { become, exec as execIn } from '../../../netns/index.ts'
import { joinVrf } from '../../../ops/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { explained, vrfIndex } from './failure.ts'

/** `ip vrf exec`: this process becomes the program, tied to the VRF. */
export const exec: Run<Session> = async (session, words) => {
  const [name, ...argv] = words.rest()
  if (name === undefined) throw new CommandFailure('No VRF name specified', 1)
  if (argv.length === 0) throw new CommandFailure('No command specified', 1)
  const { namespace } = session
  session.out.flush()
  if (session.options.batch !== undefined) return runAlong(name, argv)
  const index = name === 'default' ? 0 : vrfIndex(session, name)
  if (index === 0 && name !== 'default') throw new CommandFailure('Invalid VRF name', 255)
  explained(() => joinVrf(index === 0 ? undefined : { name, index }, namespace?.name), 255)
  try {
    return namespace === undefined ? become(argv) : execIn(namespace, argv)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`exec of "${argv[0]}" failed: ${errnoMessage(error.errno)}`, 1)
  }
}

/** A batch goes on after the program. */
async function runAlong(name: string, argv: readonly string[]): Promise<number> {
  const { spawnSync } = await import('node:child_process')
  const self = [...process.execArgv, process.argv[1]!]
  const { status } = spawnSync(process.execPath, [...self, 'vrf', 'exec', name, ...argv], { stdio: 'inherit' })
  if (status === null) throw new CommandFailure('', 1, { ends: true })
  return status
}
