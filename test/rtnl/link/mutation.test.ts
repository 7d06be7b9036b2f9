import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DecodeError, toHex } from '../../../src/netlink/index.ts'
import { messages } from '../../../src/rtnl/link/index.ts'
import { captured, decode, encode, loadFixtures } from '../../fixtures.ts'

const all = captured(loadFixtures('link')).filter(({ type }) => messages.has(type))

/** Bytes that a fault of the machine, or an enemy, could have made of a captured message. */
const damaged = fc
  .tuple(
    fc.constantFrom(...all),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat()),
  )
  .map(([{ type, payload }, changes, cut]) => {
    const bytes = payload.slice(0, cut === null ? payload.length : cut % (payload.length + 1))
    for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte
    return { type, bytes }
  })

describe('damaged link messages', () => {
  test('decode to something that encodes to the same bytes, or throw DecodeError', () => {
    let decoded = 0
    fc.assert(
      fc.property(damaged, ({ type, bytes }) => {
        const { codec } = messages.get(type)!
        let value: unknown
        try {
          value = decode(codec, bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
          return
        }
        decoded++
        expect(toHex(encode(codec, value))).toBe(toHex(bytes))
      }),
      { numRuns: 30_000 },
    )
    expect(decoded).toBeGreaterThan(1000)
  })
})
