import { describe, expect, expectTypeOf, test } from 'vitest'
import type { DumpRequest, Request } from '../../../src/netlink/index.ts'
import * as link from '../../../src/rtnl/link/index.ts'
import { decode, encode } from '../../fixtures.ts'

/** These hold when tsc compiles them; running them only shows that the examples are real. */
describe('types', () => {
  const decoded = (settings: link.LinkSettings): link.Link =>
    decode(link.linkMessage, encode(link.linkRequest, link.add(settings).value))

  test('the kind narrows the data', () => {
    const one = decoded({ name: 'vx0', kind: 'vxlan', data: { id: 42, port: 4789 } })
    if (one.linkinfo?.kind !== 'vxlan') throw new Error('not a vxlan')
    expectTypeOf(one.linkinfo.data?.id).toEqualTypeOf<number | undefined>()
    expect(one.linkinfo.data?.id).toBe(42)
    // @ts-expect-error a vxlan has no peer
    expect(one.linkinfo.data?.peer).toBeUndefined()
  })

  test('the kind of the master narrows what is said of its port', () => {
    const value: link.LinkInput = {
      linkinfo: { slaveKind: 'bridge', slaveData: { state: 'forwarding', isolated: true } },
    }
    const one = decode(link.linkMessage, encode(link.linkMessage, value)) as link.Link
    if (one.linkinfo?.slaveKind !== 'bridge') throw new Error('not a port of a bridge')
    expectTypeOf(one.linkinfo.slaveData?.isolated).toEqualTypeOf<boolean | undefined>()
    expect(one.linkinfo.slaveData).toEqual({ state: 'forwarding', isolated: true })
  })

  test('a kind unknown here is a string with bytes', () => {
    const one = decoded({ name: 'x', kind: 'novel', data: Uint8Array.of(1, 2) })
    expect(String(one.linkinfo?.kind)).toBe('novel')
    expect(one.linkinfo?.data).toEqual(Uint8Array.of(1, 2))
  })

  test('what is given is checked by kind', () => {
    link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1', netNsFd: 3 } } })
    link.add({ name: 'br0', kind: 'bridge', up: true })
    link.set({ index: 2, flags: { promisc: true, 'no-arp': false } })
    link.set({ index: 2, slaveKind: 'bond', slaveData: { queueId: 1 } })
    const wrong = () => [
      // @ts-expect-error an id is a number
      link.add({ name: 'vx0', kind: 'vxlan', data: { id: '42' } }),
      // @ts-expect-error a bridge has no id
      link.add({ name: 'br0', kind: 'bridge', data: { id: 42 } }),
      // @ts-expect-error no such mode
      link.add({ name: 'mv0', link: 1, kind: 'macvlan', data: { mode: 'bridged' } }),
      // @ts-expect-error no such attribute
      link.set({ index: 2, mtuu: 1400 }),
      // @ts-expect-error no such flag
      link.set({ index: 2, flags: { 'all-multicast': true } }),
      // @ts-expect-error which link is not said
      link.get({}),
      // @ts-expect-error one or the other
      link.delete({ index: 2, name: 'v0' }),
    ]
    expect(wrong).toBeTypeOf('function')
  })

  test('requests say what answers them', () => {
    expectTypeOf(link.add).returns.toEqualTypeOf<Request<void>>()
    expectTypeOf(link.get).returns.toEqualTypeOf<Request<link.Link>>()
    expectTypeOf(link.list).returns.toEqualTypeOf<DumpRequest<link.Link>>()
    expectTypeOf<link.Link['index']>().toEqualTypeOf<number>()
    expectTypeOf<link.Link['name']>().toEqualTypeOf<string | undefined>()
  })
})
