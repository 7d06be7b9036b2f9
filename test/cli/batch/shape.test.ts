import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Shapes } from '../../../src/cli/batch/shape.ts'
import { dispatch, Words } from '../../../src/cli/grammar/index.ts'
import { command } from '../../../src/cli/ip/route/index.ts'
import { encodeRequest, type Request } from '../../../src/netlink/index.ts'
import { testSession } from '../session.ts'

/** The request that a command finishes by, read in full. */
function requestOf(words: readonly string[]): Request<void> {
  const session = testSession({}, [{ index: 7, name: 'v0' }])
  void dispatch(command, session, new Words(words.slice(1)))
  return session.changes[0]!
}

/** A line as it stands in a batch. */
const lineOf = (words: readonly string[]) => ({ number: 1, words, text: `${words.join(' ')}\n` })

/** What a shape makes of one line of a text; it goes past that line, or stays where it is. */
function taken(shapes: Shapes, words: readonly string[]): Request<void> | undefined {
  const { text } = lineOf(words)
  let at = 4
  const passTo = (next: number) => {
    at = next
  }
  const bytes = Buffer.from(`one\n${text}three\n`)
  const found = shapes.take({ bytes, at, end: bytes.length, passTo })
  expect(at).toBe(found === undefined ? 4 : 4 + text.length)
  return found
}

const bytesOf = (request: Request<void>) => Buffer.from(encodeRequest(request)).toString('hex')

const octet = fc.integer({ min: 0, max: 255 })
const address = fc.tuple(octet, octet, octet, octet).map((bytes) => bytes.join('.'))

/** Command lines with a place for an address. */
const line = fc
  .record({
    verb: fc.constantFrom('add', 'replace', 'append', 'del', 'change'),
    length: fc.option(fc.integer({ min: 1, max: 32 }), { nil: undefined }),
    rest: fc.subarray(
      ['dev v0', 'metric 5', 'table 77', 'src 10.0.0.9', 'via 10.0.0.1', 'mtu 1400', 'proto static', 'onlink'],
      {
        minLength: 1,
      },
    ),
    slot: fc.constantFrom('dst', 'via'),
  })
  .map(({ verb, length, rest, slot }) => (text: string) => {
    const suffix = length === undefined ? '' : `/${length}`
    const words = slot === 'dst' ? [`${text}${suffix}`, ...rest] : ['10.9.0.0/16', 'via', text, 'dev', 'v0']
    return ['route', verb, ...words.join(' ').split(' ')]
  })

describe('a shape', () => {
  test('makes the requests that reading in full makes', () => {
    let made = 0
    fc.assert(
      fc.property(line, fc.tuple(address, address, address), (wordsWith, [first, second, third]) => {
        const shapes = new Shapes()
        for (const words of [wordsWith(first), wordsWith(second)]) shapes.learn(lineOf(words), requestOf(words))
        const words = wordsWith(third)
        const found = taken(shapes, words)
        if (found === undefined) return
        made++
        const full = requestOf(words)
        expect(bytesOf(found)).toBe(bytesOf(full))
        expect(found.operation).toBe(full.operation)
      }),
      { numRuns: 500 },
    )
    expect(made).toBeGreaterThan(400)
  })

  const learnt = () => {
    const shapes = new Shapes()
    for (const text of ['20.0.0.1/32', '20.0.0.2/32']) {
      const words = ['route', 'add', text, 'dev', 'v0']
      shapes.learn(lineOf(words), requestOf(words))
    }
    return shapes
  }

  test.each([
    'route add 20.0.0.3/32 dev v0 metric 5',
    'route del 20.0.0.3/32 dev v0',
    'route add 20.0.0.3/31 dev v0',
    'route add 20.0.0.3 dev v0',
    'route add 0.0.0.0/32 dev v0',
    'route add 20.0.0/32 dev v0',
    'route add 20.0.0.03/32 dev v0',
    'route add 20.0.0.256/32 dev v0',
    'route add 20.0.0.3.4/32 dev v0',
    'route add 20..0.3/32 dev v0',
    'route add /32 dev v0',
    'route add default/32 dev v0',
    'route add ::1/32 dev v0',
    'route add 0x14.0.0.3/32 dev v0',
    'route add 20.0.0.3/32 dev v1',
  ])('is not that of %s', (text) => {
    expect(taken(learnt(), 'route add 20.0.0.3/32 dev v0'.split(' '))).toBeDefined()
    expect(taken(learnt(), text.split(' '))).toBeUndefined()
  })

  test('is forgotten', () => {
    const shapes = learnt()
    shapes.forget()
    expect(taken(shapes, 'route add 20.0.0.3/32 dev v0'.split(' '))).toBeUndefined()
  })
})
