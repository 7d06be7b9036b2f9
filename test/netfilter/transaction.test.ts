import { describe, expect, test } from 'vitest'
import {
  type Change,
  chain,
  echo,
  encodeTransaction,
  netfilterProtocol,
  rule,
  table,
} from '../../src/netfilter/index.ts'
import { frames, NLM_F_ACK, NLM_F_ECHO, toHex } from '../../src/netlink/index.ts'
import { fromHex, loadFixtures } from '../fixtures.ts'

/** What a command of the fixtures sent from the beginning of its batch to the end. */
function batchOf(file: string, command: string): string {
  const fixture = loadFixtures(file.split('/')[0]).find((one) => one.file === file)
  const messages = fixture?.exchanges.find((one) => one.command === command)?.messages ?? []
  const sent = messages.filter(({ direction }) => direction === 'sent').map(({ hex }) => hex)
  const typeOf = (hex: string) => (fromHex(hex)[5]! << 8) | fromHex(hex)[4]!
  const begin = sent.findLastIndex((hex) => typeOf(hex) === 0x10)
  const end = sent.findLastIndex((hex) => typeOf(hex) === 0x11)
  // Each is filled up to a multiple of four bytes.
  return sent
    .slice(begin, end + 1)
    .map((hex) => hex.padEnd(Math.ceil(hex.length / 8) * 8, '0'))
    .join('')
}

/** The generation that a batch is based on. */
function generationIn(batch: string): number {
  const [begin] = [...frames(fromHex(batch), 0, batch.length / 2)]
  const bytes = fromHex(batch).subarray(begin!.start + 24)
  return ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0
}

const ip = { family: 'ip' } as const
const nat = { ...ip, table: 'nat' } as const
const bytes = (hex: string) => fromHex(hex)
const counter = { name: 'counter', data: { bytes: 0, packets: 0 } } as const
const masquerade = {
  name: 'target',
  data: { name: 'MASQUERADE', revision: 0, info: bytes(`01000000${'00'.repeat(20)}`) },
} as const
const oifname = { name: 'meta', data: { key: 'oifname', dreg: 1 } } as const
const cmp = (operator: 'eq' | 'neq', hex: string) =>
  ({ name: 'cmp', data: { sreg: 1, operator, data: { value: bytes(hex) } } }) as const
const source = (length: number) =>
  ({ name: 'payload', data: { dreg: 1, base: 'network', offset: 12, length } }) as const
const place: Change<unknown>[] = [
  table.add({ ...ip, name: 'nat' }),
  chain.add({
    ...nat,
    name: 'POSTROUTING',
    hook: { name: 'postrouting', priority: 100 },
    policy: 'accept',
    type: 'nat',
  }),
]
const inChain = { ...nat, chain: 'POSTROUTING', compat: { protocol: 0, flags: 0 } } as const

describe("iptables-nft's batches, byte for byte", () => {
  const cases: [string, readonly Change<unknown>[]][] = [
    [
      'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -o eth0 -j MASQUERADE',
      [
        ...place,
        rule.add({
          ...nat,
          chain: 'POSTROUTING',
          expressions: [oifname, cmp('eq', '6574683000'), source(3), cmp('eq', 'c0a80f'), counter, masquerade],
          compat: { protocol: 0, flags: 0 },
        }),
      ],
    ],
    [
      'iptables -t nat -I POSTROUTING -s 10.0.0.0/24 ! -o br0 -j MASQUERADE',
      [
        rule.insert({
          ...nat,
          chain: 'POSTROUTING',
          expressions: [oifname, cmp('neq', '62723000'), source(3), cmp('eq', '0a0000'), counter, masquerade],
          compat: inChain.compat,
        }),
      ],
    ],
    ['iptables -t nat -F POSTROUTING', [rule.flush({ ...nat, chain: 'POSTROUTING' })]],
  ]
  test.each(cases)('%s', (command, changes) => {
    const batch = batchOf('iptables/nat', command)
    expect(batch).not.toBe('')
    const ours = encodeTransaction(changes, { generation: generationIn(batch), acknowledge: false })
    expect(toHex(ours)).toBe(batch)
  })
})

describe('what is acknowledged', () => {
  const flagsOf = (datagram: Uint8Array) =>
    [...frames(datagram, 0, datagram.length)].map(({ flags }) => flags & NLM_F_ACK)

  test('the last change and the end', () => {
    expect(flagsOf(encodeTransaction(place))).toEqual([0, 0, NLM_F_ACK, NLM_F_ACK])
  })

  test('nothing, where silence is success', () => {
    expect(flagsOf(encodeTransaction(place, { acknowledge: false }))).toEqual([0, 0, 0, 0])
  })
})

test('messages are numbered from the one that is told', () => {
  const datagram = encodeTransaction(place, { sequence: 7 })
  expect([...frames(datagram, 0, datagram.length)].map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10])
})

test('an echo asks for it, and reads what the change itself says', () => {
  const request = echo(rule.add(inChain))
  expect(request.flags & NLM_F_ECHO).toBe(NLM_F_ECHO)
  const { answer } = request
  if (answer.is !== 'reply') throw new Error(`answered by ${answer.is}`)
  const accepted = [...netfilterProtocol.messages].filter(([type]) => answer.item.accepts?.(type))
  expect(accepted.map(([, { name }]) => name)).toEqual(['NFT_MSG_NEWRULE'])
})

describe('a change that would be more than is meant is refused', () => {
  test('a rule without a handle', () => {
    expect(() => rule.delete({ ...nat, chain: 'POSTROUTING' })).toThrow('a handle or an id says which rule')
    expect(() => rule.destroy({ ...nat, chain: 'POSTROUTING' })).toThrow('a handle or an id says which rule')
  })
})

test.each([
  [() => table.add({ ...ip, name: 'nat' }), 'add table ip nat'],
  [() => table.delete({ family: 'inet', handle: 4 }), 'delete table inet handle 4'],
  [() => chain.change({ ...nat, handle: 3, name: 'NEW' }), 'change chain ip nat NEW'],
  [() => rule.replace({ ...inChain, handle: 5 }), 'replace rule of ip nat POSTROUTING handle 5'],
  [() => rule.flush(nat), 'delete all rules of ip nat'],
])('operations say what is asked: %#', (make, operation) => {
  expect(make().operation).toBe(operation)
})
