import { AF_NETLINK, SOCK_CLOEXEC } from './constants.ts'
import { EINTR, SystemError } from './errno.ts'
import { checked, foreign, lastErrno } from './library.ts'
import { MessageHeader } from './message-header.ts'
import { offload } from './offload.ts'

const c = {
  socket: foreign<(domain: number, type: number, protocol: number) => number>('int socket(int, int, int)'),
  bind: foreign<(fd: number, address: Uint8Array, length: number) => number>('int bind(int, void *, uint)'),
  connect: foreign<(fd: number, address: Uint8Array, length: number) => number>('int connect(int, void *, uint)'),
  getsockname: foreign<(fd: number, address: Uint8Array, length: Uint32Array) => number>(
    'int getsockname(int, void *, void *)',
  ),
  setsockopt: foreign<(fd: number, level: number, name: number, value: Uint8Array, length: number) => number>(
    'int setsockopt(int, int, int, void *, uint)',
  ),
  getsockopt: foreign<(fd: number, level: number, name: number, value: Int32Array, length: Uint32Array) => number>(
    'int getsockopt(int, int, int, void *, void *)',
  ),
  close: foreign<(fd: number) => number>('int close(int)'),
  // ssize_t, of which no message needs more than an int; -1 is -1 in both.
  send: foreign<(fd: number, bytes: Uint8Array, length: number, flags: number) => number>(
    'int send(int, void *, size_t, int)',
  ),
  sendmsg: foreign<(fd: number, header: bigint, flags: number) => number>('int sendmsg(int, void *, int)'),
  sendto: foreign<
    (fd: number, bytes: Uint8Array, length: number, flags: number, address: Uint8Array, size: number) => number
  >('int sendto(int, void *, size_t, int, void *, uint)'),
}

/**
 * socket(2), close-on-exec. The socket belongs to the network namespace that the calling thread is in, for good.
 * @throws SystemError
 */
export function socket(domain: number, type: number, protocol: number): number {
  return checked(c.socket.sync(domain, type | SOCK_CLOEXEC, protocol), 'socket')
}

/**
 * bind(2) to a `struct sockaddr_*` as bytes.
 * @throws SystemError
 */
export function bind(fd: number, address: Uint8Array): void {
  checked(c.bind.sync(fd, address, address.length), 'bind')
}

/**
 * connect(2) of a datagram or raw socket: chooses the source address, see `getsockname`.
 * @throws SystemError
 */
export function connect(fd: number, address: Uint8Array): void {
  checked(c.connect.sync(fd, address, address.length), 'connect')
}

/**
 * getsockname(2): the `struct sockaddr_*` that the socket is bound to, at most `size` bytes of it.
 * @throws SystemError
 */
export function getsockname(fd: number, size = 128): Uint8Array {
  const address = new Uint8Array(size)
  const length = Uint32Array.of(size)
  checked(c.getsockname.sync(fd, address, length), 'getsockname')
  return address.subarray(0, Math.min(length[0]!, size))
}

/**
 * setsockopt(2); a number is passed as a C int.
 * @throws SystemError
 */
export function setsockopt(fd: number, level: number, name: number, value: number | Uint8Array): void {
  const bytes = typeof value === 'number' ? new Uint8Array(Int32Array.of(value).buffer) : value
  checked(c.setsockopt.sync(fd, level, name, bytes, bytes.length), 'setsockopt')
}

/**
 * getsockopt(2) of an option that is a C int.
 * @throws SystemError
 */
export function getsockopt(fd: number, level: number, name: number): number {
  const value = Int32Array.of(0)
  checked(c.getsockopt.sync(fd, level, name, value, Uint32Array.of(4)), 'getsockopt')
  return value[0]!
}

/**
 * close(2). On Linux the descriptor is gone whatever it answers, so EINTR is not an error.
 * @throws SystemError
 */
export function close(fd: number): void {
  if (c.close.sync(fd) < 0) {
    const errno = lastErrno()
    if (errno !== EINTR) throw new SystemError(errno, 'close')
  }
}

/**
 * send(2) of the first `length` of the bytes to where the socket is connected; a netlink socket that is not reaches the kernel (port 0). Starts again
 * when a signal interrupts it. The kernel does a netlink request's work inside this call.
 * @returns how many bytes were sent
 * @throws SystemError
 */
export function send(fd: number, bytes: Uint8Array, flags = 0, length = bytes.length): number {
  for (;;) {
    const sent = c.send.sync(fd, bytes, length, flags)
    if (sent >= 0) return sent
    const errno = lastErrno()
    if (errno !== EINTR) throw new SystemError(errno, 'send')
  }
}

/**
 * `send` on another thread: for requests that may wait for a lock in the kernel. `bytes` must not change meanwhile.
 * @throws SystemError
 */
export async function sendAsync(fd: number, bytes: Uint8Array, flags = 0): Promise<number> {
  const header = new MessageHeader()
  header.bytes = bytes
  for (;;) {
    const sent = await offload(c.sendmsg, [fd, header.pointer, flags], header)
    if (sent >= 0) return sent
    if (-sent !== EINTR) throw new SystemError(-sent, 'sendmsg')
  }
}

/**
 * sendto(2) a `struct sockaddr_*` as bytes; starts again when a signal interrupts it.
 * @throws SystemError
 */
export function sendTo(fd: number, bytes: Uint8Array, address: Uint8Array, flags = 0): number {
  for (;;) {
    const sent = c.sendto.sync(fd, bytes, bytes.length, flags, address, address.length)
    if (sent >= 0) return sent
    const errno = lastErrno()
    if (errno !== EINTR) throw new SystemError(errno, 'sendto')
  }
}

/** `struct sockaddr_nl` (uapi/linux/netlink.h): the port is 0 for the kernel, `groups` a mask of the first 32. */
export function netlinkAddress(port = 0, groups = 0): Uint8Array {
  const address = new Uint8Array(12)
  const view = new DataView(address.buffer)
  view.setUint16(0, AF_NETLINK, true)
  view.setUint32(4, port, true)
  view.setUint32(8, groups, true)
  return address
}
