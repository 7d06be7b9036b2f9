import { describe, expect, test } from 'vitest'
import { Words } from '../../../../src/cli/grammar/index.ts'
import { readTuntap } from '../../../../src/cli/ip/tuntap/keywords.ts'

const read = (line: string, creates = true) => {
  const { flags, ...rest } = readTuntap(new Words(line.split(' ')), creates)
  return { ...rest, flags: [...flags].sort() }
}

describe('options of ip tuntap', () => {
  test.each([
    ['t0 mode tun', { name: 't0', flags: ['no-pi', 'tun'] }],
    ['dev t0 mode tap pi multi vnet one', { name: 't0', flags: ['multi-queue', 'one-queue', 'tap', 'vnet-hdr'] }],
    ['mode tun name t1 user 7 group 8', { name: 't1', user: 7, group: 8, flags: ['no-pi', 'tun'] }],
    ['mode ta user root', { name: '', user: 0, flags: ['no-pi', 'tap'] }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected)
  })

  test.each([
    ['t0', 'You failed to specify a tunnel mode', 1],
    ['mode tun mode tap', 'You managed to ask for more than one tunnel mode.', 255],
    ['mode tun user nobodyatall', 'invalid user "nobodyatall"', 255],
    ['mode tun a b', 'Error: either "name" is duplicate, or "b" is a garbage.', 255],
  ])('not %s', (line, message, status) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ message, status }))
  })

  test('a link that is deleted has no user: that is a name', () => {
    expect(() => read('mode tun user x', false)).toThrow('or "x" is a garbage.')
  })
})
