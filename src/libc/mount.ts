import { cstring } from './c-string.ts'
import { SystemError } from './errno.ts'
import { foreign, lastErrno } from './library.ts'

const c = {
  mount: foreign<
    (source: string | null, target: string, type: string | null, flags: number, data: string | null) => number
  >('int mount(str, str, str, ulong, str)'),
  umount2: foreign<(target: string, flags: number) => number>('int umount2(str, int)'),
  statvfs: foreign<(path: string, result: Uint8Array) => number>('int statvfs(str, void *)'),
}

/**
 * mount(2). `source`, `type` and `data` may be null where the flags make them meaningless.
 * @throws SystemError, NulByteError
 */
export function mount(source: string | null, target: string, type: string | null, flags: number, data?: string): void {
  const result = c.mount.sync(
    source === null ? null : cstring(source, 'mount source'),
    cstring(target, 'mount target'),
    type === null ? null : cstring(type, 'mount type'),
    flags,
    data === undefined ? null : cstring(data, 'mount data'),
  )
  if (result < 0) throw new SystemError(lastErrno(), 'mount', target)
}

/**
 * umount2(2).
 * @throws SystemError, NulByteError
 */
export function umount(target: string, flags = 0): void {
  if (c.umount2.sync(cstring(target, 'mount target'), flags) < 0) throw new SystemError(lastErrno(), 'umount2', target)
}

/**
 * The MS_* flags that the mount at `path` has (f_flag of statvfs(3), whose ST_* bits are MS_*'s).
 * @throws SystemError, NulByteError
 */
export function mountFlags(path: string): number {
  // struct statvfs: nine 64-bit words come before f_flag, in glibc and musl.
  const result = new Uint8Array(256)
  if (c.statvfs.sync(cstring(path, 'path'), result) < 0) throw new SystemError(lastErrno(), 'statvfs', path)
  return new DataView(result.buffer).getUint32(72, true)
}
