import { describe, expect, test } from 'vitest'
import { matcher, separated } from '../../../src/cli/sysctl/key.ts'

describe('separators of a key', () => {
  test.each([
    ['net.ipv4.ip_forward', '/', 'net/ipv4/ip_forward'],
    ['net/ipv4/ip_forward', '.', 'net.ipv4.ip_forward'],
    ['net/ipv4/ip_forward', '/', 'net/ipv4/ip_forward'],
    ['net.ipv4.conf.eth0/1.mtu', '/', 'net/ipv4/conf/eth0.1/mtu'],
    ['net/ipv4/conf/eth0.1/mtu', '.', 'net.ipv4.conf.eth0/1.mtu'],
    ['kernel', '/', 'kernel'],
    ['', '.', ''],
  ] as const)('%s with %s is %s', (text, to, expected) => {
    expect(separated(text, to, expect.unreachable)).toBe(expected)
  })

  test('a doubled one is complained of once, as far as it has been read', () => {
    const said: string[] = []
    expect(separated('a.b..c..d', '/', (line) => said.push(line))).toBe('a/b//c//d')
    expect(said).toEqual(['separators should not be repeated: ..c..d'])
  })
})

describe('patterns', () => {
  test.each([
    ['forward', 'net.ipv4.ip_forward', true],
    ['^forward', 'net.ipv4.ip_forward', false],
    ['ip_[[:alpha:]]+$', 'net.ipv4.ip_forward', true],
    ['[[:digit:]]\\.ip_f', 'net.ipv4.ip_forward', true],
    ['[[:upper:]]', 'net.ipv4.ip_forward', false],
    ['(', 'net.ipv4.ip_forward', false],
  ])('%s and %s: %s', (pattern, key, expected) => {
    expect(matcher(pattern)(key)).toBe(expected)
  })
})
