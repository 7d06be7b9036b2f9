import { AF_INET, AF_INET6 } from './constants.ts'
import { foreign } from './library.ts'

const NI_NAMEREQD = 8
// NI_MAXHOST of netdb.h.
const HOST_SIZE = 1025

const getnameinfo = foreign<
  (
    address: Uint8Array,
    length: number,
    host: Uint8Array,
    hostSize: number,
    service: null,
    serviceSize: number,
    flags: number,
  ) => number
>('int getnameinfo(void *, uint, void *, uint, void *, uint, int)')

/**
 * getnameinfo(3): the name that /etc/hosts, DNS or whatever else the system asks has for an address of 4 or 16 bytes; undefined where
 * there is none. Stops the thread for as long as that takes.
 */
export function hostName(address: Uint8Array): string | undefined {
  const host = new Uint8Array(HOST_SIZE)
  const socketAddress = address.length === 4 ? inet(address) : inet6(address)
  if (getnameinfo.sync(socketAddress, socketAddress.length, host, HOST_SIZE, null, 0, NI_NAMEREQD) !== 0)
    return undefined
  return Buffer.from(host.subarray(0, host.indexOf(0))).toString()
}

/** struct sockaddr_in: the family, two bytes of port, the address, eight bytes of nothing. */
function inet(address: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16)
  bytes[0] = AF_INET
  bytes.set(address, 4)
  return bytes
}

/** struct sockaddr_in6: the family, two bytes of port, four of flow label, the address, four of scope. */
function inet6(address: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(28)
  bytes[0] = AF_INET6
  bytes.set(address, 8)
  return bytes
}
