import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidValueError } from '../../src/libc/index.ts'
import { InvalidSysctlNameError, setSysctl, sysctlPath } from '../../src/ops/index.ts'

describe('the name of a kernel parameter', () => {
  test('with dots, with slashes, and with the other one inside a part', () => {
    expect(sysctlPath('net.ipv4.ip_forward')).toBe('/proc/sys/net/ipv4/ip_forward')
    expect(sysctlPath('net/ipv4/ip_forward')).toBe('/proc/sys/net/ipv4/ip_forward')
    expect(sysctlPath('net.ipv4.conf.eth0/100.forwarding')).toBe('/proc/sys/net/ipv4/conf/eth0.100/forwarding')
    expect(sysctlPath('net/ipv4/conf/eth0.100/forwarding')).toBe('/proc/sys/net/ipv4/conf/eth0.100/forwarding')
  })

  test.each([
    ['', 'no group'],
    ['kernel', 'no group'],
    ['net..ipv4', 'empty'],
    ['.net', 'empty'],
    ['net.', 'empty'],
    ['/etc/passwd', 'empty'],
    ['net/../../../etc/passwd', '".."'],
    ['net.//.ipv4', '".."'],
    ['net/./ipv4', '"."'],
    ['net./.ipv4', '"."'],
    ['net.ipv4\0.x', 'NUL'],
  ])('%j is refused', (name, why) => {
    expect(() => sysctlPath(name)).toThrow(InvalidSysctlNameError)
    expect(() => sysctlPath(name)).toThrow(why)
  })

  test('never leads out of /proc/sys', () => {
    const part = fc.constantFrom('net', 'ipv4', '.', '..', '/', '//', '../', 'a.b', '', '\0', 'eth0')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('.', '/', ''), (parts, separator) => {
        try {
          const path = sysctlPath(parts.join(separator))
          expect(path.startsWith('/proc/sys/')).toBe(true)
          expect(path.split('/').slice(1)).not.toContain('..')
          expect(path).not.toContain('\0')
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSysctlNameError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

test('a value is one line, which is checked before anything is done', () => {
  expect(() => setSysctl('net.ipv4.ip_forward', '1\n0')).toThrow(InvalidValueError)
  expect(setSysctl('net.ipv4.ip_forward', 1, { netns: 'red' }).summary).toBe('set net.ipv4.ip_forward to 1 in red')
})
