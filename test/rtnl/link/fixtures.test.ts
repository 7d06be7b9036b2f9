import { describe, expect, test } from 'vitest'
import { toHex } from '../../../src/netlink/index.ts'
import { messages } from '../../../src/rtnl/link/index.ts'
import { captured, decode, encode, loadFixtures, plainCopy } from '../../fixtures.ts'

interface Decoded {
  readonly family: unknown
  readonly protinfo?: object
  readonly linkinfo?: { readonly data?: { readonly ttlInherit?: boolean }; readonly slaveData?: object }
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

  // Three things are said otherwise than they are taken: protinfo of family inet6 without NLA_F_NESTED, which a bridge's port
  // needs; a vxlan's ttlInherit as a byte of 1; and what some machines put before 64-bit integers to align them.
  const isTwofold = (value: Decoded) =>
    (value.family === 'inet6' && value.protinfo !== undefined) ||
    value.linkinfo?.data?.ttlInherit === true ||
    [value, value.linkinfo?.data, value.linkinfo?.slaveData].some((one) => one !== undefined && 'pad' in one)
  const received = all.filter(
    ({ direction, type, payload }) =>
      direction === 'received' && !isTwofold(decode(messages.get(type)!.codec, payload) as Decoded),
  )
  test.each(received)('$where: the value alone says it', ({ type, payload }) => {
    const { codec } = messages.get(type)!
    const value = plainCopy(decode(codec, payload))
    expect(toHex(encode(codec, value))).toBe(toHex(payload))
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
