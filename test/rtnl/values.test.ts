import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnyCodec, toHex } from '../../src/netlink/index.ts'
import { group as multicastGroup } from '../../src/rtnl/bridge/mdb/group.ts'
import { bridge, routeProtocol } from '../../src/rtnl/index.ts'
import { nexthopAttributes } from '../../src/rtnl/nexthop/message.ts'
import { encapKinds } from '../../src/rtnl/route/encap.ts'
import { nextHop, routeAttributes } from '../../src/rtnl/route/message.ts'
import { labels } from '../../src/rtnl/route/mpls.ts'
import { segmentRouting, segmentRoutingEncap } from '../../src/rtnl/route/segments.ts'
import { via } from '../../src/rtnl/route/via.ts'
import { arbitraryOf, type Special } from '../arbitrary.ts'
import { decode, encode } from '../fixtures.ts'

const octets = (count: number) => fc.array(fc.nat(255), { minLength: count, maxLength: count })
const inet = octets(4).map((parts) => parts.join('.'))
const inet6 = fc.constantFrom('::', 'fe80::1', 'fd00:1::2')

const routing = {
  nextHeader: fc.nat(255),
  headerLength: fc.nat(255),
  type: fc.nat(255),
  segmentsLeft: fc.nat(255),
  flags: fc.nat(255),
  tag: fc.nat(0xffff),
}
/** Segments as many as the header says. */
const segments = fc
  .tuple(fc.record(routing), fc.array(inet6, { minLength: 1, maxLength: 5 }))
  .map(([header, list]) => ({ ...header, firstSegment: list.length - 1, segments: list }))

/** A weight is one more than the wire says. */
const weightOf = (codec: AnyCodec, name: string): AnyCodec => {
  const { form } = codec
  const fields = form.is === 'struct' ? form.fields : []
  return fields.find((field) => field.name === name)!.codec as AnyCodec
}
const hopHeader = nextHop.form.header as unknown as AnyCodec
const { form: group } = nexthopAttributes.form.table.byName.get('group')!.codec
if (group.is !== 'array') throw new Error('a group of next hops is an array')

/** Text where the bytes are an address of their type, and else the bytes. */
const multicastGroups = fc
  .tuple(octets(16), fc.oneof(fc.constantFrom([0, 0], [0x08, 0x00], [0x86, 0xdd]), octets(2)))
  .map((parts) => multicastGroup.at(Uint8Array.from(parts.flat()), 0))

const special: Special = new Map<AnyCodec, fc.Arbitrary<unknown>>([
  [labels, fc.array(fc.nat(0xfffff), { minLength: 1, maxLength: 4 }).map((list) => list.join('/'))],
  [
    via,
    fc.oneof(
      fc.record({ family: fc.constant('inet'), address: inet }),
      fc.record({ family: fc.constant('inet6'), address: inet6 }),
      fc.record({ family: fc.constant('packet'), address: fc.constant('02:00:00:00:00:01') }),
    ),
  ],
  [segmentRouting, segments],
  [
    segmentRoutingEncap,
    fc.tuple(fc.constantFrom('inline', 'encap', 'l2encap'), segments).map(([mode, rest]) => ({ mode, ...rest })),
  ],
  // A request without an entry is none.
  [
    bridge.mdb.entryMessage,
    arbitraryOf(bridge.mdb.entryMessage, new Map([[multicastGroup as AnyCodec, multicastGroups]]), new Set()).filter(
      (value) => 'entry' in (value as object),
    ),
  ],
  [multicastGroup, multicastGroups],
  [weightOf(hopHeader, 'weight'), fc.integer({ min: 1, max: 256 })],
  [weightOf(group.element, 'weight'), fc.integer({ min: 1, max: 65536 })],
])

const derived = new Set(['dstLength', 'srcLength', 'prefixLength', 'headerFlags', 'headerTable'])

const messages = [...routeProtocol.messages].map(([type, { name, codec }]) => ({ type, name, codec }))
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
      { numRuns: 300 },
    )
  })

  test.each(Object.entries(encapKinds))('encap of type %s', (encapType, codec) => {
    fc.assert(
      fc.property(arbitraryOf(codec, special, derived), fc.boolean(), (encap, typeFirst) => {
        const value = typeFirst ? { encapType, encap } : { encap, encapType }
        const bytes = encode(routeAttributes, value)
        expect(decode(routeAttributes, bytes)).toEqual(value)
      }),
      { numRuns: 100 },
    )
  })
})
