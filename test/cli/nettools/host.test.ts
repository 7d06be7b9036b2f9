import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dotted,
  hardwareNamed,
  hardwareOf,
  parseDotted,
  readEthernet,
  undotted,
} from '../../../src/cli/nettools/index.ts'

describe('addresses as inet_aton reads them', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.1', '10.0.0.1'],
    ['10.1.2', '10.1.0.2'],
    ['2130706433', '127.0.0.1'],
    ['0x7f000001', '127.0.0.1'],
    ['0177.1', '127.0.0.1'],
    ['0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['4294967296', undefined],
    ['256.1', undefined],
    ['1.2.3.256', undefined],
    ['1.2.3.4.5', undefined],
    ['08', undefined],
    ['1..2', undefined],
    ['', undefined],
    ['host', undefined],
    ['-1', undefined],
  ])('%j is %s', (text, address) => {
    expect(parseDotted(text)).toBe(address)
  })

  test('numbers and dotted addresses are the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        expect(undotted(dotted(value))).toBe(value)
        expect(parseDotted(String(value))).toBe(dotted(value))
      }),
    )
  })
})

describe('hardware', () => {
  test.each([
    ['02:00:00:00:00:0A', '02:00:00:00:00:0a'],
    ['2:0:0:0:0:a', '02:00:00:00:00:0a'],
    ['02:00:00:00:00:0a:99', '02:00:00:00:00:0a'],
    ['02:00:00:00:00', undefined],
    ['02:00:00:00:00:zz', undefined],
    ['', undefined],
  ])('%j is the Ethernet address %s', (text, address) => {
    expect(readEthernet(text)).toBe(address)
  })

  test('what is not known is unspecified', () => {
    expect(hardwareOf('ether')).toBe(hardwareNamed('ether'))
    expect(hardwareOf('none').name).toBe('unspec')
    expect(hardwareNamed('nosuch')).toBeUndefined()
  })
})
