import { describe, expect, test } from 'vitest'
import { dissect, type Part, toHex } from '../../../src/netlink/index.ts'
import { messages } from '../../../src/rtnl/link/index.ts'
import { captured, decode, encode, loadFixtures, plainCopy, treeOf } from '../../fixtures.ts'

interface Decoded {
  readonly family: unknown
  readonly protinfo?: object
  readonly linkinfo?: { readonly data?: { readonly ttlInherit?: boolean; readonly nsIp6Target?: unknown } }
}

const ATTRIBUTE_HEADER = 4

/** The pads of a message, each with the attribute that it is there for. */
function padded(parts: readonly Part[]): { pad: Part; next: Part | undefined }[] {
  return parts.flatMap((part, i) =>
    isPad(part) ? [{ pad: part, next: parts[i + 1] }] : part.children === undefined ? [] : padded(part.children),
  )
}

/** Every table that has attributes of padding calls them so; fields of that name have no number. */
function isPad({ name, type }: Part): boolean {
  return name === 'pad' && type !== undefined
}

/** All that a message says, in the order of the wire, but for its pads. */
function withoutPads(parts: readonly Part[], bytes: Uint8Array): unknown[] {
  return parts
    .filter((part) => !isPad(part))
    .map(({ name, type, start, end, children }) => [
      name,
      type,
      children === undefined ? toHex(bytes, start, end) : withoutPads(children, bytes),
    ])
}

const all = captured(loadFixtures()).filter(({ type }) => messages.has(type))

describe('captured link messages', () => {
  test('there are many, of every kind', () => {
    expect(all.length).toBeGreaterThan(500)
  })

  test.each(all)('$where: bytes, value, the same bytes', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    expect(toHex(encode(codec, decode(codec, payload)))).toBe(toHex(payload))
  })

  // The kernel says these otherwise than iproute2 asks for them: protinfo of family inet6 without NLA_F_NESTED, which a bridge's
  // port needs, a bond's nsIp6Target with it; and a vxlan's ttlInherit as a byte of 1.
  const isFlaggedOtherwise = ({ family, protinfo, linkinfo }: Decoded) =>
    (family === 'inet6' && protinfo !== undefined) || linkinfo?.data?.nsIp6Target !== undefined
  const isTwofold = (value: Decoded) => isFlaggedOtherwise(value) || value.linkinfo?.data?.ttlInherit === true
  const received = all
    .filter(({ direction }) => direction === 'received')
    .map(({ where, type, payload }) => ({ where, payload, codec: messages.get(type)!.codec }))
    .map((one) => ({ ...one, parts: dissect(one.codec, one.payload, 0, one.payload.length) }))
  const onefold = received.filter(({ codec, payload }) => !isTwofold(decode(codec, payload) as Decoded))
  const isPadded = ({ parts }: { parts: readonly Part[] }) => padded(parts).length > 0

  test.each(onefold.filter((one) => !isPadded(one)))('$where: the value alone says it', ({ codec, payload }) => {
    const value = plainCopy(decode(codec, payload))
    expect(toHex(encode(codec, value))).toBe(toHex(payload))
  })

  // A value holds a table's pads in one place; on the wire each is where it is needed, which depends on what precedes the message.
  test.each(onefold.filter(isPadded))('$where: the value alone says it, but for where pads are', (one) => {
    const { codec, payload, parts } = one
    const ours = encode(codec, plainCopy(decode(codec, payload)))
    expect(withoutPads(dissect(codec, ours, 0, ours.length), ours)).toEqual(withoutPads(parts, payload))
    expect(ours.length).toBe(payload.length)
  })

  const flagged = received.filter(({ codec, payload }) => isFlaggedOtherwise(decode(codec, payload) as Decoded))
  test.each(flagged)('$where: the value alone says it, but for a flag and order', ({ codec, payload }) => {
    const ours = encode(codec, plainCopy(decode(codec, payload)))
    expect(treeOf(codec, ours)).toEqual(treeOf(codec, payload))
  })

  test('a pad is empty, and brings the 64-bit values after it to a multiple of 8 bytes', () => {
    const found = received.filter(isPadded)
    expect(found.length).toBeGreaterThan(100)
    for (const { parts, where } of found) {
      const starts = padded(parts).map(({ pad, next }) => {
        expect(pad.end - pad.start, where).toBe(ATTRIBUTE_HEADER)
        expect(next, where).toBeDefined()
        expect((next!.end - next!.start - ATTRIBUTE_HEADER) % 8, `${where}: ${next!.name}`).toBe(0)
        return (next!.start + ATTRIBUTE_HEADER) % 8
      })
      // Of the datagram; where in it the message began, the capture does not say.
      expect(new Set(starts).size, where).toBe(1)
    }
  })

  test('nothing in them is unknown', () => {
    const unknown = new Map<string, string>()
    const look = (value: unknown, path: string, where: string): void => {
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
      for (const [key, member] of Object.entries(value)) {
        if (key === 'unknown') unknown.set(`${path} ${JSON.stringify(member)}`, where)
        else look(member, `${path}.${Number.isNaN(Number(key)) ? key : '*'}`, where)
      }
    }
    for (const { type, payload, where } of all) look(decode(messages.get(type)!.codec, payload), '', where)
    expect([...unknown]).toEqual([])
  })
})
