import fc from 'fast-check'
import { expect, test } from 'vitest'
import { abbreviates, spelled, spellings, spells } from '../../../src/cli/grammar/index.ts'

test('a star lets a word be cut short anywhere but to nothing', () => {
  const [broadcast, brd] = spellings('broadcast*|brd')
  expect(spells('b', broadcast!)).toBe(true)
  expect(spells('broadcast', broadcast!)).toBe(true)
  expect(spells('', broadcast!)).toBe(false)
  expect(spells('broadcasts', broadcast!)).toBe(false)
  expect(spells('br', brd!)).toBe(false)
  expect(spells('brd', brd!)).toBe(true)
})

test('an abbreviation belongs to the first row that it fits', () => {
  const rows = ['address*', 'alias*', 'arp'].map((notation) => ({ spellings: spellings(notation), notation }))
  expect(spelled('a', rows)?.notation).toBe('address*')
  expect(spelled('al', rows)?.notation).toBe('alias*')
  expect(spelled('arp', rows)?.notation).toBe('arp')
  expect(spelled('ar', rows)).toBeUndefined()
})

test('a word abbreviates exactly those that begin with it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (head, tail) => {
      expect(abbreviates(head, head + tail)).toBe(true)
      if (tail !== '') expect(abbreviates(head + tail, head)).toBe(false)
    }),
  )
})
