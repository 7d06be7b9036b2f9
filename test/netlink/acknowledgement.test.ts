import { describe, expect, test } from 'vitest'
import {
  acknowledged,
  attributes,
  cstring,
  encodeRequest,
  message,
  NetlinkError,
  readAcknowledgement,
  struct,
  u8,
  u32,
} from '../../src/netlink/index.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))

const tlvs = '0a000100 6f6f7073 00000000 08000200 24000000'.replace('0a000100 6f6f7073 0000', '0a000100 6f6f7073 2100')
const header = '2c000000 10000506 07000000 00000000'
const body = '01000000 18000000 11111111 22222222 33333333 44444444 55555555'

describe('the four layouts of an extended acknowledgement', () => {
  const extended = { message: 'oops!', offset: 36 }
  test.each([
    ['an error that repeats the whole request', 2, 0x200, `eaffffff ${header} ${body} ${tlvs}`, 22],
    ['an error with the request capped to its header', 2, 0x300, `eaffffff ${header} ${tlvs}`, 22],
    ['success with a warning', 2, 0x300, `00000000 ${header} ${tlvs}`, 0],
    ['the end of a dump', 3, 0x202, `eaffffff ${tlvs}`, 22],
  ])('%s', (_, type, flags, text, errno) => {
    const payload = hex(text)
    expect(readAcknowledgement(payload, type, flags, 0, payload.length)).toEqual({ errno, extended })
  })

  test.each([
    ['no extended part', 2, 0x100, `eaffffff ${header}`, 22],
    [
      'a request that says it is longer than the answer',
      2,
      0x200,
      `eaffffff ffffffff 10000506 07000000 00000000 ${tlvs}`,
      22,
    ],
    ['an extended part that is cut off', 2, 0x300, `eaffffff ${header} ff000100 6f6f`, 22],
    ['an answer without the header', 2, 0x300, 'eaffffff 2c00', 22],
    ['nothing at all', 3, 2, '', 0],
  ])('%s: the errno stands all the same', (_, type, flags, text, errno) => {
    const payload = hex(text)
    expect(readAcknowledgement(payload, type, flags, 0, payload.length)).toEqual({ errno, extended: {} })
  })
})

describe('NetlinkError', () => {
  const peer = attributes({ name: [3, cstring] })
  const linkinfo = attributes({ kind: [1, cstring], data: [2, attributes({ peer: [1, peer], mode: [2, u8] })] })
  const codec = message(struct({ index: u32 }), attributes({ mtu: [4, u32], linkinfo: [18, linkinfo] }))
  const value = { mtu: 1500, linkinfo: { kind: 'veth', data: { mode: 1, peer: { name: 'lo' } } } }
  const request = acknowledged({ operation: 'add link v0', type: 16, codec, value })
  const sent = encodeRequest(request)

  test('says what was asked, what the kernel answered, and where', () => {
    const offset = Buffer.from(sent).indexOf('lo') - 4
    const error = new NetlinkError(request, sent, 17, { message: 'name taken', offset })
    expect(error.message).toBe('add link v0: EEXIST: File exists: name taken (at linkinfo.data.peer.name)')
    expect(error).toMatchObject({ code: 'EEXIST', errno: 17, text: 'name taken', attribute: 'linkinfo.data.peer.name' })
  })

  test('names the nest when the kernel points at the nest', () => {
    const at = new NetlinkError(request, sent, 22, { offset: 28 })
    expect(at.attribute).toBe('linkinfo')
    expect(new NetlinkError(request, sent, 22, { offset: 20 }).attribute).toBe('mtu')
    expect(new NetlinkError(request, sent, 22, { offset: 9999 }).attribute).toBeUndefined()
  })

  test('names the attribute that is missing, at the top or in a nest', () => {
    expect(new NetlinkError(request, sent, 22, { missingType: 4 }).missing).toBe('mtu')
    expect(new NetlinkError(request, sent, 22, { missingType: 1, missingNest: 28 }).missing).toBe('linkinfo.kind')
    expect(new NetlinkError(request, sent, 22, { missingType: 77 }).message).toContain('(missing #77)')
  })
})
