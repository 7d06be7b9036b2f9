import { checked, ffi, foreign } from './library.ts'

type Argument = readonly [type: 'void *', value: Uint8Array] | readonly [type: 'long', value: number]

const c = foreign<(fd: number, request: number, ...argument: Argument) => number>('int ioctl(int, ulong, ...)')

/**
 * ioctl(2) with a pointer to a struct, which the kernel reads and may change.
 * @throws SystemError
 */
export function ioctl(fd: number, request: number, argument: Uint8Array): number {
  return checked(c.sync(fd, request, 'void *', argument), 'ioctl')
}

/**
 * ioctl(2) with a number where others have a pointer.
 * @throws SystemError
 */
export function ioctlValue(fd: number, request: number, value: number): number {
  return checked(c.sync(fd, request, 'long', value), 'ioctl')
}

/**
 * ioctl(2) about a link: a `struct ifreq` (netdevice(7)) with its name and a pointer to `data`, which the kernel reads and may
 * change. A name of more than 15 bytes is cut.
 * @throws SystemError
 */
export function linkIoctl(fd: number, request: number, name: string, data: Uint8Array): void {
  const ifreq = new Uint8Array(40)
  ifreq.set(new TextEncoder().encode(name).subarray(0, 15))
  new DataView(ifreq.buffer).setBigUint64(16, ffi().address(data), true)
  ioctl(fd, request, ifreq)
}
