import { closeSync, fstatSync, openSync } from 'node:fs'
import { errnoMessage, waitReadable } from '../../libc/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { readSome } from '../read.ts'

const CHUNK = 1 << 20
const NEWLINE = 0x0a

/** The lines of a file as they come, each with its line end, which only the last one may lack. */
export interface Input extends Disposable {
  /** The next line; undefined at the end, or where no more can be read. */
  line(): string | undefined
  /** How many lines there have been. */
  readonly number: number
  /** The lines that have been read together, and where the next one begins. */
  readonly text: string
  readonly at: number
  /** Goes past the next line, of so many characters with its end, for those that have looked at it themselves. */
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
  /** How many bytes the buffer begins with of a line whose end is still to come. */
  let held = 0
  let text = ''
  let at = 0
  let number = 0
  let reads = 0
  let ended = false

  /** Reads what is there into the buffer, as far as it goes, and gives how much that then holds. */
  const read = () => {
    if (waits && !waitReadable(fd, 0)) idle()
    reads++
    let count = held
    do {
      const more = readOn(fd, buffer.subarray(count))
      ended = more === 0
      count += more
    } while (!ended && count < buffer.length && (!waits || waitReadable(fd, 0)))
    return count
  }
  /** Reads on until there is a whole line, or the end. */
  const fill = () => {
    while (!ended) {
      if (held === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length)
      const count = read()
      const end = ended ? count : buffer.lastIndexOf(NEWLINE, count - 1) + 1
      if (end > 0 || ended) {
        text = buffer.toString('utf8', 0, end)
        at = 0
      }
      buffer.copyWithin(0, end, count)
      held = count - end
      if (end > 0) return
    }
  }
  return {
    line() {
      if (at >= text.length) {
        text = ''
        fill()
      }
      if (at >= text.length) return undefined
      const end = text.indexOf('\n', at)
      const line = end < 0 ? text.slice(at) : text.slice(at, end + 1)
      this.pass(line.length)
      return line
    },
    pass(length) {
      at += length
      number++
    },
    get number() {
      return number
    },
    get text() {
      return text
    },
    get at() {
      return at
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
