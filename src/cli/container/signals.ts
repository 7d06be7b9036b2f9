import type { ChildProcess } from 'node:child_process'
import process from 'node:process'

const ENDING = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const

/**
 * Heeds what should end this process, until disposed of, so that it ends with nothing left behind: before there is a command it is for what is
 * being made, then it is passed on to the command, and while all is taken back it has been said already.
 */
export class EndingSignals implements Disposable {
  /** Which of them came before the command. */
  received: NodeJS.Signals | undefined
  readonly #abort = new AbortController()
  #command: ChildProcess | undefined

  constructor() {
    for (const one of ENDING) process.on(one, this.#heed)
  }

  /** Aborted by a signal that came before the command. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  passTo(command: ChildProcess): void {
    this.#command = command
    if (this.received !== undefined) command.kill(this.received)
  }

  [Symbol.dispose](): void {
    for (const one of ENDING) process.off(one, this.#heed)
  }

  #heed = (signal: NodeJS.Signals) => {
    if (this.#command === undefined) {
      this.received ??= signal
      this.#abort.abort()
    } else if (signal !== 'SIGINT' && signal !== 'SIGQUIT') {
      // A terminal sends the other two to the command as well.
      this.#command.kill(signal)
    }
  }
}
