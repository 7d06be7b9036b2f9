import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CommandFailure, cInteger, cNumber, u8, u16, Words } from '../../../src/cli/grammar/index.ts'

test.each([
  ['0', 0n],
  ['10', 10n],
  ['010', 8n],
  ['0x10', 16n],
  ['0X1f', 31n],
  ['-5', -5n],
  ['+5', 5n],
  [' 7', 7n],
  ['18446744073709551615', 18446744073709551615n],
])('reads %j as C does', (text, value) => {
  expect(cInteger(text)).toBe(value)
})

test.each(['', ' ', 'x', '1x', '08', '0x', '1.5', '--1', '1 ', '0xg'])('%j is no number', (text) => {
  expect(cInteger(text)).toBeUndefined()
})

test('base 16 needs no 0x', () => {
  expect(cInteger('ff', 16)).toBe(255n)
  expect(cInteger('0xff', 16)).toBe(255n)
  expect(cInteger('fg', 16)).toBeUndefined()
})

test('every number is read back in all three notations', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      expect(cInteger(value.toString())).toBe(value)
      expect(cInteger(`0x${value.toString(16)}`)).toBe(value)
      expect(cInteger(`0${value.toString(8)}`)).toBe(value)
    }),
  )
})

test('bounds are kept', () => {
  expect(cNumber('255', 0, 255)).toBe(255)
  expect(cNumber('256', 0, 255)).toBeUndefined()
  expect(cNumber('-1', 0, 255)).toBeUndefined()
  expect(u16('no').read(new Words(['65535']), undefined)).toBe(65535)
  expect(() => u8('invalid thing').read(new Words(['300']), undefined)).toThrow(
    new CommandFailure('Error: argument "300" is wrong: invalid thing', 255),
  )
})
