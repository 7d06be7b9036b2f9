import { describe, expect, test } from 'vitest'
import { humanNumber } from '../../../../src/cli/ip/link/human-number.ts'

// What lies halfway is rounded as printf(3) does it.
describe('numbers for people', () => {
  test.each([
    [999, false, '999'],
    [1000, false, '1.00k'],
    [1234567n, false, '1.23M'],
    [12345, false, '12.3k'],
    [123456, false, '123k'],
    [2688, true, '2.62ki'],
    [1408, true, '1.38ki'],
    [1125000, false, '1.12M'],
    [12250, false, '12.2k'],
    [12750, false, '12.8k'],
    [122500, false, '122k'],
    [123500, false, '124k'],
    [2675, false, '2.67k'],
  ])('%d, IEC %s: %s', (count, iec, text) => {
    expect(humanNumber(count, iec)).toBe(text)
  })
})
