import {
  AF_INET,
  AF_INET6,
  bind,
  close,
  errnoMessage,
  ICMP_FILTER,
  ICMPV6_FILTER,
  IP_MTU_DISCOVER,
  IP_MULTICAST_LOOP,
  IP_TOS,
  IP_TTL,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPV6_HOPLIMIT,
  IPV6_MTU_DISCOVER,
  IPV6_MULTICAST_LOOP,
  IPV6_RECVHOPLIMIT,
  IPV6_TCLASS,
  IPV6_UNICAST_HOPS,
  MSG_DONTWAIT,
  Receiver,
  SO_BINDTODEVICE,
  SO_BROADCAST,
  SO_DONTROUTE,
  SO_MARK,
  SO_SNDBUF,
  SOCK_RAW,
  SOL_ICMPV6,
  SOL_IP,
  SOL_IPV6,
  SOL_RAW,
  SOL_SOCKET,
  SystemError,
  sendTo,
  setsockopt,
  socket,
  type Watcher,
  watchReadable,
  withNamespace,
} from '../../libc/index.ts'
import { DecodeError } from '../../netlink/index.ts'
import type { Namespace } from '../../netns/index.ts'
import { ERROR_TYPES } from './errors.ts'
import { decodeIcmp, echoType, encodeEcho, type IcmpError, type IcmpMessage, readIpv4Header } from './message.ts'
import { type IpAddress, readSocketAddress, socketAddress } from './socket-address.ts'

/** What became of one echo request. */
export type EchoResult =
  | {
      readonly outcome: 'reply'
      readonly sequence: number
      /** Who replied: the one who was asked, unless that was many. */
      readonly from: string
      /** The time to live (hop limit) that the reply arrived with; undefined when the kernel did not say. */
      readonly ttl: number | undefined
      /** Of the reply, from the ICMP header on. */
      readonly bytes: number
      /** From before sending to after receiving. */
      readonly milliseconds: number
    }
  | {
      /** It cannot be delivered, says a host on the way (`from`) or this kernel. */
      readonly outcome: 'error'
      readonly sequence: number
      /** errno's name, 'EHOSTUNREACH'. */
      readonly code: string
      readonly reason: string
      readonly from?: string
    }
  | { readonly outcome: 'timeout'; readonly sequence: number; readonly milliseconds: number }

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

export interface EchoSocketOptions {
  readonly netns?: Namespace | undefined
  /** Where requests come from: an address of this host. */
  readonly source?: IpAddress | undefined
  /** The link by which requests leave. */
  readonly link?: string | undefined
  /** 1 to 255. */
  readonly ttl?: number | undefined
  /** The byte of priority in the IP header: TOS, or the traffic class of IPv6. */
  readonly trafficClass?: number | undefined
  /** Whether requests may be taken apart: never, not by this host, or as the kernel likes (ip(7), IP_MTU_DISCOVER). */
  readonly fragments?: keyof typeof FRAGMENTS | undefined
  /** The mark of requests, 32 bits. Needs CAP_NET_ADMIN. */
  readonly mark?: number | undefined
  /** Whether requests go to hosts on a link only, past the routes by gateways. */
  readonly direct?: boolean | undefined
  /** Whether this host hears what it sends to many; it does unless told. */
  readonly loop?: boolean | undefined
  /** How many bytes may wait to be sent. */
  readonly sendBuffer?: number | undefined
  /** The index of the link of a link-local target. */
  readonly scope?: number | undefined
  /** The number that requests bear, 16 bits; one of its own unless told. */
  readonly identifier?: number | undefined
}

export interface ExchangeOptions {
  /** How long to wait for the answer. */
  readonly milliseconds: number
  readonly payload: Uint8Array
  readonly signal?: AbortSignal | undefined
}

/** IP_PMTUDISC_DO, IP_PMTUDISC_WANT, IP_PMTUDISC_DONT (uapi/linux/in.h). */
const FRAGMENTS = { never: 2, 'on the way': 1, always: 0 } as const

/** What is set on the socket where it is told: in IPv4, in IPv6. */
const SETTINGS = {
  ttl: [
    [SOL_IP, IP_TTL],
    [SOL_IPV6, IPV6_UNICAST_HOPS],
  ],
  trafficClass: [
    [SOL_IP, IP_TOS],
    [SOL_IPV6, IPV6_TCLASS],
  ],
  fragments: [
    [SOL_IP, IP_MTU_DISCOVER],
    [SOL_IPV6, IPV6_MTU_DISCOVER],
  ],
  loop: [
    [SOL_IP, IP_MULTICAST_LOOP],
    [SOL_IPV6, IPV6_MULTICAST_LOOP],
  ],
  mark: [
    [SOL_SOCKET, SO_MARK],
    [SOL_SOCKET, SO_MARK],
  ],
  direct: [
    [SOL_SOCKET, SO_DONTROUTE],
    [SOL_SOCKET, SO_DONTROUTE],
  ],
  sendBuffer: [
    [SOL_SOCKET, SO_SNDBUF],
    [SOL_SOCKET, SO_SNDBUF],
  ],
} as const

// Every raw socket of the namespace gets every reply: the identifier says whose it is.
let nextIdentifier = Math.floor(Math.random() * 0x10000)

/** A raw ICMP socket that asks one address, one question at a time. It stays in the namespace that it was opened in. */
export class EchoSocket implements Disposable {
  readonly identifier: number
  readonly target: IpAddress
  readonly #fd: number
  readonly #address: Uint8Array
  readonly #receiver: Receiver

  /** @throws SystemError 'EPERM' without CAP_NET_RAW; 'EADDRNOTAVAIL' for a source that this host does not have */
  constructor(target: IpAddress, options: EchoSocketOptions = {}) {
    const { netns, source, link, scope = 0, identifier, fragments } = options
    this.target = target
    this.identifier = identifier ?? nextIdentifier
    nextIdentifier = (nextIdentifier + 1) & 0xffff
    this.#address = socketAddress(target, scope)
    this.#receiver = new Receiver(0x10000, 64)
    const isV4 = target.family === 'inet'
    const open = () => socket(isV4 ? AF_INET : AF_INET6, SOCK_RAW, isV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6)
    this.#fd = netns === undefined ? open() : withNamespace(netns.fd, open)
    try {
      if (isV4) {
        setsockopt(
          this.#fd,
          SOL_RAW,
          ICMP_FILTER,
          blockAllBut([echoType('inet', 'echo-reply'), ...ERROR_TYPES.inet], 1),
        )
        setsockopt(this.#fd, SOL_SOCKET, SO_BROADCAST, 1)
      } else {
        const wanted = [echoType('inet6', 'echo-reply'), ...ERROR_TYPES.inet6]
        setsockopt(this.#fd, SOL_ICMPV6, ICMPV6_FILTER, blockAllBut(wanted, 8))
        setsockopt(this.#fd, SOL_IPV6, IPV6_RECVHOPLIMIT, 1)
      }
      const told = { ...options, fragments: fragments && FRAGMENTS[fragments] }
      for (const [name, places] of Object.entries(SETTINGS)) {
        const value = told[name as keyof typeof SETTINGS]
        const [level, option] = places[isV4 ? 0 : 1]
        if (value !== undefined) setsockopt(this.#fd, level, option, Number(value))
      }
      if (link !== undefined) setsockopt(this.#fd, SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(link))
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

  /**
   * Sends one echo request and waits for what comes of it. That it cannot be sent or delivered is a result.
   * @throws the signal's reason
   */
  exchange(sequence: number, { milliseconds, payload, signal }: ExchangeOptions): Promise<EchoResult> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      let watcher: Watcher | undefined
      let open = true
      const end = () => {
        open = false
        watcher?.stop()
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const settle = (result: EchoResult) => {
        end()
        resolve(result)
      }
      const abort = () => {
        end()
        reject(signal?.reason)
      }
      const fail = (error: unknown) => {
        if (error instanceof SystemError) return settle(failure(error, sequence))
        end()
        reject(error)
      }
      const timer = setTimeout(() => settle({ outcome: 'timeout', sequence, milliseconds }), milliseconds)
      signal?.addEventListener('abort', abort, { once: true })

      let started = 0
      const drain = () => {
        try {
          while (open) {
            const answer = this.receive()
            if (answer === undefined) return
            const result = resultOf(answer, sequence, payload, answer.at - started)
            if (result !== undefined) settle(result)
          }
        } catch (error) {
          fail(error)
        }
      }
      try {
        started = this.send(sequence, payload)
      } catch (error) {
        fail(error)
      }
      drain()
      if (open) watcher = this.watch(drain)
    })
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
    close(this.#fd)
  }
}

/** A mask as ICMP_FILTER and ICMPV6_FILTER have it: a bit for each type of message that is not wanted. */
function blockAllBut(types: readonly number[], words: number): Uint8Array {
  const mask = new Uint8Array(words * 4).fill(0xff)
  for (const type of types) mask[type >> 3]! &= ~(1 << (type & 7))
  return mask
}

function failure({ code, errno }: SystemError, sequence: number): EchoResult {
  return { outcome: 'error', sequence, code, reason: errnoMessage(errno).toLowerCase() }
}

/** What an answer says about one request; undefined when it is about another. */
function resultOf(
  answer: EchoAnswer,
  sequence: number,
  payload: Uint8Array,
  milliseconds: number,
): EchoResult | undefined {
  if (answer.sequence !== sequence) return undefined
  const { from } = answer
  if (answer.kind === 'error') return { outcome: 'error', sequence, code: answer.code, reason: answer.reason, from }
  if (Buffer.compare(answer.payload, payload) !== 0) return undefined
  return { outcome: 'reply', sequence, from, ttl: answer.ttl, bytes: answer.bytes, milliseconds }
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
