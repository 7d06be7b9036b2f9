import { describe, expect, test } from 'vitest'
import { Exchange } from '../../src/netlink/exchange.ts'
import {
  acknowledged,
  answered,
  attributes,
  DumpDecodeError,
  DumpInterruptedError,
  dumped,
  encodeRequest,
  message,
  NetlinkError,
  type Request,
  struct,
  UnexpectedAnswerError,
  u32,
} from '../../src/netlink/index.ts'

const codec = message(struct({ index: u32 }), attributes({ mtu: [4, u32] }))
const parts = { operation: 'ask', type: 18, codec, value: { index: 1 } }
const change = acknowledged(parts)
const question = answered(parts, codec)
const dump = dumped(parts, codec, ({ index }) => (index === 9 ? undefined : index))

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))
/** One message of an answer: header, then payload. */
const answer = (type: number, flags: number, payload: string): Uint8Array => {
  const body = hex(payload)
  const whole = Buffer.alloc(16 + body.length)
  whole.writeUInt32LE(whole.length, 0)
  whole.writeUInt16LE(type, 4)
  whole.writeUInt16LE(flags, 6)
  whole.set(body, 16)
  return new Uint8Array(whole)
}
const item = (index: number, flags = 2) => answer(16, flags, `0${index}000000 08000400dc050000`)
const ack = (flags: number, payload: string) => answer(2, flags, payload)
const done = (flags: number, payload = '00000000') => answer(3, flags, payload)
const header = '1c000000 12000505 00000000 00000000'

function conduct<Reply>(request: Request<Reply>, ...messages: Uint8Array[]): Exchange {
  const exchange = new Exchange(request, encodeRequest(request))
  messages.forEach((bytes, i) => {
    expect(exchange.take(bytes, 0, bytes.length), `message ${i}`).toBe(i === messages.length - 1)
  })
  return exchange
}

describe('an exchange', () => {
  test('of a change ends with its acknowledgement', () => {
    const exchange = conduct(change, ack(0x100, `00000000 ${header}`))
    expect([exchange.failure(), exchange.reply, exchange.warning]).toEqual([undefined, undefined, undefined])
  })

  test('keeps what the kernel remarks on success', () => {
    const exchange = conduct(change, ack(0x300, `00000000 ${header} 0b00010063617265667500 00`))
    expect([exchange.failure(), exchange.warning]).toEqual([undefined, 'carefu'])
  })

  test('fails with the kernel’s errno and words, in either place', () => {
    const tlvs = '0a0001006f6f707321000000'
    for (const last of [ack(0x300, `eaffffff ${header} ${tlvs}`), done(0x202, `eaffffff ${tlvs}`)]) {
      expect(conduct(dump, last).failure()).toMatchObject({ code: 'EINVAL', text: 'oops!' })
      expect(conduct(dump, last).failure()).toBeInstanceOf(NetlinkError)
    }
  })

  test('of a question ends with the answer, or with the acknowledgement that was asked for', () => {
    expect(conduct(question, item(1, 0)).reply).toEqual({ index: 1, mtu: 1500 })
    const both = { ...question, flags: question.flags | 4 }
    expect(conduct(both, item(1, 0), ack(0x100, `00000000 ${header}`)).reply).toEqual({ index: 1, mtu: 1500 })
    expect(conduct(question, ack(0x100, `00000000 ${header}`)).failure()).toBeInstanceOf(UnexpectedAnswerError)
  })

  test('of a dump gathers what is picked until the end', () => {
    const exchange = conduct(dump, item(1), item(9), item(3), done(2))
    expect([exchange.failure(), exchange.reply]).toEqual([undefined, [1, 3]])
  })

  test('of an interrupted dump says so and keeps what was read, wherever the flag stood', () => {
    for (const messages of [
      [item(1, 0x12), item(2), done(2)],
      [item(1), item(2), done(0x12)],
    ]) {
      const failure = conduct(dump, ...messages).failure(3)
      expect(failure).toBeInstanceOf(DumpInterruptedError)
      expect(failure).toMatchObject({ items: [1, 2], attempts: 3, operation: 'ask' })
    }
  })

  test('loses none of the neighbours of a message that cannot be decoded', () => {
    const failure = conduct(dump, item(1), answer(16, 2, '02000000 06000400dc05 0000'), item(3), done(2)).failure()
    expect(failure).toBeInstanceOf(DumpDecodeError)
    expect(failure).toMatchObject({ items: [1, 3], errors: [{ path: ['mtu'] }] })
  })

  test('passes over NLMSG_NOOP, and ends with a message that has no meaning here', () => {
    expect(conduct(question, answer(1, 0, ''), item(1, 0)).reply).toMatchObject({ index: 1 })
    expect(conduct(question, answer(4, 0, '')).failure()).toBeInstanceOf(UnexpectedAnswerError)
  })
})
