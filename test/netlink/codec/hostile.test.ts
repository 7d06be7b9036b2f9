import { describe, expect, test } from 'vitest'
import { netfilterProtocol } from '../../../src/netfilter/index.ts'
import {
  type AnyCodec,
  EncodeError,
  type Form,
  genericProtocol,
  type Protocol,
  toHex,
  Writer,
} from '../../../src/netlink/index.ts'
import { routeProtocol } from '../../../src/rtnl/index.ts'

const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic

/** What a JavaScript program may hand over where something else is expected. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, Number.NaN, Number.POSITIVE_INFINITY, -1, -0, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 64],
  ...[-(2 ** 40), 5n, -5n, 2n ** 70n, Symbol('s'), () => 1, new String('lo'), new Number(4), Object.create(null)],
  ...['', 'x', 'x\0y', 'x'.repeat(100), 'x'.repeat(70_000), '\ud800', 'constructor', '__proto__', 'toString'],
  ...[
    [],
    [null],
    [undefined],
    [[]],
    [{}],
    ['x'],
    [-1],
    [2 ** 33],
    [1.5],
    [Number.NaN],
    [Symbol('q')],
    ['inet'],
    [['up']],
  ],
  ...[new Map([['mtu', 1]]), new Set([1]), new Uint8Array(3), new Uint8Array(70_000), new Uint16Array(2)],
  ...[new DataView(new ArrayBuffer(4)), new ArrayBuffer(4), new Date(0), Promise.resolve(1), { length: 3 }, { 0: 1 }],
  ...[{}, { nosuch: 1 }, { constructor: 1 }, cyclic, { unknown: 5 }, { unknown: [null] }, { unknown: [{}] }],
  ...[-1, 70_000, 1.5, '2'].map((type) => ({ unknown: [{ type, bytes: new Uint8Array(1) }] })),
  ...['abc', [1, 2], new Uint8Array(70_000)].map((bytes) => ({ unknown: [{ type: 2000, bytes }] })),
]

/** The codecs of a protocol, each once, with the place where it was first met. */
function codecsOf({ messages }: Protocol): [string, AnyCodec][] {
  const seen = new Set<AnyCodec>()
  const found: [string, AnyCodec][] = []
  const visit = (path: string, codec: AnyCodec): void => {
    if (seen.has(codec)) return
    seen.add(codec)
    if (codec.form.is !== 'padding') found.push([path, codec])
    for (const [name, inner] of inside(codec.form)) visit(`${path}.${name}`, inner)
  }
  for (const { name, codec } of messages.values()) visit(name, codec)
  return found
}

function inside(form: Form): [string, AnyCodec][] {
  switch (form.is) {
    case 'message':
      return [['header', form.header as AnyCodec], ...form.table.entries.map(entryOf)]
    case 'attributes':
      return form.table.entries.map(entryOf)
    case 'struct':
      return form.fields.map(entryOf)
    case 'select':
      return [...Object.entries(form.cases), ['other', form.otherwise]]
    case 'either':
      return [
        ['first', form.first],
        ['second', form.second],
      ]
    default:
      return 'element' in form ? [['element', form.element]] : []
  }
}

const entryOf = ({ name, codec }: { name: string; codec: unknown }): [string, AnyCodec] => [name, codec as AnyCodec]

/** Undefined where the value is refused, or else what it was written as. */
function written(codec: AnyCodec, value: unknown): Uint8Array | undefined {
  const writer = new Writer(64)
  try {
    codec.write(writer, value, {})
  } catch (error) {
    if (error instanceof EncodeError) return undefined
    throw error
  }
  return writer.finish()
}

describe.each([
  ['routing netlink', routeProtocol],
  ['netfilter', netfilterProtocol],
  ['generic netlink', genericProtocol],
])('every table of %s', (_, protocol) => {
  test('refuses what is no value of it with an EncodeError, or writes what can be read', () => {
    const codecs = codecsOf(protocol)
    expect(codecs.length).toBeGreaterThan(10)
    Error.stackTraceLimit = 0
    for (const [path, codec] of codecs) {
      for (const [i, value] of VALUES.entries()) {
        try {
          const bytes = written(codec, value)
          if (bytes === undefined) continue
          const again = written(codec, codec.read(bytes, 0, bytes.length, -1, {}))
          if (again === undefined || toHex(again) !== toHex(bytes)) throw new Error(`read as something else`)
        } catch (error) {
          throw new Error(`${path}, value ${i}: ${String(error)}`, { cause: error })
        }
      }
    }
    Error.stackTraceLimit = 20
  })
})

describe('a refusal names the place', () => {
  const bytes = new Uint8Array(1)
  const { codec } = [...routeProtocol.messages.values()].find(({ name }) => name === 'RTM_NEWLINK')!
  test.each([
    [
      'an attribute number',
      {
        unknown: [
          { type: 1, bytes },
          { type: 70_000, bytes },
        ],
      },
      'unknown.1.type',
    ],
    ['no bytes', { unknown: [{ type: 2000, bytes: 'abc' }] }, 'unknown.0.bytes'],
    ['too many bytes', { unknown: [{ type: 2000, bytes: new Uint8Array(70_000) }] }, 'unknown.0'],
    ['an array for attributes', { linkinfo: { kind: 'veth', data: { peer: ['v1'] } } }, 'linkinfo.data.peer'],
    ['more bits than there are', { flags: ['up', 2 ** 33] }, 'flags'],
    ['a string with a NUL', { name: 'a\0b' }, 'name'],
    ['half a character', { name: 'a\ud800' }, 'name'],
  ])('%#: %s', (_, value, path) => {
    const writer = new Writer()
    expect(() => codec.write(writer, value, {})).toThrow(EncodeError)
    try {
      codec.write(writer, value, {})
    } catch (error) {
      expect((error as EncodeError).path.join('.')).toBe(path)
    }
  })
})
