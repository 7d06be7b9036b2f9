import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { run } from '../../../netns/index.ts'
import { CommandFailure } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** Runs an ioctl in the command's namespace. */
export function within<T>({ namespace }: Session, action: () => T): T {
  return namespace === undefined ? action() : run(namespace, action)
}

/** The same; a refusal ends the command, in the words of `ip tunnel`. Throws CommandFailure. */
export function attempt<T>(session: Session, what: string, action: () => T): T {
  try {
    return within(session, action)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`${what} failed: ${errnoMessage(error.errno)}`, 1)
  }
}

/** The same for one of several: a refusal is said, and gives undefined. `silent` errors are not said. */
export function tolerate<T>(
  session: Session,
  what: string,
  action: () => T,
  ...silent: readonly string[]
): T | undefined {
  try {
    return within(session, action)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (!silent.includes(error.code)) session.complain(`${what} failed: ${errnoMessage(error.errno)}`)
    return undefined
  }
}
