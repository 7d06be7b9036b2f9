import { describe, expect, test } from 'vitest'
import { encodeRequest, getFamily, tcpMetrics, toHex } from '../../../src/netlink/index.ts'
import { decode } from '../../fixtures.ts'

const FAMILY = 0x1c

/** The payloads are those of iproute2 6.1.0 (strace -e sendmsg -xx ip …), the flags beside them. */
describe('generic netlink', () => {
  test('ip tcp_metrics: what number the family has', () => {
    const bytes = encodeRequest(getFamily(tcpMetrics.FAMILY))
    expect(toHex(bytes.subarray(16))).toBe('03000000100002007463705f6d65747269637300')
    expect(toHex(bytes.subarray(4, 8))).toBe('10000100')
  })

  test('ip tcp_metrics del 10.0.0.1', () => {
    const bytes = encodeRequest(tcpMetrics.delete(FAMILY, { dst4: '10.0.0.1' }))
    expect(toHex(bytes.subarray(16))).toBe('02010000080001000a000001')
    expect(toHex(bytes.subarray(4, 8))).toBe('1c000500')
  })

  test('ip tcp_metrics show', () => {
    const bytes = encodeRequest(tcpMetrics.list(FAMILY))
    expect(toHex(bytes.subarray(4, 8))).toBe('1c000103')
    expect(toHex(bytes.subarray(16))).toBe('01010000')
  })

  test('what the kernel (6.18) says of a host', () => {
    // ip tcp_metrics: 10.0.0.1 age 0.012sec cwnd 13 rtt 28us rttvar 25us source 10.0.0.1
    const hex =
      '01010000' +
      '080001000a000001' +
      '08000b000a000001' +
      '0c0003000c00000000000000' +
      '1c00068008000400' +
      '0d000000' +
      '08000600e0000000' +
      '0800070064000000'
    const item = decode(tcpMetrics.tcpMetricsMessage, Uint8Array.from(Buffer.from(hex, 'hex')))
    expect(item).toMatchObject({
      command: 'get',
      dst4: '10.0.0.1',
      src4: '10.0.0.1',
      age: 12,
      vals: { cwnd: 13, rttUs: 224, rttvarUs: 100 },
    })
  })
})
