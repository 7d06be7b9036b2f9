import { MSG_DONTWAIT, MSG_TRUNC } from './constants.ts'
import { EAGAIN, EINTR, SystemError } from './errno.ts'
import { foreign, lastErrno } from './library.ts'
import { MessageHeader } from './message-header.ts'
import { offload } from './offload.ts'
import { giveReceiveBuffer, largestMessage, takeReceiveBuffer } from './receive-buffer.ts'

const recvmsg = foreign<(fd: number, header: bigint, flags: number) => number>('int recvmsg(int, void *, int)')

/** A message longer than the buffer: what did not fit is lost, and the buffer is now large enough for another one. */
export class MessageTruncatedError extends Error {
  readonly code = 'ERR_MESSAGE_TRUNCATED'
  override readonly name = 'MessageTruncatedError'
  /** The length of the message, in bytes. */
  readonly needed: number

  constructor(needed: number, size: number) {
    super(`a message of ${needed} bytes arrived in a buffer of ${size}`)
    this.needed = needed
  }
}

/** One ancillary message of recvmsg(2), cmsg(3). */
export interface ControlMessage {
  level: number
  type: number
  data: Uint8Array
}

/**
 * The receiving half of a socket: a buffer, the sender's address and ancillary data, described to the kernel once and
 * used again for each message, which is valid until the next one.
 */
export class Receiver {
  /** Where messages arrive. Replaced when it has to grow. */
  bytes: Uint8Array
  readonly #header = new MessageHeader()
  readonly #address = new Uint8Array(new ArrayBuffer(128))
  readonly #addressWords = new Uint32Array(this.#address.buffer)
  readonly #control: Uint8Array
  #elsewhere = false

  /**
   * @param size of the buffer in bytes
   * @param controlSize room for ancillary data, in bytes: only sockets that were told to send some need it
   */
  constructor(size: number = largestMessage, controlSize = 0) {
    this.bytes = size === largestMessage ? takeReceiveBuffer() : new Uint8Array(Buffer.allocUnsafeSlow(size).buffer)
    this.#control = new Uint8Array(controlSize)
    this.#header.bytes = this.bytes
    this.#header.address = this.#address
    if (controlSize > 0) this.#header.control = this.#control
  }

  /**
   * Receives one message into `bytes`. Starts again when a signal interrupts it.
   * @returns its length, or -1 when there is none yet (EAGAIN)
   * @throws SystemError, MessageTruncatedError
   */
  receive(fd: number, flags = 0): number {
    for (;;) {
      this.#header.resetLengths()
      // Asked for MSG_TRUNC, the kernel answers with the real length even of what did not fit.
      const length = recvmsg.sync(fd, this.#header.pointer, flags | MSG_TRUNC)
      if (length >= 0) return length <= this.bytes.length ? length : this.#truncated(length)
      const errno = lastErrno()
      if (errno === EAGAIN) return -1
      if (errno !== EINTR) throw new SystemError(errno, 'recvmsg')
    }
  }

  /**
   * `receive` on another thread, for a dump whose next part may wait for a lock in the kernel. Never waits for a
   * message (a thread that did would keep the process from exiting): -1 when there is none; see `watchReadable`. One at
   * a time, and no `receive` meanwhile.
   * @throws SystemError, MessageTruncatedError
   */
  async receiveAsync(fd: number, flags = 0): Promise<number> {
    for (;;) {
      this.#header.resetLengths()
      const args: [number, bigint, number] = [fd, this.#header.pointer, flags | MSG_TRUNC | MSG_DONTWAIT]
      this.#elsewhere = true
      const length = await offload(recvmsg, args, this)
      this.#elsewhere = false
      if (length >= 0) return length <= this.bytes.length ? length : this.#truncated(length)
      if (-length === EAGAIN) return -1
      if (-length !== EINTR) throw new SystemError(-length, 'recvmsg')
    }
  }

  /** The netlink port that the last message came from, 0 for the kernel. */
  get senderPort(): number {
    return this.#addressWords[1]!
  }

  /** A mask with the netlink multicast group that the last message was sent to (the first 32), 0 for unicast. */
  get senderGroups(): number {
    return this.#addressWords[2]!
  }

  /** The `struct sockaddr_*` of the last message's sender. */
  get address(): Uint8Array {
    return this.#address.subarray(0, Math.min(this.#header.addressLength, this.#address.length))
  }

  /** The MSG_* flags of the last message. */
  get flags(): number {
    return this.#header.flags
  }

  /** The last message's ancillary data. */
  get control(): ControlMessage[] {
    const messages: ControlMessage[] = []
    const bytes = this.#control.subarray(0, this.#header.controlLength)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    // struct cmsghdr: size_t len with the header, int level, int type; each message is aligned to 8.
    for (let offset = 0; offset + 16 <= bytes.length; ) {
      const length = view.getUint32(offset, true)
      if (length < 16 || offset + length > bytes.length) break
      messages.push({
        level: view.getInt32(offset + 8, true),
        type: view.getInt32(offset + 12, true),
        data: bytes.slice(offset + 16, offset + length),
      })
      offset += (length + 7) & ~7
    }
    return messages
  }

  /** Gives the buffer to the next receiver. For when the socket has been closed: nothing may be received any more. */
  release(): void {
    // What another thread is writing into is nobody's.
    if (!this.#elsewhere) giveReceiveBuffer(this.bytes)
  }

  #truncated(needed: number): never {
    const size = this.bytes.length
    this.bytes = new Uint8Array(Buffer.allocUnsafeSlow(needed).buffer)
    this.#header.bytes = this.bytes
    throw new MessageTruncatedError(needed, size)
  }
}
