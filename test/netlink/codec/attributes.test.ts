import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  array,
  attributes,
  bits,
  bool8,
  bytes,
  type Codec,
  cstring,
  DecodeError,
  EncodeError,
  enumeration,
  flag,
  type Infer,
  i32,
  ip,
  ipv6,
  lazy,
  list,
  lladdr,
  message,
  multi,
  NESTED,
  padding,
  parsePrefix,
  prefix,
  select,
  sequence,
  string,
  struct,
  toHex,
  u8,
  u16,
  u16be,
  u32,
  u64,
  Writer,
} from '../../../src/netlink/index.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))
const decode = <T>(codec: Codec<T, never>, text: string): T => {
  const given = hex(text)
  return codec.read(given, 0, given.length, 0, {})
}
const encode = <In>(codec: Codec<unknown, In>, value: In): string => {
  const writer = new Writer(8)
  codec.write(writer, value, {})
  return toHex(writer.finish())
}

const counters = struct({ packets: u32, bytes: u64 })
const set = attributes({
  name: [1, cstring],
  mtu: [2, u32],
  up: [3, bool8],
  quiet: [4, flag],
  nested: [5, attributes({ deep: [1, u16be], alias: [2, multi(cstring)] }), NESTED],
  counters: [6, counters],
  targets: [7, list(ip, { first: 0 })],
  words: [8, array(u16)],
  kind: [9, string],
  data: [10, select('kind', { vxlan: attributes({ id: [1, u32] }), empty: attributes({}) }, bytes)],
})

// See interpreted.test.ts.
if (process.execArgv.includes('--disallow-code-generation-from-strings')) {
  test('no code is made from text', () => expect(() => new Function('')).toThrow(EvalError))
}

describe('attributes', () => {
  test('stand in wire order, padded to four bytes', () => {
    const value = { mtu: 1500, name: 'lo', up: true, quiet: true as const }
    const wire = '08000200dc050000 070001006c6f0000 0500030001000000 04000400'.replaceAll(' ', '')
    expect(encode(set, value)).toBe(wire)
    expect(Object.entries(decode(set, wire))).toEqual(Object.entries(value))
  })

  test('are not sent when undefined, and 0 and false are values', () => {
    expect(encode(set, { name: undefined, mtu: 0, up: false })).toBe('08000200000000000500030000000000')
  })

  test('carry the nested flag where the table says so', () => {
    const value = { nested: { deep: 0x1234, alias: ['a', 'bc'] } }
    const wire = '1c000580 0600010012340000 0600020061000000 0700020062630000'.replaceAll(' ', '')
    expect(encode(set, value)).toBe(wire)
    expect(decode(set, wire)).toEqual(value)
  })

  test('narrow what a sibling selects, and keep what nobody knows', () => {
    const known: Infer<typeof set> = decode(set, '09000900 76786c616e000000 0c000a00 0800010007000000')
    expect(known).toEqual({ kind: 'vxlan', data: { id: 7 } })
    if (known.kind === 'vxlan') expect(known.data?.id satisfies number | undefined).toBe(7)
    const strange = '0800090078797a31 06000a00abcd0000'.replaceAll(' ', '')
    expect(decode(set, strange)).toEqual({ kind: 'xyz1', data: hex('abcd') })
    expect(encode(set, decode(set, strange) as never)).toBe(strange)
  })

  test.each([
    ['an attribute that the table lacks', '06006300aabb0000 08000200dc050000'],
    ['an attribute that came twice', '08000200dc050000 0800020001000000 070001006c6f0000'],
    ['unusual type flags', '0800028001000000 1000058008000140ffff0000060002806100'.slice(0, 16)],
    ['a nest without its flag', '0c000500 0600010012340000'],
    ['a string without its NUL, and one with two', '060001006c6f0000'],
    ['a string with bytes after its NUL', '080001006c00006f'],
    ['a string that is not UTF-8', '07000100ff fe0000'.replace(' ', '')],
    ['a boolean of 2', '0500030002000000'],
    ['a flag with a payload', '0500040001000000'],
    ['elements of one attribute apart from another', '1c000580 0600020061000000 0600010012340000 0600020062000000'],
    ['a last attribute without padding', '070001006c6f00'],
    ['a struct shorter than ours', '0800060001000000'],
    ['a struct longer than ours', '1400060001000000 0200000000000000 0badcafe'],
    ['a list with types of its own', '14000700 0800050001020304 0800090001020305'],
  ])('are written again as they came: %s', (_, text) => {
    const wire = text.replaceAll(' ', '')
    expect(encode(set, decode(set, wire) as never)).toBe(wire)
  })

  test('are written as changed, what was not changed as it came', () => {
    const value = decode(set, '06006300aabb0000 060001006c6f0000 08000200dc050000') as { mtu: number; name: string }
    value.mtu = 9000
    expect(encode(set, value as never)).toBe('06006300aabb0000060001006c6f00000800020028230000')
    value.name = 'eth0'
    expect(encode(set, value as never)).toBe('06006300aabb00000900010065746830000000000800020028230000')
  })

  test('never alias the buffer they were read from', () => {
    const buffer = Buffer.from('06006300aabb0000', 'hex')
    const value = set.read(buffer, 0, 8, 0, {})
    buffer.fill(0)
    expect(value.unknown?.[0]?.bytes).toEqual(hex('aabb'))
  })

  test.each([
    ['060002000500', 'mtu', 4, 'u32 is 4 bytes long, got 2'],
    ['03000200', 'mtu', 0, "an attribute's length of 3 where 4 bytes remain"],
    ['0c000200', 'mtu', 0, "an attribute's length of 12 where 4 bytes remain"],
    ['0c000580 0500010012000000', 'nested.deep', 8, 'u16be is 2 bytes long, got 1'],
    ['0800020001000000 01', undefined, 8, '1 bytes left over after the attributes'],
    ['07000700 ffffff00', 'targets', 4, '3 bytes left over after the attributes'],
    ['07000800 01020300', 'words', 4, 'an array of 2-byte elements, got 3 bytes'],
  ])('%s: a DecodeError that says where', (wire, path, offset, text) => {
    try {
      decode(set, wire)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError)
      const { path: names, offset: at, reason } = error as DecodeError
      if (path !== undefined) expect(names.join('.')).toBe(path)
      expect([at, reason]).toEqual([offset, text])
    }
  })

  test.each([
    [{ mtu: -1 }, /^mtu: expected u32 .* got -1$/],
    [{ mtu: 1.5 }, /^mtu: expected u32/],
    [{ name: 'a\0b' }, /^name: a string cannot hold a NUL/],
    [{ nested: { deep: 65536 } }, /^nested\.deep: expected u16be/],
    [{ nested: { alias: 'a' } }, /^nested\.alias: expected an array/],
    [{ targets: ['10.0.0.1', 'x'] }, /^targets\.1: expected an IP address, got "x"$/],
    [{ nmae: 1 }, /^nmae: unknown attribute, expected one of name, mtu/],
    [{ up: 1 }, /^up: expected true or false/],
    [{ name: 'x'.repeat(70_000) }, /^name: an attribute holds at most 65531 bytes/],
    [{ counters: { packets: 1, byte: 2 } }, /^counters\.byte: unknown field/],
  ])('%o: an EncodeError that says where', (value, text) => {
    expect(() => encode(set, value as never)).toThrow(EncodeError)
    expect(() => encode(set, value as never)).toThrow(text)
  })

  test('survive the round trip, whatever they hold', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 15 })
    const value = fc.record(
      {
        name: text,
        mtu: fc.integer({ min: 0, max: 0xffffffff }),
        up: fc.boolean(),
        nested: fc.record({ deep: fc.nat(65535), alias: fc.array(text, { minLength: 1 }) }, { requiredKeys: [] }),
        counters: fc.record({
          packets: fc.nat(),
          bytes: fc.oneof(fc.maxSafeNat(), fc.bigInt(2n ** 53n, 2n ** 64n - 1n)),
        }),
        words: fc.array(fc.nat(65535)),
        targets: fc.array(fc.oneof(fc.ipV4())),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(value, (given) => {
        const wire = encode(set, given as never)
        expect(decode(set, wire)).toEqual(given)
        expect(encode(set, decode(set, wire) as never)).toBe(wire)
      }),
    )
  })
})

describe('a message', () => {
  const family = enumeration(u8, { unspec: 0, inet: 2, inet6: 10 })
  const route = message(
    struct({ family, dstLength: u8, table8: u8, pad: padding(1), flags: bits(u32, { up: 1, broadcast: 2 }) }),
    attributes({
      dst: [1, prefix(1)],
      table: [15, u32],
      hops: [9, sequence(message(struct({ weight: u8, flags: u8, index: i32 }), attributes({ via: [5, ip] })))],
    }),
    {
      dstLength: { from: 'dst', absent: 0, of: (text: string) => parsePrefix(text).length },
      table8: { from: 'table', absent: 0, of: (table: number) => (table < 256 ? table : 252) },
    },
  )

  test('folds what an attribute implies out of the header, and back', () => {
    const wire = '0218fe0003000000 080001000a000000 08000f00fe000000'.replaceAll(' ', '')
    const value = { family: 'inet', flags: ['up', 'broadcast'], dst: '10.0.0.0/24', table: 254 } as const
    expect(decode(route, wire)).toEqual(value)
    expect(encode(route, value)).toBe(wire)
    expect(encode(route, { ...value, table: 1000, flags: 3 })).toContain('0218fc0003000000')
  })

  test('is written alike by the loop that writes the first ones and by the function that is made then', () => {
    const refusals: [value: object, message: RegExp][] = [
      [{ family: 'nonsense' }, /^family: expected one of unspec/],
      [{ family: 'inet', flags: ['down'] }, /^flags: expected some of up/],
      [{ family: 'inet', dst: 'nonsense' }, /^dst: expected an address/],
      [{ family: 'inet', table: 'main' }, /^table: expected u32/],
      [{ family: 'inet', table8: 256 }, /^table8: expected u8/],
      [{ family: 'inet', pad: 1 }, /^pad: unknown attribute/],
    ]
    const nothing = message(struct({}), attributes({ number: [1, u8] }))
    const fields = struct({ first: u8, pad: padding(2), second: u8 })
    for (let i = 0; i < 40; i++) {
      expect(encode(route, { family: 2, dst: '10.1.0.0/16', table: 7 })).toBe(
        '021007000000000008000100' + '0a01000008000f0007000000',
      )
      expect(encode(route, { family: null, flags: undefined } as never)).toBe('0000000000000000')
      expect(encode(route, { dstLength: 9, dst: '10.1.0.0/16' })).toBe('0009000000000000080001000a010000')
      for (const [value, reason] of refusals) expect(() => encode(route, value as never)).toThrow(reason)
      expect(encode(nothing, { number: 5 })).toBe('0500010005000000')
      expect(encode(fields, { second: 3 })).toBe('00000003')
      expect(() => encode(fields, { second: 300 })).toThrow(/^second: expected u8/)
    }
  })

  test('shows a header field that says something else', () => {
    for (const wire of [
      '0208000000000000',
      '0200fe0000000000',
      '0200fa000000000008000f00fe000000',
      '0200000100000000',
    ]) {
      expect(encode(route, decode(route, wire))).toBe(wire)
    }
    expect(decode(route, '0200fe0000000000')).toEqual({ family: 'inet', flags: [], table8: 254 })
  })

  test('reads as much of its header as is there', () => {
    expect(decode(route, '0218')).toEqual({ family: 'inet', dstLength: 24 })
    expect(encode(route, decode(route, '0218'))).toBe('0218')
  })

  test('refuses a prefix longer than its address', () => {
    expect(() => decode(route, '0221000000000000 080001000a000000')).toThrow(
      /dst: prefix length 33 of a 32-bit address/,
    )
  })

  test('holds elements that say their own length', () => {
    const value = {
      family: 'inet',
      flags: [],
      hops: [{ weight: 1, flags: 0, index: 2, via: '10.0.0.1' }, { index: 3 }],
    }
    const wire = encode(route, value as never)
    expect(wire).toBe(
      '0200000000000000 1c000900 1000010002000000 080005000a000001 0800000003000000'.replaceAll(' ', ''),
    )
    expect(encode(route, decode(route, wire))).toBe(wire)
  })
})

describe('a codec that refers to itself', () => {
  interface Nest {
    inner?: Nest
  }
  const nest: Codec<Nest> = attributes({ inner: [1, lazy((): Codec<Nest> => nest)] }) as never

  test('is read only so deep', () => {
    const deep = (levels: number): Nest => (levels === 0 ? {} : { inner: deep(levels - 1) })
    expect(decode(nest, encode(nest, deep(8)))).toEqual(deep(8))
    let wire = ''
    for (let size = 4; size < 8000; size += 4) wire = `${toHex(Uint8Array.of(size, size >>> 8, 1, 0))}${wire}`
    expect(() => decode(nest, wire)).toThrow(/nested deeper than 8 levels/)
    expect(decode(nest, encode(nest, deep(8)))).toEqual(deep(8))
  })
})

describe('addresses', () => {
  test.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['00010000000200030004000500060007', '1:0:2:3:4:5:6:7'],
    ['00000000000000000000ffff0a000001', '::ffff:10.0.0.1'],
    ['0000000000000000000000000a000001', '::10.0.0.1'],
    ['fe800000000000000000000000000000', 'fe80::'],
  ])('%s is %s', (wire, text) => {
    expect(decode(ipv6, wire)).toBe(text)
    expect(encode(ipv6, text)).toBe(wire)
  })

  test.each([
    '1::2::3',
    ':1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::1.2.3',
    '1.2.3.4',
    ':::',
    '',
    '::%1',
    '::/64',
  ])('refuses %j as IPv6', (text) => expect(() => encode(ipv6, text)).toThrow(EncodeError))
  test.each([
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.',
    '1.2.3.4.5',
    '1..2.3',
    '',
    ' 1.2.3.4',
    '1.2.3.4/8',
    '0x1.2.3.4',
  ])('refuses %j as an address', (text) => expect(() => encode(ip, text)).toThrow(EncodeError))

  test('every IPv6 address has one text, which gives it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (address) => {
        expect(encode(ipv6, decode(ipv6, toHex(address)))).toBe(toHex(address))
      }),
    )
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const wire = encode(ipv6, text)
        expect(encode(ipv6, decode(ipv6, wire))).toBe(wire)
      }),
    )
  })

  test('link-layer addresses of any length', () => {
    expect(decode(lladdr, '0200000000ff')).toBe('02:00:00:00:00:ff')
    expect(encode(lladdr, '2:0:0:0:0:FF')).toBe('0200000000ff')
    expect(() => encode(lladdr, '02:00:00:00:00:fg')).toThrow(EncodeError)
  })
})

describe('a list', () => {
  const names = attributes({ all: [1, list(cstring, { step: 0 })] })

  test('of attributes that all have one type', () => {
    const wire = encode(names, { all: ['lo', 'v0'] })
    expect(wire).toBe('14000100070001006c6f00000700010076300000')
    expect(decode(names, wire)).toEqual({ all: ['lo', 'v0'] })
  })

  test('of texts that are not as they would be written keeps them', () => {
    const wire = ['10000100', '060001006c6f0000', '04000100'].join('')
    const value = decode(names, wire) as { all: string[] }
    expect(value).toEqual({ all: ['lo', ''] })
    expect(encode(names, value)).toBe(wire)
    value.all[0] = 'v0'
    expect(encode(names, value)).toBe(['10000100', '0700010076300000', '04000100'].join(''))
  })
})

describe('nests with and without the flag that says so', () => {
  const inner = attributes({ number: [1, u8], more: [2, attributes({ number: [1, u8] }), NESTED] })
  const codec = message(
    struct({ family: u32 }),
    attributes({ inner: [1, inner, NESTED], all: [2, list(inner, { flags: NESTED }), NESTED] }),
  )
  const value = { family: 1, inner: { more: { number: 7 } }, all: [{ number: 8 }] }
  const flagged = [
    '01000000',
    '10000180',
    '0c000280',
    '0500010007000000',
    '10000280',
    '0c000180',
    '0500010008000000',
  ].join('')
  const plain = flagged.replaceAll('0180', '0100').replaceAll('0280', '0200')
  const mixed = flagged.replace('0180', '0100')

  test.each([flagged, plain, mixed])('%s', (wire) => {
    const decoded = decode(codec, wire)
    expect(decoded).toEqual(value)
    expect(encode(codec, decoded)).toBe(wire)
  })

  test('are written as they came even when something else has changed, and with it where they are new', () => {
    const decoded = decode(codec, plain) as typeof value
    decoded.inner.more.number = 9
    expect(encode(codec, decoded)).toBe(plain.replace('07000000', '09000000'))
    expect(encode(codec, { family: 1, inner: decoded.inner, all: decoded.all })).toBe(
      flagged.replace('07000000', '09000000'),
    )
  })

  test('a message that cannot be read does not change how the next one is', () => {
    expect(() => decode(codec, plain.replace('05000100', 'ff000100'))).toThrow(DecodeError)
    expect(encode(codec, decode(codec, mixed))).toBe(mixed)
    expect(encode(inner, decode(inner, '0c0002000500010007000000'))).toBe('0c0002000500010007000000')
  })
})

describe('a table that would say two things by one name or number is refused when it is declared', () => {
  test('an attribute that is called as a field of the header', () => {
    expect(() => message(struct({ family: u8, pad: padding(3) }), attributes({ family: [1, u32] }))).toThrow(
      'family is both a field of the header and an attribute',
    )
  })

  test('two attributes of one number', () => {
    expect(() => attributes({ name: [1, cstring], label: [1, cstring] })).toThrow('attribute 1 is both name and label')
  })
})
