import { AF_INET } from './constants.ts'
import { ffi, foreign } from './library.ts'

const getaddrinfo = foreign<(name: string, service: null, hints: Uint8Array, result: unknown[]) => number>(
  'int getaddrinfo(const char *, void *, void *, _Out_ void **)',
)
const freeaddrinfo = foreign<(result: unknown) => void>('void freeaddrinfo(void *)')
const strerror = foreign<(error: number) => string>('const char *gai_strerror(int)')

// struct addrinfo of netdb.h: flags, family, kind of socket, protocol, length; then the pointer to the address.
const ADDRINFO_SIZE = 48
const FAMILY = 4
const ADDRESS_POINTER = 24

/** A name that stands for no address. `message` is gai_strerror(3)'s. */
export class HostLookupError extends Error {
  override readonly name = 'HostLookupError'
  readonly code = 'ERR_HOST_LOOKUP'
}

/**
 * getaddrinfo(3): the first IPv4 address, of 4 bytes, that /etc/hosts, DNS or whatever else the system asks has for a name; numeric
 * addresses stand for themselves. Stops the thread for as long as that takes. Throws HostLookupError.
 */
export function hostAddress(name: string): Uint8Array {
  const hints = new Uint8Array(ADDRINFO_SIZE)
  hints[FAMILY] = AF_INET
  const result: unknown[] = [null]
  const error = getaddrinfo.sync(name, null, hints, result)
  if (error !== 0) throw new HostLookupError(strerror.sync(error))
  const koffi = ffi()
  const found: unknown = result[0]
  try {
    const pointer: unknown = koffi.decode(found, ADDRESS_POINTER, 'void *')
    // struct sockaddr_in: the family and the port come first.
    return Uint8Array.from(koffi.decode(pointer, 4, koffi.array('uint8_t', 4)) as ArrayLike<number>)
  } finally {
    freeaddrinfo.sync(found)
  }
}
