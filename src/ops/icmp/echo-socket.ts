import {
  AF_INET,
  AF_INET6,
  bind,
  close,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPV6_HOPLIMIT,
  MSG_DONTWAIT,
  Receiver,
  SOCK_RAW,
  SOL_IPV6,
  sendTo,
  socket,
  type Watcher,
  watchReadable,
  withNamespace,
} from '../../libc/index.ts'
import { DecodeError } from '../../netlink/index.ts'
import { configure, type EchoSocketOptions } from './echo-options.ts'
import { decodeIcmp, encodeEcho, type IcmpError, type IcmpMessage, readIpv4Header } from './message.ts'
import { type IpAddress, readSocketAddress, socketAddress } from './socket-address.ts'

/** A packet that arrived about a request. */
export type EchoAnswer =
  | {
      readonly kind: 'reply'
      readonly sequence: number
      readonly from: string
      /** When it was received, as `performance.now()` has it. */
      readonly at: number
      readonly ttl: number | undefined
      /** Of the reply, from the ICMP header on. */
      readonly bytes: number
      readonly payload: Uint8Array
    }
  | (Omit<IcmpError, 'about'> & { readonly sequence: number; readonly from: string; readonly at: number })

// Every raw socket of the namespace gets every reply: the identifier says whose it is.
let nextIdentifier = Math.floor(Math.random() * 0x10000)

/** A raw ICMP socket that asks one address, one question at a time. It stays in the namespace that it was opened in. */
export class EchoSocket implements Disposable {
  readonly identifier: number
  readonly target: IpAddress
  /** -1 once disposed of, which every system call refuses: the number may be somebody else's then. */
  #fd: number
  readonly #address: Uint8Array
  readonly #receiver: Receiver

  /** @throws SystemError 'EPERM' without CAP_NET_RAW; 'EADDRNOTAVAIL' for a source that this host does not have */
  constructor(target: IpAddress, options: EchoSocketOptions = {}) {
    const { netns, source, scope = 0, identifier } = options
    this.target = target
    this.identifier = identifier ?? nextIdentifier
    nextIdentifier = (nextIdentifier + 1) & 0xffff
    this.#address = socketAddress(target, scope)
    this.#receiver = new Receiver(0x10000, 64)
    const isV4 = target.family === 'inet'
    const open = () => socket(isV4 ? AF_INET : AF_INET6, SOCK_RAW, isV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6)
    this.#fd = netns === undefined ? open() : withNamespace(netns.fd, open)
    try {
      configure(this.#fd, target.family, options)
      if (source !== undefined) bind(this.#fd, socketAddress(source, scope))
    } catch (error) {
      close(this.#fd)
      throw error
    }
  }

  /**
   * Sends an echo request.
   * @returns when, as `performance.now()` has it
   * @throws SystemError when it cannot be sent: 'ENETUNREACH', 'EHOSTUNREACH', 'EPERM' where a firewall forbids it, 'EMSGSIZE'
   */
  send(sequence: number, payload: Uint8Array): number {
    const { kind, identifier } = { kind: 'echo-request', identifier: this.identifier } as const
    const request = encodeEcho(this.target.family, { kind, identifier, sequence, payload })
    const now = performance.now()
    sendTo(this.#fd, request, this.#address)
    return now
  }

  /**
   * The next packet about this socket's requests that is there; undefined when there is none. What another namespace of this machine
   * replies is there before `send` returns.
   * @throws SystemError
   */
  receive(): EchoAnswer | undefined {
    for (;;) {
      const length = this.#receiver.receive(this.#fd, MSG_DONTWAIT)
      if (length < 0) return undefined
      const answer = this.#read(length, performance.now())
      if (answer !== undefined) return answer
    }
  }

  /** Calls back when there may be something to receive. Must be stopped before the socket is disposed of. */
  watch(callback: () => void): Watcher {
    const watcher = watchReadable(this.#fd, callback)
    watcher.ref()
    return watcher
  }

  /** What the packet just received says about a request of this socket; undefined when it is about another's. */
  #read(length: number, at: number): EchoAnswer | undefined {
    const { family } = this.target
    const packet = this.#receiver.bytes.subarray(0, length)
    const from = readSocketAddress(family, this.#receiver.address)
    const header = family === 'inet' ? readIpv4Header(packet) : { length: 0, ttl: this.#hopLimit() }
    if (header === undefined) return undefined
    const body = packet.subarray(header.length)
    const message = decoded(() => decodeIcmp(family, body))
    if (message?.kind === 'error') {
      const { about, ...error } = message
      return about?.identifier === this.identifier ? { ...error, sequence: about.sequence, from, at } : undefined
    }
    if (message?.kind !== 'echo-reply' || message.identifier !== this.identifier) return undefined
    const { sequence, payload } = message
    return { kind: 'reply', sequence, from, at, ttl: header.ttl, bytes: body.length, payload }
  }

  #hopLimit(): number | undefined {
    const found = this.#receiver.control.find(({ level, type }) => level === SOL_IPV6 && type === IPV6_HOPLIMIT)
    return found?.data[0]
  }

  [Symbol.dispose](): void {
    const fd = this.#fd
    this.#fd = -1
    if (fd >= 0) close(fd)
  }
}

/** Whatever cannot be read is nobody's answer. */
function decoded(decode: () => IcmpMessage): IcmpMessage | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
