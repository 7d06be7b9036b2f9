import {
  ICMP_FILTER,
  ICMPV6_FILTER,
  IP_MTU_DISCOVER,
  IP_MULTICAST_LOOP,
  IP_TOS,
  IP_TTL,
  IPV6_MTU_DISCOVER,
  IPV6_MULTICAST_LOOP,
  IPV6_RECVHOPLIMIT,
  IPV6_TCLASS,
  IPV6_UNICAST_HOPS,
  SO_BINDTODEVICE,
  SO_BROADCAST,
  SO_DONTROUTE,
  SO_MARK,
  SO_SNDBUF,
  SOL_ICMPV6,
  SOL_IP,
  SOL_IPV6,
  SOL_RAW,
  SOL_SOCKET,
  setsockopt,
} from '../../libc/index.ts'
import type { Namespace } from '../../netns/index.ts'
import { ERROR_TYPES } from './errors.ts'
import { echoType, type IpFamily } from './message.ts'
import type { IpAddress } from './socket-address.ts'

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

/** Has a raw socket receive echo replies and errors alone, and send as the options say. Throws SystemError. */
export function configure(fd: number, family: IpFamily, options: EchoSocketOptions): void {
  const { link, fragments } = options
  const isV4 = family === 'inet'
  const wanted = [echoType(family, 'echo-reply'), ...ERROR_TYPES[family]]
  if (isV4) {
    setsockopt(fd, SOL_RAW, ICMP_FILTER, blockAllBut(wanted, 1))
    setsockopt(fd, SOL_SOCKET, SO_BROADCAST, 1)
  } else {
    setsockopt(fd, SOL_ICMPV6, ICMPV6_FILTER, blockAllBut(wanted, 8))
    setsockopt(fd, SOL_IPV6, IPV6_RECVHOPLIMIT, 1)
  }
  const told = { ...options, fragments: fragments && FRAGMENTS[fragments] }
  for (const [name, places] of Object.entries(SETTINGS)) {
    const value = told[name as keyof typeof SETTINGS]
    const [level, option] = places[isV4 ? 0 : 1]
    if (value !== undefined) setsockopt(fd, level, option, Number(value))
  }
  if (link !== undefined) setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, new TextEncoder().encode(link))
}

/** A mask as ICMP_FILTER and ICMPV6_FILTER have it: a bit for each type of message that is not wanted. */
function blockAllBut(types: readonly number[], words: number): Uint8Array {
  const mask = new Uint8Array(words * 4).fill(0xff)
  for (const type of types) mask[type >> 3]! &= ~(1 << (type & 7))
  return mask
}
