import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearest } from '../../../src/cli/grammar/index.ts'

describe('nearest', () => {
  const words = ['add', 'change', 'replace', 'delete', 'show', 'flush', 'broadcast']

  test.each([
    ['ad', 'add'],
    ['adf', 'add'],
    ['sohw', 'show'],
    ['shwo', 'show'],
    ['repalce', 'replace'],
    ['brodcst', 'broadcast'],
    ['fulsh', 'flush'],
  ])('%s is perhaps %s', (word, meant) => {
    expect(nearest(word, words)).toBe(meant)
  })

  test.each(['', 'xyz', 'show', 'eth0', 'dlt'])('nothing is meant by %j', (word) => {
    expect(nearest(word, words)).toBeUndefined()
  })

  test('a letter more, less, or another, is found in every word', () => {
    const slip = fc.tuple(fc.constantFrom(...words), fc.nat(8), fc.constantFrom('q', ''))
    fc.assert(
      fc.property(slip, ([word, at, letter]) => {
        const place = at % word.length
        const slipped = word.slice(0, place) + letter + word.slice(place + 1)
        return slipped === word || nearest(slipped, words) !== undefined
      }),
    )
  })
})
