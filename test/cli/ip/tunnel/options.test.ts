import { describe, expect, test } from 'vitest'
import { CommandFailure, Words } from '../../../../src/cli/grammar/index.ts'
import { fallbackOf, readIpv4 } from '../../../../src/cli/ip/tunnel/ipv4.ts'
import * as over6 from '../../../../src/cli/ip/tunnel/ipv6.ts'
import { testSession } from '../../session.ts'

const session = () => testSession({}, [{ index: 2, name: 'v0' }])
const read = (line: string) => readIpv4(session(), new Words(line.split(' ')))
const read6 = (line: string) => over6.readIpv6(session(), new Words(line.split(' ')), over6.NEW)

describe('options of ip tunnel', () => {
  test.each([
    [
      'x mode gre remote 10.0.0.2 ttl 5 dev v0',
      { name: 'x', protocol: 47, remote: '10.0.0.2', ttl: 5, link: 2 },
      'gre0',
    ],
    ['gre5 key 1.2.3.4 iseq', { protocol: 47, ikey: 0x01020304, okey: 0x01020304, iflags: ['key', 'seq'] }, 'gre0'],
    ['name ipip7 nopmtudisc', { name: 'ipip7', protocol: 4, fragment: 0 }, 'tunl0'],
    ['x mode isatap', { protocol: 41, iflags: ['special'] }, 'sit0'],
    ['vti9 key 5', { protocol: 4, iflags: ['key', 'special'], ikey: 5 }, 'ip_vti0'],
    ['x mode gre remote 239.0.0.1 local any', {}, undefined],
    ['x tos inherit/0x10', { tos: 0x11 }, undefined],
    ['x tos 0x20/whatever', { tos: 0x20 }, undefined],
  ])('%s', (line, expected, fallback) => {
    if (line.includes('239.')) {
      const refused = new CommandFailure('A broadcast tunnel requires a source address', 1)
      expect(() => read(line)).toThrow(refused)
      return
    }
    const found = read(line)
    expect(found).toMatchObject(expected)
    expect(fallbackOf(found)).toBe(fallback)
  })

  test.each([
    ['x mode ip6ip6 hoplimit 9', { protocol: 41, hopLimit: 9, encapLimit: 4 }, 'ip6tnl0'],
    ['x mode ip6gre tclass 10 flowlabel 5', { protocol: 47, flowinfo: 0x01000005 }, 'ip6gre0'],
    ['x mode vti6 key 7', { protocol: 41, iflags: ['special', 'key'], okey: 7 }, 'ip6_vti0'],
    ['x encaplimit none tclass inherit', { flags: ['ign-encap-limit', 'use-orig-tclass'] }, 'ip6tnl0'],
  ])('over IPv6: %s', (line, expected, fallback) => {
    const found = read6(line)
    expect(found).toMatchObject(expected)
    expect(over6.fallbackOf(found)).toBe(fallback)
  })

  test('a tunnel whose name comes first is changed from what it is', () => {
    const old = { ...read('x mode gre ttl 9 remote 10.0.0.2'), tos: 4 }
    const found = readIpv4(session(), new Words(['x', 'ttl', '3']), () => ({ ...old }))
    expect(found).toEqual({ ...old, ttl: 3 })
    const later = readIpv4(session(), new Words(['ttl', '3', 'x']), () => ({ ...old }))
    expect(later).toMatchObject({ name: 'x', ttl: 3, tos: 0, remote: '0.0.0.0' })
  })
})
