import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expressionKinds, netfilterProtocol } from '../../src/netfilter/index.ts'
import { dissect, toHex } from '../../src/netlink/index.ts'
import { arbitraryOf } from '../arbitrary.ts'
import { decode, encode } from '../fixtures.ts'

const special = new Map()
const derived = new Set<string>()
const messages = [...netfilterProtocol.messages].map(([type, { name, codec }]) => ({ type, name, codec }))
const byCodec = [...new Map(messages.toReversed().map((one) => [one.codec, one])).values()]

describe('values, their bytes, the same values', () => {
  test.each(byCodec)('$name', ({ codec }) => {
    fc.assert(
      fc.property(arbitraryOf(codec, special, derived), (value) => {
        const bytes = encode(codec, value)
        const decoded = decode(codec, bytes)
        expect(decoded).toEqual(value)
        expect(toHex(encode(codec, decoded))).toBe(toHex(bytes))
      }),
      { numRuns: 200 },
    )
  })

  test.each(Object.entries(expressionKinds))('expression %s', (_, codec) => {
    fc.assert(
      fc.property(arbitraryOf(codec, special, derived), (value) => {
        const bytes = encode(codec, value)
        expect(decode(codec, bytes)).toEqual(value)
      }),
      { numRuns: 50 },
    )
  })
})

test('an expression may be called as what every object has', () => {
  const { codec } = netfilterProtocol.messages.get(0x0a06)!
  const value = { expressions: [{ name: 'constructor', data: Uint8Array.of(1, 2, 3, 4) }] }
  const bytes = encode(codec, value)
  expect(decode(codec, bytes)).toMatchObject(value)
  expect(JSON.stringify(dissect(codec, bytes, 0, bytes.length))).toContain('"value":"constructor"')
})
