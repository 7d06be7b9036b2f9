import { readFileSync } from 'node:fs'
import { getSystemErrorMap } from 'node:util'
import { describe, expect, test } from 'vitest'
import { asSystemError, errnoMessage, errnoName, SystemError } from '../../src/libc/index.ts'

describe('errno', () => {
  test('names and glibc words', () => {
    expect([errnoName(1), errnoMessage(1)]).toEqual(['EPERM', 'Operation not permitted'])
    expect([errnoName(17), errnoMessage(17)]).toEqual(['EEXIST', 'File exists'])
    expect([errnoName(95), errnoMessage(95)]).toEqual(['EOPNOTSUPP', 'Operation not supported'])
    expect([errnoName(524), errnoMessage(524)]).toEqual(['ENOTSUPP', 'Unknown error 524'])
    expect([errnoName(999), errnoMessage(999)]).toEqual(['E999', 'Unknown error 999'])
  })

  // libuv's numbers are the platform's own only on Linux.
  test.skipIf(process.platform !== 'linux')('the names are those that node has for the same numbers', () => {
    const differ = [...getSystemErrorMap()]
      .filter(([number]) => number > -1000)
      .map(([number, [name]]) => [name, errnoName(-number)])
      .filter(([name, ours]) => name !== ours)
    // ENOTSUP and EOPNOTSUPP are one number; libuv prefers the former.
    expect(differ.filter(([name]) => name !== 'ENOTSUP')).toEqual([])
  })

  test('SystemError reads as errors of node do', () => {
    const error = new SystemError(1, 'setns')
    expect(error.message).toBe('EPERM: operation not permitted, setns')
    expect(error).toMatchObject({ name: 'SystemError', code: 'EPERM', errno: 1, syscall: 'setns' })
    expect('path' in error && error.path !== undefined).toBe(false)
    expect(new SystemError(2, 'mount', '/run/x').message).toBe("ENOENT: no such file or directory, mount '/run/x'")
    expect(new SystemError(40, 'umount2').message).toBe('ELOOP: too many levels of symbolic links, umount2')
    expect(new SystemError(74, 'recvmsg').message).toBe('EBADMSG: bad message, recvmsg')
    expect(new SystemError(73, 'recvmsg').message).toBe('EDOTDOT: RFS specific error, recvmsg')
  })

  test('an error of node becomes a SystemError, any other stays', () => {
    try {
      readFileSync('/no/such/file')
    } catch (error) {
      const ours = asSystemError(error)
      expect(ours).toBeInstanceOf(SystemError)
      expect(ours).toMatchObject({ code: 'ENOENT', errno: 2, syscall: 'open', path: '/no/such/file' })
      expect(asSystemError(ours)).toBe(ours)
    }
    const other = new TypeError('other')
    expect(asSystemError(other)).toBe(other)
    expect.assertions(4)
  })
})
