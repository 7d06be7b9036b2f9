import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidValueError } from '../../src/libc/index.ts'
import * as netns from '../../src/netns/index.ts'

// None of these reaches a system call: this runs anywhere.
const calls: [string, (name: string) => unknown][] = [
  ['create', (name) => netns.create(name)],
  ['attach', (name) => netns.attach(name, 1)],
  ['open', (name) => netns.open(name)],
  ['delete', (name) => netns.delete(name)],
  ['pids', (name) => netns.pids(name)],
  ['run', (name) => netns.run(name, () => 0)],
  ['exec', (name) => netns.exec(name, ['true'])],
]

describe.each(calls)('%s refuses, before anything happens,', (_name, call) => {
  test.each([
    ['', 'invalid network namespace name "": it is empty'],
    ['.', 'invalid network namespace name ".": it means a directory'],
    ['..', 'invalid network namespace name "..": it means a directory'],
    ['a/b', 'invalid network namespace name "a/b": it contains a slash'],
    ['../etc', 'invalid network namespace name "../etc": it contains a slash'],
    ['a\0b', 'invalid network namespace name "a\\u0000b": it contains a NUL byte'],
    ['x'.repeat(256), /it is 256 bytes long, and 255 is the most$/],
    ['ö'.repeat(128), /it is 256 bytes long, and 255 is the most$/],
  ])('%j', (name, message) => {
    const refusal = { code: 'ERR_INVALID_NETNS_NAME', name: 'InvalidNamespaceNameError', netns: name }
    expect(() => call(name)).toThrow(expect.objectContaining(refusal))
    expect(() => call(name)).toThrow(message)
  })

  test.each([undefined, null, 5, 10n, {}, [], Symbol('s')])('what is no name: %#', (name) => {
    expect(() => call(name as never)).toThrow(netns.InvalidNamespaceNameError)
    expect(() => call(name as never)).toThrow(/^invalid network namespace name .+: it is not a string$/)
  })

  test('any name with a slash in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(() => call(`${before}/${after}`)).toThrow(netns.InvalidNamespaceNameError)
      }),
    )
  })
})

test('exec wants a program, and process ids are positive integers', () => {
  expect(() => netns.exec('red', [])).toThrow(InvalidValueError)
  for (const pid of [0, -1, 1.5, Number.NaN]) {
    expect(() => netns.openPid(pid)).toThrow(`not a process id: ${pid}`)
    expect(() => netns.identify(pid)).toThrow(InvalidValueError)
    expect(() => netns.attach('red', pid)).toThrow(InvalidValueError)
  }
})
