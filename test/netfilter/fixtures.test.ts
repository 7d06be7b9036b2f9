import { describe, expect, test } from 'vitest'
import { netfilterProtocol } from '../../src/netfilter/index.ts'
import { forJson, toHex } from '../../src/netlink/index.ts'
import { type Captured, captured, decode, encode, loadFixtures, plainCopy, treeOf } from '../fixtures.ts'

const { messages } = netfilterProtocol
const all = captured(loadFixtures(), 'netfilter').filter(({ type }) => messages.has(type))

/** The places of a decoded value that hold attributes no table knows, or the data of an expression that none does. */
function unknownIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'unknown' || (key === 'data' && member instanceof Uint8Array)
      ? [`${path} ${JSON.stringify(value)}`]
      : unknownIn(member, `${path}.${key}`),
  )
}

describe('captured messages', () => {
  test('there are many, of most types', () => {
    expect(all.length).toBeGreaterThan(800)
    expect(new Set(all.map(({ type }) => type)).size).toBeGreaterThan(25)
  })

  test.each(all)('$where: bytes, value, the same bytes', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    expect(toHex(encode(codec, decode(codec, payload)))).toBe(toHex(payload))
  })

  test.each(all)('$where: nothing is unknown', ({ type, payload }) => {
    expect(unknownIn(decode(messages.get(type)!.codec, payload))).toEqual([])
  })

  // The kernel says nests of nf_tables without NLA_F_NESTED and does not count elements; nft and iptables do, as the tables have it. nft
  // sends the names of objects and helpers without a NUL byte, unlike all others.
  const isTwofold = ({ direction, type, payload }: Captured) => {
    const text = JSON.stringify(decode(messages.get(type)!.codec, payload), forJson)
    return direction === 'sent' ? /"(objref|ct-helper)"/.test(text) : /"elements":/.test(text)
  }
  test.each(all.filter((one) => !isTwofold(one)))('$where: the value alone says its tree', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    const ours = encode(codec, plainCopy(decode(codec, payload)))
    expect(treeOf(codec, ours)).toEqual(treeOf(codec, payload))
  })

  // What iptables-nft reads with, it fills up with whatever was in memory.
  const changes = all.filter(({ direction, type, where }) => {
    const { name } = messages.get(type)!
    return direction === 'sent' && where.startsWith('iptables/') && /BATCH|_NEW|_DEL/.test(name)
  })
  test.each(changes)('$where: the value alone says the bytes', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    expect(toHex(encode(codec, plainCopy(decode(codec, payload))))).toBe(toHex(payload))
  })
})
