import {
  AF_NETLINK,
  bind,
  close,
  getsockname,
  getsockopt,
  giveReceiveBuffer,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NETLINK_LISTEN_ALL_NSID,
  netlinkAddress,
  type Received,
  Receiver,
  ReceiverRow,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SO_SNDBUF,
  SO_SNDBUFFORCE,
  SOCK_RAW,
  SOL_NETLINK,
  SOL_SOCKET,
  SystemError,
  setsockopt,
  socket,
  takeReceiveBuffer,
} from '../libc/index.ts'
import { DecodeError, u32 } from './codec/index.ts'
import type { Exchange } from './exchange.ts'
import { HEADER_SIZE } from './header.ts'
import type { Protocol } from './protocol.ts'
import { Silence } from './silence.ts'
import type { Trace } from './trace.ts'

export interface ChannelOptions {
  readonly protocol: Protocol
  /** SO_RCVBUF in bytes (the kernel doubles it); beyond the system's limit where the process may. */
  readonly receiveBuffer: number
  readonly strict: boolean
  readonly trace: Trace | undefined
  /** Hear of other namespaces that this one has given ids, too. */
  readonly allNamespaces?: boolean | undefined
}

const SEND_BUFFER = 1 << 20
/** Room for one ancillary message with a number. */
const CONTROL_SIZE = 64

/** One bound netlink descriptor with its buffer. It stays in the network namespace that it was opened in. */
export class Channel {
  readonly fd: number
  /** nl_pid, given by the kernel. */
  readonly port: number
  readonly receiver: Receiver
  #rows: readonly [ReceiverRow, ReceiverRow] | undefined
  #ahead: Uint8Array | undefined
  /** What the kernel really gave, in bytes, bookkeeping included. */
  readonly receiveBuffer: number
  sendBuffer: number
  readonly options: ChannelOptions
  #sequence = 0
  #closed = false
  #users = 0
  /** For synchronous changes that only a refusal answers. */
  readonly silence: Silence

  constructor(options: ChannelOptions) {
    this.options = options
    this.fd = socket(AF_NETLINK, SOCK_RAW, options.protocol.number)
    try {
      forceBuffer(this.fd, SO_RCVBUFFORCE, SO_RCVBUF, options.receiveBuffer)
      forceBuffer(this.fd, SO_SNDBUFFORCE, SO_SNDBUF, SEND_BUFFER)
      this.receiveBuffer = getsockopt(this.fd, SOL_SOCKET, SO_RCVBUF)
      this.sendBuffer = getsockopt(this.fd, SOL_SOCKET, SO_SNDBUF)
      enable(this.fd, NETLINK_EXT_ACK)
      enable(this.fd, NETLINK_CAP_ACK)
      if (options.strict) enable(this.fd, NETLINK_GET_STRICT_CHK)
      if (options.allNamespaces) setsockopt(this.fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1)
      bind(this.fd, netlinkAddress())
      this.port = u32.at(getsockname(this.fd, 12), 4)
      this.silence = new Silence(this.fd)
      this.receiver = new Receiver(undefined, options.allNamespaces ? CONTROL_SIZE : 0)
    } catch (error) {
      close(this.fd)
      throw error
    }
  }

  /** Makes the send buffer large enough for a datagram of `length` bytes, as far as the process may. */
  makeRoom(length: number): void {
    // The kernel counts its bookkeeping in, and keeps some of the buffer back (net/netlink/af_netlink.c, netlink_sendmsg).
    if (length + 1024 <= this.sendBuffer) return
    forceBuffer(this.fd, SO_SNDBUFFORCE, SO_SNDBUF, length)
    this.sendBuffer = getsockopt(this.fd, SOL_SOCKET, SO_SNDBUF)
  }

  /** Sequence numbers are never 0, which is what notifications carry. */
  nextSequence(): number {
    this.#sequence = this.#sequence === 0xffffffff ? 1 : this.#sequence + 1
    return this.#sequence
  }

  /** For the parts of a dump: some arrive while those before are being read. The first one shares its memory with the receiver. */
  get rows(): readonly [ReceiverRow, ReceiverRow] {
    this.#ahead ??= takeReceiveBuffer()
    this.#rows ??= [new ReceiverRow(this.receiver.bytes), new ReceiverRow(this.#ahead)]
    return this.#rows
  }

  /**
   * Hands over the messages of the datagram just received, of `length` bytes: their places in the receiver's bytes. A datagram from anyone
   * but the kernel is dropped; a message of impossible length ends it with a DecodeError, its predecessors handed over.
   */
  deliver(
    length: number,
    take: (bytes: Uint8Array, start: number, end: number) => void,
    { senderPort, bytes }: Pick<Received, 'senderPort' | 'bytes'> = this.receiver,
  ): void {
    if (senderPort !== 0) return
    for (let at = 0; at < length; ) {
      const size = length - at < HEADER_SIZE ? 0 : u32.at(bytes, at)
      if (size < HEADER_SIZE || size > length - at) {
        throw new DecodeError(`a message's length of ${size} where ${length - at} bytes remain`, bytes, at, length)
      }
      this.traceMessage('received', bytes, at, at + size)
      take(bytes, at, at + size)
      at += (size + 3) & ~3
    }
  }

  /** Hands the exchange those messages of the datagram that answer it; true when it is complete. */
  answer(exchange: Exchange, length: number, received?: Pick<Received, 'senderPort' | 'bytes'>): boolean {
    const { sequence } = exchange
    const take = (bytes: Uint8Array, start: number, end: number) => {
      if (u32.at(bytes, start + 8) === sequence && u32.at(bytes, start + 12) === this.port) {
        exchange.take(bytes, start, end)
      }
    }
    this.deliver(length, take, received)
    return exchange.complete
  }

  traceSent({ bytes, start, end }: Exchange): void {
    this.traceMessage('sent', bytes, start, end)
  }

  traceMessage(direction: 'sent' | 'received', bytes: Uint8Array, start: number, end: number): void {
    const { trace, protocol } = this.options
    if (trace !== undefined) trace({ direction, protocol, bytes: bytes.subarray(start, end), port: this.port })
  }

  /** Nothing more is to be done with it. */
  get closed(): boolean {
    return this.#closed
  }

  /** Another thread uses the descriptor until the promise settles: it is not closed before that. */
  async hold<T>(use: Promise<T>): Promise<T> {
    this.#users++
    try {
      return await use
    } finally {
      this.#users--
      if (this.#closed) this.#close()
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#close()
  }

  #close(): void {
    if (this.#users > 0) return
    this.silence.close()
    close(this.fd)
    this.receiver.release()
    if (this.#ahead !== undefined) giveReceiveBuffer(this.#ahead)
  }
}

/** CAP_NET_ADMIN may go beyond net.core.rmem_max; without it, as far as the system lets everybody go. */
function forceBuffer(fd: number, force: number, plain: number, size: number): void {
  try {
    setsockopt(fd, SOL_SOCKET, force, size)
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'EPERM') throw error
    setsockopt(fd, SOL_SOCKET, plain, size)
  }
}

/** Kernels before 4.12 (extended acks) and 4.20 (strict checking) lack the option and work without it. */
function enable(fd: number, option: number): void {
  try {
    setsockopt(fd, SOL_NETLINK, option, 1)
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'ENOPROTOOPT') throw error
  }
}
