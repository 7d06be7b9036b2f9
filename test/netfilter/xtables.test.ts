import { describe, expect, test } from 'vitest'
import { xtables } from '../../src/netfilter/index.ts'
import { type FixedCodec, toHex, Writer } from '../../src/netlink/index.ts'
import { captured, decode, loadFixtures } from '../fixtures.ts'
import { extensionsOf } from './extensions.ts'

const all = [...Object.entries(xtables.matches), ...Object.entries(xtables.targets)].flatMap(([name, revisions]) =>
  Object.entries(revisions).map(([revision, codec]) => ({ name, revision, codec: codec as FixedCodec<object, never> })),
)

function encode(codec: FixedCodec<object, never>, value: object): string {
  const writer = new Writer(codec.size)
  codec.write(writer, value as never, {})
  return toHex(writer.finish())
}

describe('structs of xtables', () => {
  test.each(all)('$name $revision is a multiple of eight bytes', ({ codec }) => {
    expect(codec.size % 8).toBe(0)
  })

  test.each(all)('$name $revision: bytes, value, the same bytes', ({ codec }) => {
    const zeros = new Uint8Array(codec.size)
    expect(encode(codec, codec.at(zeros, 0))).toBe(toHex(zeros))
  })

  test.each([
    ['MASQUERADE', encode(xtables.targets.MASQUERADE[0], { ranges: 1 }), `01000000${'00'.repeat(20)}`],
    [
      'DNAT to 192.168.15.1:80',
      encode(xtables.targets.DNAT[2], {
        flags: ['addresses', 'ports'],
        minAddress: '192.168.15.1',
        maxAddress: '192.168.15.1',
        minPort: 80,
        maxPort: 80,
      }),
      `03000000c0a80f01${'00'.repeat(12)}c0a80f01${'00'.repeat(12)}00500050000000000000`.padEnd(96, '0'),
    ],
    [
      'state NEW,ESTABLISHED,RELATED',
      encode(xtables.matches.conntrack[3], {
        matched: ['state', 'state-alias'],
        states: ['NEW', 'ESTABLISHED', 'RELATED'],
      }),
      `${'00'.repeat(146)}012000000e00${'00'.repeat(16)}`,
    ],
    ['echo-request', encode(xtables.matches.icmp[0], { type: 8, maxCode: 255 }), '0800ff0000000000'],
    ['REJECT', encode(xtables.targets.REJECT[0], { with: 'icmp-port-unreachable' }), '0300000000000000'],
    ['CHECKSUM', encode(xtables.targets.CHECKSUM[0], { operation: ['fill'] }), '0100000000000000'],
    ['TCPMSS', encode(xtables.targets.TCPMSS[0], { mss: xtables.CLAMP_TO_PATH }), 'ffff000000000000'],
  ])('%s', (_name, ours, bytes) => {
    expect(ours).toBe(bytes)
  })

  test('an extension that is not known has no struct', () => {
    expect(xtables.extensionCodec('match', 'owner', 1)).toBeUndefined()
    expect(xtables.extensionCodec('match', 'conntrack', 2)).toBeUndefined()
    expect(xtables.extensionCodec('match', 'toString', 0)).toBeUndefined()
    expect(xtables.extensionCodec('target', 'DNAT', 2)).toBe(xtables.targets.DNAT[2])
  })
})

describe('structs that iptables and the kernel have sent', () => {
  const infos = captured(loadFixtures('iptables'), 'netfilter').flatMap(({ where, type, payload }) =>
    extensionsOf(type, payload, decode).flatMap(({ kind, name, revision, info }) => {
      const codec = xtables.extensionCodec(kind, name, revision)
      return codec === undefined ? [] : [{ where, name, codec: codec as FixedCodec<object, never>, info }]
    }),
  )

  test('there are some', () => {
    expect(new Set(infos.map(({ name }) => name)).size).toBeGreaterThan(3)
  })

  test.each(infos)('$where $name: bytes, value, the same bytes', ({ codec, info }) => {
    expect(info.length).toBe(codec.size)
    expect(encode(codec, codec.at(info, 0))).toBe(toHex(info))
  })
})
