import { closeSync, fstatSync, openSync } from 'node:fs'
import { errnoMessage, waitReadable } from '../../libc/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { readSome } from '../read.ts'

/** What is read at once where there is as much. */
const CHUNK = 4 << 20
const NEWLINE = 0x0a

/** The lines of a file as they come, each with its line end, which only the last one may lack. */
export interface Input extends Disposable {
  /** The next line; undefined at the end, or where no more can be read. */
  line(): string | undefined
  /** How many lines there have been. */
  readonly number: number
  /** What has been read, where the next line begins in it, and where the last whole line ends: for those that look at lines themselves. */
  readonly bytes: Uint8Array
  readonly at: number
  readonly end: number
  /** Goes past the next line, of so many bytes with its end. */
  pass(length: number): void
  /** How often it was read: what is asked for anew whenever this has changed is never older than the input. */
  readonly reads: number
}

/** Opens a batch: a file, or standard input for `-`. `idle` is called whenever more has to be waited for. Throws CommandFailure. */
export function openInput(name: string, idle: () => void): Input {
  const fd = name === '-' ? 0 : openFile(name)
  const kind = fstatSync(fd)
  const waits = kind.isFIFO() || kind.isSocket() || kind.isCharacterDevice()
  let buffer = Buffer.allocUnsafe(CHUNK)
  /** How many bytes there are in the buffer, where the next line begins, and where the last whole one ends. */
  let count = 0
  let at = 0
  let end = 0
  let number = 0
  let reads = 0
  let ended = false

  /** Reads what is there, as far as the buffer goes. */
  const read = () => {
    if (waits && !waitReadable(fd, 0)) idle()
    reads++
    do {
      const more = readOn(fd, buffer.subarray(count))
      ended = more === 0
      count += more
    } while (!ended && count < buffer.length && (!waits || waitReadable(fd, 0)))
  }
  /** Reads on until there is a whole line, or the end. */
  const fill = () => {
    buffer.copyWithin(0, end, count)
    count -= end
    at = 0
    end = 0
    while (!ended && end === 0) {
      if (count === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length)
      read()
      end = ended ? count : buffer.subarray(0, count).lastIndexOf(NEWLINE) + 1
    }
  }
  return {
    line() {
      if (at === end) fill()
      if (at === end) return undefined
      const newline = buffer.indexOf(NEWLINE, at)
      const next = newline < 0 || newline >= end ? end : newline + 1
      const line = buffer.toString('utf8', at, next)
      this.pass(next - at)
      return line
    },
    pass(length) {
      at += length
      number++
    },
    get number() {
      return number
    },
    get bytes() {
      return buffer
    },
    get at() {
      return at
    },
    get end() {
      return end
    },
    get reads() {
      return reads
    },
    [Symbol.dispose]() {
      if (fd !== 0) closeSync(fd)
    },
  }
}

function openFile(name: string): number {
  try {
    return openSync(name, 'r')
  } catch (error) {
    const { errno = 0 } = error as NodeJS.ErrnoException
    throw new CommandFailure(`Cannot open file "${name}" for reading: ${errnoMessage(-errno)}`, 1)
  }
}

/** Up to a buffer of bytes; 0 at the end, and where the file cannot be read, which ends a batch as its end does. */
function readOn(fd: number, buffer: Buffer): number {
  try {
    return readSome(fd, buffer)
  } catch {
    return 0
  }
}
