import { closeSync, fstatSync, openSync } from 'node:fs'
import { errnoMessage, waitReadable } from '../../libc/index.ts'
import { CommandFailure } from '../grammar/index.ts'
import { readSome } from '../read.ts'

/** What is read at once where there is as much. */
const CHUNK = 4 << 20
const NEWLINE = 0x0a

/** Opens a batch: a file, or standard input for `-`. `idle` is called whenever more has to be waited for. Throws CommandFailure. */
export function openInput(name: string, idle: () => void): Input {
  return new Input(name === '-' ? 0 : openFile(name), idle)
}

/** The lines of a file as they come, each with its line end, which only the last one may lack. */
export class Input implements Disposable {
  readonly #fd: number
  readonly #idle: () => void
  /** Whether more may come later. */
  readonly #waits: boolean
  #ended = false
  /** How many bytes there are. */
  #count = 0
  /** What has been read, where the next line begins in it, and where the last whole line ends: for those that look at lines themselves. */
  bytes = Buffer.allocUnsafe(CHUNK)
  at = 0
  end = 0
  /** How many lines there have been. */
  number = 0
  /** How often it was read: what is asked for anew whenever this has changed is never older than the input. */
  reads = 0

  constructor(fd: number, idle: () => void) {
    const kind = fstatSync(fd)
    this.#fd = fd
    this.#idle = idle
    this.#waits = kind.isFIFO() || kind.isSocket() || kind.isCharacterDevice()
  }

  /** The next line; undefined at the end, or where no more can be read. */
  line(): string | undefined {
    if (this.at === this.end) this.#fill()
    if (this.at === this.end) return undefined
    const newline = this.bytes.indexOf(NEWLINE, this.at)
    const next = newline < 0 || newline >= this.end ? this.end : newline + 1
    const line = this.bytes.toString('utf8', this.at, next)
    this.passTo(next)
    return line
  }

  /** Goes past the next line, to where it ends. */
  passTo(next: number): void {
    this.at = next
    this.number++
  }

  /** Reads on until there is a whole line, or the end. */
  #fill(): void {
    this.bytes.copyWithin(0, this.end, this.#count)
    this.#count -= this.end
    this.at = 0
    this.end = 0
    while (!this.#ended && this.end === 0) {
      if (this.#count === this.bytes.length) this.bytes = Buffer.concat([this.bytes], 2 * this.bytes.length)
      this.#read()
      this.end = this.#ended ? this.#count : this.bytes.subarray(0, this.#count).lastIndexOf(NEWLINE) + 1
    }
  }

  /** Reads what is there, as far as the buffer goes. */
  #read(): void {
    if (this.#waits && !waitReadable(this.#fd, 0)) this.#idle()
    this.reads++
    do {
      const more = readOn(this.#fd, this.bytes.subarray(this.#count))
      this.#ended = more === 0
      this.#count += more
    } while (!this.#ended && this.#count < this.bytes.length && (!this.#waits || waitReadable(this.#fd, 0)))
  }

  [Symbol.dispose](): void {
    if (this.#fd !== 0) closeSync(this.#fd)
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
