import { AF_INET6, close, ioctl, SOCK_CLOEXEC, SOCK_DGRAM, socket } from '../libc/index.ts'
import { bits, type InferInput, i32, ipv6, padding, struct, u16, u32, u64, Writer } from '../netlink/index.ts'

// linux/sockios.h
const SIOCADDRT = 0x890b
const SIOCDELRT = 0x890c

/** RTF_* of linux/route.h and linux/ipv6_route.h: what /proc/net/ipv6_route says of a route, most of which netlink has no word for. */
export const IPV6_ROUTE_FLAGS = {
  up: 0x1,
  gateway: 0x2,
  host: 0x4,
  dynamic: 0x10,
  modified: 0x20,
  reject: 0x200,
  default: 0x10000,
  'all-on-link': 0x20000,
  addrconf: 0x40000,
  'no-next-hop': 0x200000,
  expires: 0x400000,
  cache: 0x1000000,
  flow: 0x2000000,
} as const

/** struct in6_rtmsg (linux/ipv6_route.h) of a 64-bit machine. */
const parameters = struct({
  dst: ipv6,
  src: ipv6,
  gateway: ipv6,
  type: u32,
  dstLength: u16,
  srcLength: u16,
  metric: u32,
  alignment: padding(4),
  info: u64,
  flags: bits(u32, IPV6_ROUTE_FLAGS),
  /** The index of the link; 0 for the one that the gateway is on. */
  ifindex: i32,
})

/** A route as the call has it: addresses are `::`, and numbers 0, where they are not meant. */
export type Ipv6RouteParameters = Pick<
  Required<InferInput<typeof parameters>>,
  'dst' | 'dstLength' | 'gateway' | 'metric' | 'flags' | 'ifindex'
>

function call(request: number, wanted: Ipv6RouteParameters): void {
  const writer = new Writer()
  parameters.write(writer, { src: '::', type: 0, srcLength: 0, info: 0, ...wanted }, {})
  const fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)
  try {
    ioctl(fd, request, writer.bytes.slice(0, writer.position))
  } finally {
    close(fd)
  }
}

/**
 * Adds an IPv6 route to the main table by the ioctl that was there before netlink, in the namespace that the thread is in. Unlike
 * `route.add` it can say all flags, and lets a route stand beside others of its destination. Throws EncodeError and SystemError.
 */
export function add(wanted: Ipv6RouteParameters): void {
  call(SIOCADDRT, wanted)
}

/** Takes away the first route that this is true of; 0 and `::` are of any. Throws EncodeError and SystemError: ESRCH for none. */
function remove(wanted: Ipv6RouteParameters): void {
  call(SIOCDELRT, wanted)
}

export { remove as delete }
