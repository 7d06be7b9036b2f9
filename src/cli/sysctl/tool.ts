import { writeSync } from 'node:fs'
import { asSystemError, errnoMessage, SystemError } from '../../libc/index.ts'
import { openOutput } from '../print/index.ts'

/** How the command line wants parameters read, set and shown. */
export interface Wishes {
  readonly names: boolean
  readonly values: boolean
  /** Not even the value's own line end. */
  readonly binary: boolean
  readonly quiet: boolean
  readonly dryRun: boolean
  readonly deprecated: boolean
  /** Unknown parameters are no errors. */
  readonly ignore: boolean
  readonly matches: (name: string) => boolean
}

export interface Tool {
  readonly wishes: Wishes
  write(text: string): void
  /** A line on stderr, after what stdout has been given so far. */
  complain(line: string): void
}

export function openTool(wishes: Wishes): Tool & { flush(): void } {
  const out = openOutput(1)
  return {
    wishes,
    write: out.write,
    flush: out.flush,
    complain(line) {
      out.flush()
      writeSync(2, `sysctl: ${line}\n`)
    },
  }
}

/** Does what may fail, and gives the system's error in place of its result where it does. */
export function attempt<T>(
  action: () => T,
): { readonly result: T; readonly error?: undefined } | { readonly error: SystemError } {
  try {
    return { result: action() }
  } catch (error) {
    const asked = asSystemError(error)
    if (asked instanceof SystemError) return { error: asked }
    throw error
  }
}

export function words(error: SystemError): string {
  return errnoMessage(error.errno)
}
