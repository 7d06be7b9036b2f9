import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DecodeError, EncodeError } from '../../src/netlink/index.ts'
import {
  decodeIcmp,
  encodeEcho,
  faultOf,
  internetChecksum,
  parseAddress,
  readIpv4Header,
  readSocketAddress,
  socketAddress,
} from '../../src/ops/index.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')
const payload = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)

// Captured with tcpdump between two namespaces: ping -c1 -s8 of iputils asks, the kernel answers. Without Ethernet headers.
const captured = {
  request4: bytes('45000024568e40004001d0480a0000010a000002 0800e8e6030800010001020304050607'),
  reply4: bytes('45000024f69d0000400170390a0000020a000001 0000f0e6030800010001020304050607'),
  hostUnreachable4: bytes(`45c00040f69f000040016f5b0a0000020a000001 0301fcfe00000000
    45000024c48b4000400161430a0000010a090101 0800e8e5030900010001020304050607`),
  filtered4: bytes(`45c00040f6a0000040016f5a0a0000020a000001 030dfcf200000000
    4500002483c240004001a20d0a0000010a080101 0800e8e4030a00010001020304050607`),
  exceeded4: bytes(`45c00040f6a2000040016f580a0000020a000001 0b00f4ff00000000
    45000024efc640000101750a0a0000010a070101 0800e8e3030b00010001020304050607`),
  request6: bytes('80007693030c00010001020304050607'),
  reply6: bytes('81007593030c00010001020304050607'),
  noRoute6: bytes(`0100143f00000000
    600b563000103a40 fd000000000000000000000000000001 fd090000000000000000000000000001
    8000768a030d00010001020304050607`),
  prohibited6: bytes(`01016dc800000000
    600efca200103a40 fd000000000000000000000000000001 fd080000000000000000000000000001
    8000768a030e00010001020304050607`),
}

const body = (packet: Uint8Array) => packet.subarray(readIpv4Header(packet)!.length)

describe('echo messages', () => {
  test('a request is what ping sends', () => {
    const echo = { kind: 'echo-request', identifier: 776, sequence: 1, payload } as const
    expect(hex(encodeEcho('inet', echo))).toBe(hex(body(captured.request4)))
  })

  test('of IPv6 too, but for the checksum that the kernel fills in', () => {
    const echo = { kind: 'echo-request', identifier: 780, sequence: 1, payload } as const
    const expected = captured.request6.slice()
    expected.fill(0, 2, 4)
    expect(hex(encodeEcho('inet6', echo))).toBe(hex(expected))
  })

  test('a reply that the kernel sent', () => {
    expect(decodeIcmp('inet', body(captured.reply4))).toEqual({
      kind: 'echo-reply',
      identifier: 776,
      sequence: 1,
      payload,
    })
    expect(decodeIcmp('inet6', captured.reply6)).toEqual({ kind: 'echo-reply', identifier: 780, sequence: 1, payload })
  })

  test('the header of the packet that brought it', () => {
    expect(readIpv4Header(captured.reply4)).toEqual({
      length: 20,
      ttl: 64,
      source: '10.0.0.2',
      destination: '10.0.0.1',
    })
    for (let length = 0; length < 20; length++)
      expect(readIpv4Header(captured.reply4.subarray(0, length))).toBeUndefined()
    const udp = captured.reply4.slice()
    udp[9] = 17
    expect(readIpv4Header(udp)).toBeUndefined()
  })

  test('what is written is read back, with any payload', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('inet' as const, 'inet6' as const),
        fc.constantFrom('echo-request' as const, 'echo-reply' as const),
        fc.nat(0xffff),
        fc.nat(0xffff),
        fc.uint8Array({ maxLength: 200 }),
        (family, kind, identifier, sequence, payload) => {
          const echo = { kind, identifier, sequence, payload: new Uint8Array(payload) }
          expect(decodeIcmp(family, encodeEcho(family, echo))).toEqual(echo)
        },
      ),
    )
  })

  test('one that a bit of was changed is not believed', () => {
    const message = encodeEcho('inet', { kind: 'echo-reply', identifier: 7, sequence: 9, payload })
    fc.assert(
      fc.property(fc.nat(message.length * 8 - 1), (bit) => {
        const damaged = message.slice()
        damaged[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => decodeIcmp('inet', damaged)).toThrow('wrong checksum')
      }),
    )
  })

  test('numbers that do not fit are refused', () => {
    const echo = { kind: 'echo-request', identifier: 0x10000, sequence: 1, payload } as const
    expect(() => encodeEcho('inet', echo)).toThrow(EncodeError)
    expect(() => encodeEcho('inet', { ...echo, identifier: 1, sequence: -1 })).toThrow(EncodeError)
  })
})

describe('ICMP errors', () => {
  test('say what is wrong and about which request', () => {
    expect(decodeIcmp('inet', body(captured.hostUnreachable4))).toEqual({
      kind: 'error',
      icmpType: 3,
      icmpCode: 1,
      info: 0,
      code: 'EHOSTUNREACH',
      reason: 'host unreachable',
      about: { destination: '10.9.1.1', identifier: 777, sequence: 1 },
    })
    expect(decodeIcmp('inet', body(captured.filtered4))).toMatchObject({
      code: 'EHOSTUNREACH',
      reason: 'packet filtered',
      about: { destination: '10.8.1.1', identifier: 778 },
    })
    expect(decodeIcmp('inet', body(captured.exceeded4))).toMatchObject({
      reason: 'time to live exceeded',
      about: { destination: '10.7.1.1', identifier: 779 },
    })
    expect(decodeIcmp('inet6', captured.noRoute6)).toEqual({
      kind: 'error',
      icmpType: 1,
      icmpCode: 0,
      info: 0,
      code: 'ENETUNREACH',
      reason: 'no route',
      about: { destination: 'fd09::1', identifier: 781, sequence: 1 },
    })
    expect(decodeIcmp('inet6', captured.prohibited6)).toMatchObject({
      code: 'EACCES',
      about: { destination: 'fd08::1' },
    })
  })

  test('about something that is no echo request are about nothing of ours', () => {
    const port = captured.noRoute6.slice()
    port[8 + 6] = 17
    expect(decodeIcmp('inet6', port)).toEqual({
      kind: 'error',
      icmpType: 1,
      icmpCode: 0,
      info: 0,
      code: 'ENETUNREACH',
      reason: 'no route',
    })
    expect(decodeIcmp('inet6', captured.noRoute6.subarray(0, 50))).not.toHaveProperty('about')
  })

  test('a code that nobody knows keeps its number', () => {
    expect(faultOf('inet', 3, 99)).toEqual({ code: 'ENETUNREACH', reason: 'network unreachable (code 99)' })
    expect(faultOf('inet', 8, 0)).toBeUndefined()
  })
})

test('whatever arrives is read, or refused with a DecodeError', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('inet' as const, 'inet6' as const),
      fc.uint8Array({ maxLength: 96 }),
      (family, data) => {
        const message = new Uint8Array(data)
        // With a right checksum most of it gets past the first check.
        if (message.length >= 8) {
          message.fill(0, 2, 4)
          const sum = internetChecksum(message)
          message[2] = sum >> 8
          message[3] = sum & 0xff
        }
        try {
          expect(decodeIcmp(family, message).kind).toMatch(/^(echo-request|echo-reply|error|other)$/)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      },
    ),
    { numRuns: 2000 },
  )
})

describe('the checksum', () => {
  // RFC 1071, section 3.
  test('of the example of its RFC', () => {
    expect(internetChecksum(bytes('0001f203f4f5f6f7'))).toBe(~0xddf2 & 0xffff)
  })

  test('of an IPv4 header that contains it is 0', () => {
    expect(internetChecksum(captured.reply4, 0, 20)).toBe(0)
  })

  test('of an odd number of bytes is that of one more, 0', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 65 }), (data) => {
        expect(internetChecksum(data)).toBe(internetChecksum(Uint8Array.of(...data, ...(data.length % 2 ? [0] : []))))
      }),
    )
  })

  test('of the most that fits in a packet does not overflow', () => {
    expect(internetChecksum(new Uint8Array(0xffff).fill(0xff))).toBe(0x00ff)
  })
})

describe('addresses', () => {
  test('as the kernel takes them', () => {
    expect(hex(socketAddress(parseAddress('10.0.0.1')))).toBe('020000000a0000010000000000000000')
    expect(hex(socketAddress(parseAddress('fe80::1%eth0'), 7))).toBe(
      '0a00000000000000fe80000000000000000000000000000107000000',
    )
  })

  test('and gives them back', () => {
    expect(readSocketAddress('inet', socketAddress(parseAddress('10.0.0.1')))).toBe('10.0.0.1')
    expect(readSocketAddress('inet6', socketAddress(parseAddress('fd00::2')))).toBe('fd00::2')
  })

  test('may name a link, if they are of IPv6', () => {
    expect(parseAddress('fe80::1%veth0')).toEqual({ family: 'inet6', address: 'fe80::1', zone: 'veth0' })
    for (const text of ['', '10.0.0', '10.0.0.256', '10.0.0.1%eth0', 'fe80::1%', 'example.org', '10.0.0.1/24'])
      expect(() => parseAddress(text), text).toThrow(EncodeError)
  })
})
