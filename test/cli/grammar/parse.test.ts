import { describe, expect, test } from 'vitest'
import { type Grammar, i32, parse, rows, text, Words } from '../../../src/cli/grammar/index.ts'

interface Draft {
  readonly request: { mtu?: number; alias?: string; up?: boolean; life?: number }
  device?: string
  stopped?: boolean
}

const { option, flag } = rows<Draft>()
const grammar: Grammar<Draft> = {
  usage: 'Usage: try',
  keywords: [
    flag('up', 'up', true),
    option('mtu', i32('bad mtu'), 'mtu', { once: 'mtu' }),
    option('alias*', text('NAME'), 'alias'),
    option('life*', i32('bad life'), 'life', { once: 'life', early: true }),
    flag(
      'stop',
      (draft) => {
        draft.stopped = true
      },
      { ends: true },
    ),
  ],
  otherwise: {
    introducer: 'dev',
    name: 'dev',
    hint: 'DEVICE',
    helpBefore: true,
    given: (draft) => draft.device !== undefined,
    take({ current }, draft) {
      draft.device = current
    },
  },
}

function read(line: string): Draft & { readonly left: string[] } {
  const words = new Words(line.split(' ').filter((word) => word !== ''))
  const draft: Draft = { request: {} }
  parse(grammar, words, draft)
  return { ...draft, left: words.rest() }
}

describe('a table of keywords', () => {
  test('values go where their rows say', () => {
    expect(read('eth0 up mtu 0x10 ali x')).toEqual({
      device: 'eth0',
      request: { up: true, mtu: 16, alias: 'x' },
      left: [],
    })
  })

  test('the introducer of the positional word may stand or not', () => {
    expect(read('dev eth0').device).toBe('eth0')
    expect(read('dev help').device).toBe('help')
  })

  test('a keyword that ends the table leaves the rest', () => {
    expect(read('eth0 stop mtu x')).toEqual({ device: 'eth0', stopped: true, request: {}, left: ['mtu', 'x'] })
  })

  test.each([
    ['mtu', 'Command line is not complete. Try option "help"', 255],
    ['dev', 'Command line is not complete. Try option "help"', 255],
    ['mtu x', 'Error: argument "x" is wrong: bad mtu', 255],
    ['mtu 1 mtu 2', 'Error: duplicate "mtu": "2" is the second value.', 255],
    ['life 1 life', 'Error: duplicate "life": "life" is the second value.', 255],
    ['eth0 eth1', 'Error: either "dev" is duplicate, or "eth1" is a garbage.', 255],
    ['he', 'Usage: try', 255],
  ])('%s', (line, message, status) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ message, status }))
  })

  test('the first mistake is the one that is told', () => {
    expect(() => read('mtu x mtu 1 mtu 2 a b')).toThrow('bad mtu')
  })
})
