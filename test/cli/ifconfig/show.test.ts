import { expect, test } from 'vitest'
import { sizeText } from '../../../src/cli/ifconfig/show.ts'

test.each([
  [0n, '0.0 B'],
  [1024n, '1024.0 B'],
  [1025n, '1.0 KiB'],
  [4705n, '4.5 KiB'],
  [1048576n, '1024.0 KiB'],
  [1048577n, '1.0 MiB'],
  [1099511627777n, '1.0 TiB'],
  [18446744073709551615n, '15.9 EiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
