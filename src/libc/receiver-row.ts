import { MSG_DONTWAIT, MSG_TRUNC } from './constants.ts'
import { EAGAIN, EINTR, SystemError } from './errno.ts'
import { ffi, foreign } from './library.ts'
import { offload } from './offload.ts'
import { MessageTruncatedError } from './receiver.ts'

const recvmmsg = foreign<(fd: number, headers: bigint, count: number, flags: number, timeout: null) => number>(
  'int recvmmsg(int, void *, uint, int, void *)',
)

/** One message that was received with others. */
export interface Received {
  /** The message, and room behind it. */
  readonly bytes: Uint8Array
  readonly length: number
  /** The netlink port that it came from, 0 for the kernel. */
  readonly senderPort: number
}

const MOST = 16

// struct mmsghdr: a struct msghdr of 56 bytes and the message's length, padded to 64. Then the iovecs, then the addresses.
const HEADER_WORDS = 8
const IOVEC_WORDS = 2
const ADDRESS_SIZE = 12

/**
 * Receives several messages in one system call: for the parts of a dump, each of which the kernel makes when the one before is received. They are
 * valid until the next call.
 */
export class ReceiverRow {
  readonly #slots: readonly Uint8Array[]
  readonly #words = new BigUint64Array(MOST * (HEADER_WORDS + IOVEC_WORDS))
  readonly #halves = new Uint32Array(this.#words.buffer)
  readonly #addresses = new Uint32Array(new ArrayBuffer(MOST * ADDRESS_SIZE))
  readonly #pointer: bigint

  /**
   * `bytes` is shared out among the messages: each may be as long as a sixteenth of it. The parts of a dump have 32 KiB, or what the largest
   * entry needs (net/netlink/af_netlink.c, netlink_dump).
   */
  constructor(bytes: Uint8Array) {
    const size = Math.floor(bytes.length / MOST)
    this.#slots = Array.from({ length: MOST }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
    const [start, addresses] = [ffi().address(bytes), ffi().address(this.#addresses)]
    this.#pointer = ffi().address(this.#words)
    for (let i = 0; i < MOST; i++) {
      const header = i * HEADER_WORDS
      const iovec = MOST * HEADER_WORDS + i * IOVEC_WORDS
      this.#words[header] = addresses + BigInt(i * ADDRESS_SIZE)
      this.#words[header + 2] = this.#pointer + BigInt(8 * iovec)
      this.#words[header + 3] = 1n
      this.#words[iovec] = start + BigInt(i * size)
      this.#words[iovec + 1] = BigInt(size)
    }
  }

  /**
   * Receives what there is on another thread, for that may wait for a lock in the kernel; never waits for a message. One call at a time.
   * @returns how many there were, none yet perhaps
   * @throws SystemError, MessageTruncatedError
   */
  async receiveAsync(fd: number): Promise<number> {
    for (;;) {
      // recvmmsg overwrites the length of the address with what it stored.
      for (let i = 0; i < MOST; i++) this.#halves[2 * i * HEADER_WORDS + 2] = ADDRESS_SIZE
      // Asked for MSG_TRUNC, the kernel answers with the real length even of what did not fit.
      const count = await offload(recvmmsg, [fd, this.#pointer, MOST, MSG_DONTWAIT | MSG_TRUNC, null], this)
      if (count >= 0) return this.#checked(count)
      if (-count === EAGAIN) return 0
      if (-count !== EINTR) throw new SystemError(-count, 'recvmmsg')
    }
  }

  /** The message at a place, of those that the last call received. */
  at(place: number): Received {
    return {
      bytes: this.#slots[place]!,
      length: this.#lengthOf(place),
      senderPort: this.#addresses[(place * ADDRESS_SIZE) / 4 + 1]!,
    }
  }

  #checked(count: number): number {
    for (let i = 0; i < count; i++) {
      const [length, size] = [this.#lengthOf(i), this.#slots[i]!.length]
      if (length > size) throw new MessageTruncatedError(length, size)
    }
    return count
  }

  #lengthOf(place: number): number {
    return this.#halves[2 * place * HEADER_WORDS + 14]!
  }
}
