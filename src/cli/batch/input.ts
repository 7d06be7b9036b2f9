import { closeSync, openSync } from 'node:fs'
import { errnoMessage } from '../../libc/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { readSome } from '../read.ts'

const CHUNK = 1 << 18
const NEWLINE = 0x0a
/** What lines.ts has to look at: a comment, a continuation, quotes, and white space of other kinds. */
const SPECIAL = /[#\\'"\0\t\r]/

/** The lines of a file as they come, each with its line end, which only the last one may lack. */
export interface Input extends Disposable {
  /** The next line; undefined at the end, or where no more can be read. */
  line(): string | undefined
  /** Whether the present line, and all that were read with it, hold nothing but words with blanks between them. */
  readonly plain: boolean
  /** How often it was read: what is asked for anew whenever this has changed is never older than the input. */
  readonly reads: number
}

/** Opens a batch: a file, or standard input for `-`. Throws CommandFailure. */
export function openInput(name: string): Input {
  const fd = name === '-' ? 0 : openFile(name)
  const buffer = Buffer.allocUnsafe(CHUNK)
  /** Bytes of a line whose end is still to come. */
  let rest: Buffer[] = []
  let text = ''
  let plain = false
  let at = 0
  let reads = 0
  let ended = false

  /** Reads on until there is a whole line, or the end. */
  const fill = () => {
    while (!ended) {
      const count = read(fd, buffer)
      reads++
      ended = count === 0
      const end = ended ? -1 : buffer.lastIndexOf(NEWLINE, count - 1)
      if (end < 0 && !ended) {
        rest.push(Buffer.from(buffer.subarray(0, count)))
        continue
      }
      text = Buffer.concat([...rest, buffer.subarray(0, end + 1)]).toString()
      rest = ended ? [] : [Buffer.from(buffer.subarray(end + 1, count))]
      at = 0
      plain = !SPECIAL.test(text)
      return
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
      at += line.length
      return line
    },
    get plain() {
      return plain
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
function read(fd: number, buffer: Buffer): number {
  try {
    return readSome(fd, buffer)
  } catch {
    return 0
  }
}
