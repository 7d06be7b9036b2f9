import { ENOSYS, SystemError } from './errno.ts'
import { checked, ffi, foreign, lastErrno } from './library.ts'
import { POLLIN } from './poll.ts'
import { close } from './socket.ts'

const c = {
  setup: foreign<(number: number, entries: number, parameters: Uint32Array) => number | bigint>(
    'long syscall(long, uint, void *)',
  ),
  enter: foreign<
    (
      number: number,
      fd: number,
      submit: number,
      complete: number,
      flags: number,
      mask: null,
      size: number,
    ) => number | bigint
  >('long syscall(long, uint, uint, uint, uint, void *, size_t)'),
  mmap: foreign<(at: null, size: number, protection: number, flags: number, fd: number, offset: number) => bigint>(
    'void *mmap(void *, size_t, int, int, int, long)',
  ),
  munmap: foreign<(at: bigint, size: number) => number>('int munmap(void *, size_t)'),
}

// io_uring has no functions in libc; its numbers are the same on all architectures (linux/io_uring.h).
const IO_URING_SETUP = 425
const IO_URING_ENTER = 426
const FEAT_SINGLE_MMAP = 1
const OFFSET_OF_REQUESTS = 0x10000000
const POLL_ADD = 6
const POLL_REMOVE = 7
const PROT_READ_WRITE = 3
const MAP_SHARED = 1
const MAP_FAILED = 0xffff_ffff_ffff_ffffn

/** Of struct io_uring_params, in words of four bytes, and the places in it that are used. */
const PARAMETERS_SIZE = 30
const AT = { features: 5, requestTail: 11, requestArray: 16, answerHead: 20, answerTail: 21, answers: 25 } as const
/** Watching, and no longer watching. */
const ENTRIES = 2
/** Of struct io_uring_sqe and struct io_uring_cqe, in bytes. */
const REQUEST_SIZE = 64
const ANSWER_SIZE = 16

/**
 * Knows without a system call whether something has arrived at a descriptor since it was last told to watch: the kernel notes that in
 * memory that it shares with this process (io_uring(7), a poll request). What a system call of this thread has brought about is known when that
 * returns.
 */
export class ArrivalRing implements Disposable {
  readonly #fd: number
  readonly #watched: number
  readonly #mappings: { readonly at: bigint; readonly size: number }[] = []
  readonly #requests: ArrayBuffer
  readonly #words: Uint32Array
  /** Where in the words. */
  readonly #requestTail: number
  readonly #answerHead: number
  readonly #answerTail: number
  #closed = false

  /** Throws SystemError: before Linux 5.4, and where io_uring is not allowed, as in many containers. */
  constructor(watched: number) {
    this.#watched = watched
    const parameters = new Uint32Array(PARAMETERS_SIZE)
    this.#fd = checked(c.setup.sync(IO_URING_SETUP, ENTRIES, parameters), 'io_uring_setup')
    try {
      if ((parameters[AT.features]! & FEAT_SINGLE_MMAP) === 0) throw new SystemError(ENOSYS, 'io_uring_setup')
      const array = parameters[AT.requestArray]! / 4
      const answersEnd = parameters[AT.answers]! + parameters[1]! * ANSWER_SIZE
      this.#words = new Uint32Array(this.#map(Math.max(answersEnd, 4 * (array + ENTRIES)), 0))
      this.#requests = this.#map(ENTRIES * REQUEST_SIZE, OFFSET_OF_REQUESTS)
      for (let i = 0; i < ENTRIES; i++) this.#words[array + i] = i
      this.#requestTail = parameters[AT.requestTail]! / 4
      this.#answerHead = parameters[AT.answerHead]! / 4
      this.#answerTail = parameters[AT.answerTail]! / 4
    } catch (error) {
      this.#release()
      throw error
    }
  }

  /** Whether something has arrived since `watch`, or this is closed. */
  get arrived(): boolean {
    return this.#closed || this.#words[this.#answerHead] !== this.#words[this.#answerTail]
  }

  /**
   * Watches until something arrives; what is there already counts. Not to be called again before that; closed, it does nothing. Throws
   * SystemError.
   */
  watch(): void {
    // The memory is no longer there.
    if (this.#closed) return
    this.#words[this.#answerHead] = this.#words[this.#answerTail]!
    checked(this.#submit(POLL_ADD), 'io_uring_enter')
  }

  /** To be called before the descriptor is closed, which the watch would keep open for a while. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#submit(POLL_REMOVE)
    this.#release()
  }

  #release(): void {
    for (const { at, size } of this.#mappings) c.munmap.sync(at, size)
    close(this.#fd)
  }

  /** Has the one request made that there is: to watch, or no longer to watch. */
  #submit(operation: number): number {
    const words = this.#words
    const tail = words[this.#requestTail]!
    const request = new DataView(this.#requests, (tail % ENTRIES) * REQUEST_SIZE, REQUEST_SIZE)
    request.setUint8(0, operation)
    // What is to be removed is named by its user_data, 0.
    request.setInt32(4, operation === POLL_ADD ? this.#watched : -1, true)
    request.setUint32(28, operation === POLL_ADD ? POLLIN : 0, true)
    words[this.#requestTail] = tail + 1
    return Number(c.enter.sync(IO_URING_ENTER, this.#fd, 1, 0, 0, null, 0))
  }

  #map(size: number, offset: number): ArrayBuffer {
    const at = c.mmap.sync(null, size, PROT_READ_WRITE, MAP_SHARED, this.#fd, offset)
    if (at === MAP_FAILED) throw new SystemError(lastErrno(), 'mmap')
    this.#mappings.push({ at, size })
    return ffi().view(at, size)
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
