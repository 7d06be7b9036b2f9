import { describe, expect, test } from 'vitest'
import { DecodeError, encodeRequest, readSaved, restoring, saving, toHex } from '../../src/netlink/index.ts'
import { type rule as Rules, rule } from '../../src/rtnl/index.ts'

/** RTM_NEWRULE messages as a dump of them has them: NLM_F_MULTI, a sequence number, a port. */
function file(...rules: readonly Rules.RuleSettings[]): Uint8Array {
  return Buffer.concat(
    rules.map((settings, i) => {
      const bytes = encodeRequest(rule.add(settings), 7 + i, 99)
      bytes[6] = 2
      bytes[7] = 0
      return bytes
    }),
  )
}

const saved = file({ src: '10.0.0.0/8', table: 100, priority: 5 }, { dst: '10.1.0.0/16', table: 300, priority: 6 })

describe('saved messages', () => {
  test('are read as answers to a dump, each with its bytes', () => {
    const items = [...readSaved(saved, rule.list())]
    expect(items.map(({ item }) => item)).toMatchObject([
      { src: '10.0.0.0/8', priority: 5 },
      { dst: '10.1.0.0/16', table: 300 },
    ])
    expect(Buffer.concat(items.map(({ bytes }) => bytes))).toEqual(Buffer.from(saved))
  })

  test('leave out what the dump would', () => {
    expect([...readSaved(saved, rule.list({ priority: 6 }))]).toHaveLength(1)
  })

  test('a dump that keeps bytes gives the message, header first', () => {
    const { codec, pick } = saving(rule.list()).answer.item
    const end = saved[0]!
    const kept = pick(codec.read(saved, 16, end, 16, {}) as never, 32)
    expect(kept).toMatchObject({ item: { priority: 5 }, bytes: new Uint8Array(saved.subarray(0, end)) })
  })

  test('are sent back as they were, to be made again', () => {
    const [first] = [...readSaved(saved, rule.list())]
    const bytes = encodeRequest(restoring(first!, 'restore rule'))
    expect(toHex(bytes.subarray(16))).toBe(toHex(first!.bytes.subarray(16)))
    // NLM_F_REQUEST, NLM_F_MULTI, NLM_F_ACK and NLM_F_CREATE.
    expect(toHex(bytes.subarray(4, 8))).toBe('20000704')
  })

  test('that break off are an error after those before', () => {
    const items = readSaved(saved.subarray(0, saved.length - 4), rule.list())
    expect(items.next().value).toMatchObject({ item: { priority: 5 } })
    expect(() => items.next()).toThrow(DecodeError)
  })
})
