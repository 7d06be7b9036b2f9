import { describe, expect, test } from 'vitest'
import { encodeRequest, type Request, toHex } from '../../src/netlink/index.ts'
import { addressLabel, link, multicastAddress, netconf, route } from '../../src/rtnl/index.ts'

/** Type and flags, then the payload: of iproute2 6.1.0, as strace -e sendmsg,sendto shows them. */
function said(request: Request<unknown>): string[] {
  const bytes = encodeRequest(request)
  return [toHex(bytes.subarray(4, 8)), toHex(bytes.subarray(16))]
}

describe('what iproute2 sends', () => {
  test('ip addrlabel add prefix fd01::/64 dev lo label 100', () => {
    expect(said(addressLabel.add({ label: 100, address: 'fd01::/64', index: 1 }))).toEqual([
      '48000506',
      `0a0040000100000000000000${'0800020064000000'}${'14000100fd010000000000000000000000000000'}`,
    ])
  })

  test('ip addrlabel del', () => {
    expect(said(addressLabel.delete({ label: 100, address: 'fd01::/64', index: 1 }))[0]).toBe('49000500')
  })

  test('ip -4 netconf show dev lo', () => {
    expect(said(netconf.get({ family: 'inet', ifindex: 1 }))[1]).toBe('020000000800010001000000')
  })

  test('ip stats set dev lo l3_stats on', () => {
    expect(said(link.setStatistics(1, { l3Stats: true }))).toEqual([
      '5f000500',
      '0000000001000000000000000500020001000000',
    ])
  })

  test('ip stats show dev lo group link', () => {
    expect(said(link.getStatistics(1, 'link-64'))).toEqual(['5e000100', '000000000100000001000000'])
  })
})

test('a multicast address is one of Ethernet', () => {
  expect(() => multicastAddress.add('v0', '01:00:5e')).toThrow('expected 6 bytes, got 01:00:5e')
})

describe('segment routing headers', () => {
  test('the first segment stands last; inline leaves room for the destination', () => {
    expect(route.throughSegments(['fd00::1', 'fd00::2'])).toEqual({ segments: ['fd00::2', 'fd00::1'] })
    expect(route.throughSegments(['fd00::1'], { inline: true }).segments).toEqual(['::', 'fd00::1'])
  })

  test('the id of the key to sign with comes back', () => {
    const routing = route.throughSegments(['fd00::1'], { hmac: 0x1234 })
    expect(route.signingKey(routing)).toBe(0x1234)
    expect(routing.rest).toHaveLength(40)
    expect(route.signingKey({ segments: ['fd00::1'] })).toBeUndefined()
  })
})

test('headers of RPL and IOAM are those of iproute2, and read back', () => {
  // encap rpl segs fd07::1,fd07::2; encap ioam6 … trace prealloc type 0x800000 ns 1 size 12
  const srh = route.rplRouting(['fd07::1', 'fd07::2'])
  expect(toHex(srh)).toBe('0004030200000000fd070000000000000000000000000002fd070000000000000000000000000001')
  expect(route.rplSegments(srh)).toEqual(['fd07::1', 'fd07::2'])
  expect(route.rplSegments(srh.subarray(0, 30))).toEqual(['fd07::2'])
  const trace = route.ioam6Trace({ type: 0x800000, namespace: 1, size: 12 })
  expect(toHex(trace)).toBe('0001000380000000')
  expect(route.readIoam6Trace(trace)).toEqual({ type: 0x800000, namespace: 1, size: 12 })
  expect(route.readIoam6Trace(trace.subarray(0, 7))).toBeUndefined()
})

test('options of Geneve are told apart where the kernel says them in one attribute', () => {
  const one = '0600010000010000' + '0500020002000000' + '0800030000112233'
  const two = '0600010000030000' + '0500020004000000' + '0600030044550000'
  const attributes = Buffer.from(`38000880${'34000180'}${one}${two}`, 'hex')
  const bytes = new Uint8Array(attributes)
  const { opts } = route.encapKinds.ip.read(bytes, 0, bytes.length, -1, {})
  expect(route.geneveOptions(opts?.geneve ?? [])).toEqual([
    { class: 1, type: 2, data: Uint8Array.of(0, 0x11, 0x22, 0x33) },
    { class: 3, type: 4, data: Uint8Array.of(0x44, 0x55) },
  ])
})

describe('RTA_EXPIRES', () => {
  test.each([
    ['four bytes are seconds', '10000000', 16],
    ['eight are hundredths since a multicast route was used', '1000000000000000', 16n],
  ])('%s', (_title, hex, value) => {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
    const header = new Uint8Array(12)
    const attribute = Uint8Array.of(bytes.length + 4, 0, 23, 0, ...bytes)
    const message = Uint8Array.of(...header, ...attribute)
    const decoded = route.routeMessage.read(message, 0, message.length, 0, {})
    expect(decoded.expires).toBe(value)
  })
})
