import { writeSync } from 'node:fs'

const CHUNK = 1 << 16

/** Where text goes. Writes are gathered; nothing is lost as long as `flush` is called at the end. */
export interface Output {
  write(text: string): void
  flush(): void
}

/**
 * A descriptor as an Output, written synchronously: the process may end, or become another program, right after `flush`.
 * Throws Node's system error where the other end is gone (EPIPE) or full for good (ENOSPC).
 */
export function openOutput(fd: number): Output {
  let pending: string[] = []
  let size = 0
  const flush = () => {
    if (size === 0) return
    const bytes = Buffer.from(pending.join(''))
    pending = []
    size = 0
    writeAll(fd, bytes)
  }
  return {
    write(text) {
      pending.push(text)
      size += text.length
      if (size >= CHUNK) flush()
    },
    flush,
  }
}

/** Writes all of the bytes to a descriptor, synchronously. Throws Node's system error. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      // A pipe that its reader made non-blocking, and that is full.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** An Output that keeps what it is given. */
export function collectOutput(): Output & { readonly text: string } {
  let text = ''
  return {
    write(more) {
      text += more
    },
    flush() {},
    get text() {
      return text
    },
  }
}
