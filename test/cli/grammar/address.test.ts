import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressText,
  expectAddress,
  expectPrefix,
  isMulticast,
  lladdrBytes,
  lladdrText,
  readAddress,
  readPrefix,
} from '../../../src/cli/grammar/index.ts'

const shown = (text: string) => {
  const prefix = readPrefix(text, 'unspec')
  return prefix && `${prefix.family} ${addressText(prefix)}/${prefix.length}${prefix.lengthGiven ? ' given' : ''}`
}

describe('prefixes', () => {
  test.each([
    ['10.0.0.1', 'inet 10.0.0.1/32'],
    ['10.0.0.1/24', 'inet 10.0.0.1/24 given'],
    ['10.0.0.1/255.255.254.0', 'inet 10.0.0.1/23 given'],
    ['10.0.0.1/255.255.255.255', 'inet 10.0.0.1/32 given'],
    ['10.0.0.1/0.0.0.0', 'inet 10.0.0.1/0 given'],
    ['10.0.0.1/0x18', 'inet 10.0.0.1/24 given'],
    ['10.8', 'inet 10.8.0.0/32'],
    ['0x0a.010.1', 'inet 10.8.1.0/32'],
    ['0/0', 'inet 0.0.0.0/0 given'],
    ['fd00::1/64', 'inet6 fd00::1/64 given'],
    ['::ffff:1.2.3.4', 'inet6 ::ffff:1.2.3.4/128'],
    ['default', 'unspec /0 given'],
    ['any', 'unspec /0'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  test.each([
    'x',
    '',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/255.0.255.0',
    '1.2.3.4/x',
    'fd00::1/129',
    'fd00::x',
    'default/8',
  ])('%j is none', (text) => {
    expect(readPrefix(text, 'unspec')).toBeUndefined()
  })

  test('in a family only that family', () => {
    expect(readPrefix('10.0.0.1/8', 'inet6')).toBeUndefined()
    expect(readPrefix('fd00::/8', 'inet')).toBeUndefined()
    expect(addressText(readAddress('default', 'inet6')!)).toBe('::')
  })

  test('every length and its netmask are the same', () => {
    for (let length = 0; length <= 32; length++) {
      const bits = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0
      const mask = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.')
      expect(readPrefix(`1.2.3.4/${mask}`, 'unspec')?.length).toBe(length)
    }
  })
})

test('errors name the family', () => {
  expect(() => expectPrefix('x', 'unspec')).toThrow('Error: any valid prefix is expected rather than "x".')
  expect(() => expectAddress('x', 'inet')).toThrow('Error: inet address is expected rather than "x".')
  expect(() => expectPrefix('1.2.3.4', 'packet')).toThrow(
    'Error: "1.2.3.4" may be inet prefix, but it is not allowed in this context.',
  )
})

test('multicast', () => {
  expect(isMulticast(readAddress('239.0.0.1', 'unspec')!)).toBe(true)
  expect(isMulticast(readAddress('192.0.0.1', 'unspec')!)).toBe(false)
  expect(isMulticast(readAddress('ff02::1', 'unspec')!)).toBe(true)
})

describe('link-layer addresses', () => {
  test.each([
    ['02:00:00:00:00:01', '02:00:00:00:00:01'],
    ['2:0:0:0:0:1', '02:00:00:00:00:01'],
    ['0x2:FF', '02:ff'],
    ['1.2.3.4', '01:02:03:04'],
  ])('%s', (text, expected) => {
    expect(lladdrText(lladdrBytes(text))).toBe(expected)
  })

  test('the error names the byte that is none', () => {
    expect(() => lladdrBytes('02:zz:00')).toThrow('"zz" is invalid lladdr.')
    expect(() => lladdrBytes('02:100')).toThrow('"100" is invalid lladdr.')
    expect(() => lladdrBytes('1.2.3.x')).toThrow('"1.2.3.x" is invalid lladdr.')
  })

  test('text and bytes are the same both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        expect(lladdrBytes(lladdrText(bytes))).toEqual(bytes)
      }),
    )
  })
})
