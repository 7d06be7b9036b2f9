import { AF_INET, close, ioctl, SOCK_CLOEXEC, SOCK_DGRAM, socket } from '../libc/index.ts'
import { EncodeError, parseLladdr } from '../netlink/index.ts'

// linux/sockios.h
const SIOCADDMULTI = 0x8931
const SIOCDELMULTI = 0x8932
const IFNAMSIZ = 16
const ETHER_SIZE = 6

/** struct ifreq (netdevice(7)) with a hardware address. */
function call(request: number, link: string, address: string): void {
  const bytes = parseLladdr(address)
  if (bytes.length !== ETHER_SIZE)
    throw new EncodeError(`expected ${ETHER_SIZE} bytes, got ${address}`).within('address')
  const ifreq = new Uint8Array(40)
  ifreq.set(new TextEncoder().encode(link).subarray(0, IFNAMSIZ - 1))
  ifreq.set(bytes, IFNAMSIZ + 2)
  const fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)
  try {
    ioctl(fd, request, ifreq)
  } finally {
    close(fd)
  }
}

/**
 * Has a link receive what is sent to an Ethernet multicast address, `01:00:5e:00:00:23`, by an ioctl in the namespace that the thread
 * is in: netlink has no request for it. Each addition counts. Throws EncodeError, and SystemError: ENODEV where there is no such link.
 */
export function add(link: string, address: string): void {
  call(SIOCADDMULTI, link, address)
}

/** Takes one addition back. Throws EncodeError and SystemError: ENOENT where there is none. */
function remove(link: string, address: string): void {
  call(SIOCDELMULTI, link, address)
}

export { remove as delete }
