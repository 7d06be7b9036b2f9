import { errnoMessage, SystemError } from '../../../libc/index.ts'
import { watchSync } from '../../../netns/index.ts'
import { CommandFailure, type Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'

/** `ip netns monitor`: tells of names that come and go until it is ended. */
export const monitor: Run<Session> = ({ out, options, complain }) => {
  try {
    for (const { change, name } of watchSync()) {
      if (name === undefined) {
        complain('Names were lost: more came and went than the kernel keeps.')
        if (!options.json) continue
      }
      out.write(options.json ? `${JSON.stringify({ change, name })}\n` : `${change} ${name}\n`)
      out.flush()
    }
    return 0
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new CommandFailure(`${error.syscall} failed: ${errnoMessage(error.errno)}`, 1)
  }
}
