import { readSync } from 'node:fs'
import { waitReadable } from '../libc/index.ts'

const CHUNK = 1 << 16

/** Up to a buffer of bytes, waited for where somebody made the terminal or pipe non-blocking; 0 at the end. Throws ErrnoException. */
export function readSome(fd: number, buffer: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, buffer)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      waitReadable(fd, -1)
    }
  }
}

/** All that there is to read, which Node's own readFileSync does not wait for. Throws ErrnoException. */
export function readAll(fd: number): Buffer {
  const parts: Buffer[] = []
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK)
    const count = readSome(fd, buffer)
    if (count === 0) return Buffer.concat(parts)
    parts.push(buffer.subarray(0, count))
  }
}
