import { openSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { runScript } from '../child.ts'

const reason = libc.unsupportedReason()

describe.skipIf(reason)(`processes${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('execvp replaces the process: arguments, environment, PATH, and output once close-on-exec is cleared', async () => {
    const result = await runScript(
      `
      import * as libc from './src/libc/index.ts'
      process.env.ADDED = 'later'
      for (const fd of [0, 1, 2]) libc.setCloseOnExec(fd, false)
      libc.signal(libc.SIGPIPE, libc.SIG_DFL)
      libc.signal(libc.SIGXFSZ, libc.SIG_DFL)
      libc.execvp('sh', ['sh', '-c', 'echo "$0|$1|$ADDED"; grep SigIgn /proc/$$/status; exit 3', 'zero', 'ö ne'])
    `,
    )
    expect(result).toEqual({
      status: 3,
      signal: null,
      stdout: 'zero|ö ne|later\nSigIgn:\t0000000000000000\n',
      stderr: '',
    })
  })

  test('a program that is not there is ENOENT, and the process goes on', () => {
    expect(() => libc.execvp('no-such-program', ['no-such-program'])).toThrow(
      "ENOENT: no such file or directory, execvp 'no-such-program'",
    )
    expect(() => libc.execvp('true', ['true', 'a\0b'])).toThrow('argument 1 contains a NUL byte')
  })

  test('descriptor flags, duplicates and signals', () => {
    const fd = openSync('/dev/null', 'r')
    expect(libc.fcntl(fd, libc.F_GETFD)).toBe(libc.FD_CLOEXEC)
    libc.setCloseOnExec(fd, false)
    expect(libc.fcntl(fd, libc.F_GETFD)).toBe(0)
    libc.setNonBlocking(fd, true)
    expect(libc.fcntl(fd, libc.F_GETFL) & libc.O_NONBLOCK).toBe(libc.O_NONBLOCK)
    libc.setNonBlocking(fd, false)
    expect(libc.fcntl(fd, libc.F_GETFL) & libc.O_NONBLOCK).toBe(0)
    const copy = openSync('/proc/self/status', 'r')
    libc.dup2(fd, copy)
    expect(readFileSync(`/proc/self/fdinfo/${copy}`, 'utf8')).toContain('flags:')
    expect(readFileSync(copy, 'utf8')).toBe('')
    libc.close(copy)
    libc.close(fd)
    expect(() => libc.fcntl(9999, libc.F_GETFD)).toThrow('EBADF: bad file descriptor, fcntl')
    expect(() => libc.dup2(9999, 9998)).toThrow('EBADF: bad file descriptor, dup2')
    expect(() => libc.signal(9, libc.SIG_IGN)).toThrow('EINVAL: invalid argument, signal')
  })
})
