import type { Spelling } from './spelling.ts'

/**
 * A command that stops: what goes to stderr and the exit status.
 *
 * The wording and the statuses are iproute2's, which scripts match on: 255 for a command line that makes no sense, 1 for a name
 * or value that cannot be used, 2 for the kernel's refusal.
 */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly code = 'ERR_COMMAND'
  readonly status: number
  readonly #ends: boolean
  #mistyped: { readonly word: string; readonly among: readonly string[] } | undefined

  /**
   * `message` is the whole text for stderr without its last line end; empty where all has been said. iproute2 mostly ends itself
   * where the status is 255, and goes on to the next command of a batch otherwise; `ends` says where it is not so.
   */
  constructor(
    message: string,
    status: number,
    { ends = status === 255, cause }: { readonly ends?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.#ends = ends
  }

  /** Whether the program ends with it, and not the command alone: even a batch that goes on after failures does not after these. */
  get ends(): boolean {
    return this.#ends
  }

  /** The word that nothing was made of, and what it could have been. */
  get mistyped() {
    return this.#mistyped
  }

  /** Says, unless that is known, which word nothing was made of, and what it could have been. */
  about(word: string, among: readonly { readonly spellings: readonly Spelling[] }[]): this {
    this.#mistyped ??= { word, among: among.flatMap(({ spellings }) => spellings.map(({ text }) => text)) }
    return this
  }
}

/** The command line ends where a word had to follow. */
export function incomplete(): CommandFailure {
  return new CommandFailure('Command line is not complete. Try option "help"', 255)
}

export function required(name: string): CommandFailure {
  return new CommandFailure(`Error: argument "${name}" is required`, 255)
}

/** A value that the keyword before it cannot take. */
export function wrong(word: string, why: string): CommandFailure {
  return new CommandFailure(`Error: argument "${word}" is wrong: ${why}`, 255)
}

/** A keyword that may stand once stands twice; `second` is the word after it. */
export function duplicate(name: string, second: string): CommandFailure {
  return new CommandFailure(`Error: duplicate "${name}": "${second}" is the second value.`, 255)
}

/** A word that no keyword matches, where the one positional argument, `name`, is already there. */
export function garbage(name: string, word: string): CommandFailure {
  return new CommandFailure(`Error: either "${name}" is duplicate, or "${word}" is a garbage.`, 255)
}

export function noDevice(name: string, status = 1): CommandFailure {
  return new CommandFailure(`Cannot find device "${name}"`, status)
}

/** `help`, or a command line so far off that help is the answer. */
export function usage(text: string, status = 255): CommandFailure {
  return new CommandFailure(text, status)
}
