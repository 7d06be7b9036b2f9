import { describe, expect, test } from 'vitest'
import { toHex } from '../../src/netlink/index.ts'
import { link, routeProtocol } from '../../src/rtnl/index.ts'
import { captured, decode, encode, loadFixtures, plainCopy, treeOf } from '../fixtures.ts'

const { messages } = routeProtocol
// Messages about links have tests of their own, and are many.
const all = captured(loadFixtures()).filter(({ type }) => messages.has(type) && !link.messages.has(type))

/** The places of a decoded value that hold attributes no table knows. */
function unknownIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'unknown' ? [`${path} ${JSON.stringify(member)}`] : unknownIn(member, `${path}.${key}`),
  )
}

describe('captured messages', () => {
  test('there are many', () => {
    expect(all.length).toBeGreaterThan(300)
  })

  test.each(all)('$where: bytes, value, the same bytes', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    expect(toHex(encode(codec, decode(codec, payload)))).toBe(toHex(payload))
  })

  test.each(all)('$where: nothing is unknown', ({ type, payload }) => {
    expect(unknownIn(decode(messages.get(type)!.codec, payload))).toEqual([])
  })

  // What the kernel says otherwise than it is asked: RTA_ENCAP and a tunnel's options without NLA_F_NESTED, the name of a
  // congestion control with a NUL byte. And where the machine wants 64 bits aligned, attributes of padding stand among the others.
  const isTwofold = (value: object) => /"(encap|ccAlgo|pad)":/.test(textOf(value))
  const received = all.filter(
    ({ direction, type, payload }) =>
      direction === 'received' && !isTwofold(decode(messages.get(type)!.codec, payload) as object),
  )
  test.each(received)('$where: the value alone says it', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    expect(toHex(encode(codec, plainCopy(decode(codec, payload))))).toBe(toHex(payload))
  })

  // iproute2 leaves padding as it finds it, and sets NLA_F_NESTED where it sees fit.
  const sent = all.filter(({ direction }) => direction === 'sent')
  test.each(sent)('$where: the value alone says its tree', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    const ours = encode(codec, plainCopy(decode(codec, payload)))
    expect(treeOf(codec, ours)).toEqual(treeOf(codec, payload))
  })
})

function textOf(value: object): string {
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member))
}
