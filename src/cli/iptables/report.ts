import { BadArgument, WrongFamily } from './arguments.ts'
import { CommandRefused, errorText, IptablesError, PROBLEMS, tryHelp } from './failure.ts'
import type { Session } from './session.ts'

/** An error that is said as it is. */
export class Plain extends Error {
  override readonly name = 'Plain'
}

/** `-h` and `-V` end everything, even within a file. */
export class Finished extends Error {
  override readonly name = 'Finished'
}

/** Says what went wrong and gives the exit status. What nobody foresaw is thrown on. */
export function report(error: unknown, session: Session, program: string, line?: number): number {
  if (error instanceof IptablesError) {
    session.warn(errorText(program, error, line))
    return PROBLEMS[error.problem]
  }
  if (error instanceof CommandRefused) {
    const hint = error.hint ? " Run `dmesg' for more information." : ''
    session.warn(
      error.line === undefined
        ? `${program}: ${error.message}.${hint}\n`
        : `${program}: line ${error.line} failed: ${error.message}.\n`,
    )
    return 1
  }
  if (error instanceof BadArgument) {
    session.warn(`Bad argument \`${error.message}'\n${tryHelp(program, line)}`)
    return PROBLEMS.parameter
  }
  if (error instanceof WrongFamily) {
    session.warn(tryHelp(program, line))
    return PROBLEMS.parameter
  }
  if (error instanceof Plain) {
    session.warn(error.message)
    return 1
  }
  if (error instanceof Finished) {
    session.write(error.message)
    return 0
  }
  throw error
}
