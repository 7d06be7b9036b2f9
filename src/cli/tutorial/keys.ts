import process from 'node:process'
import { createInterface, type Interface } from 'node:readline'

/** Who sits at the keyboard. */
export interface Reader extends Disposable {
  /** Waits for Enter. At the end of the input nobody is there to wait for: then it is false. */
  enter(): Promise<boolean>
}

/** Reads lines from stdin, from the first time that one is waited for. */
export function openReader(): Reader {
  let lines: Interface | undefined
  let waiting: (() => void) | undefined
  // Lines that came before anybody waited for them count.
  let ahead = 0
  let ended = false
  const tell = () => {
    waiting?.()
    waiting = undefined
  }
  const begin = () => {
    const opened = createInterface({ input: process.stdin })
    opened.on('line', () => {
      if (waiting === undefined) ahead++
      else tell()
    })
    opened.on('close', () => {
      ended = true
      tell()
    })
    return opened
  }
  return {
    async enter() {
      lines ??= begin()
      if (ahead > 0) {
        ahead--
        return true
      }
      if (!ended) {
        await new Promise<void>((resolve) => {
          waiting = resolve
        })
      }
      return !ended
    },
    [Symbol.dispose]() {
      lines?.close()
      // It would keep the process from ending.
      if (lines !== undefined) process.stdin.unref?.()
    },
  }
}
