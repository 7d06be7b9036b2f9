import { SystemError } from './errno.ts'
import { foreign, lastErrno } from './library.ts'

const c =
  foreign<(fd: number, request: number, type: 'void *', argument: Uint8Array) => number>('int ioctl(int, ulong, ...)')

/**
 * ioctl(2) with a pointer to a struct, which the kernel reads and may change.
 * @throws SystemError
 */
export function ioctl(fd: number, request: number, argument: Uint8Array): number {
  const result = c.sync(fd, request, 'void *', argument)
  if (result < 0) throw new SystemError(lastErrno(), 'ioctl')
  return result
}
