import { describe, expect, test } from 'vitest'
import { EncodeError } from '../../src/netlink/index.ts'
import { address, link, neighbour, route, rule } from '../../src/rtnl/index.ts'

describe('what JavaScript may say wrongly is refused with its place', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a rule to a number', () => rule.add({ dst: 5 } as never), /^dst: expected an address/],
    ['a rule from an object', () => rule.delete({ src: {} } as never), /^src: expected an address/],
    ['the route to nothing', () => route.get({ family: 'inet' } as never), /^dst: expected an address.*undefined/],
    ['the route to a number', () => route.get({ dst: 5 } as never), /^dst: expected an address.*5/],
    ['a route by a number', () => route.add({ dst: '10.0.0.0/8', via: 5 } as never), /^via: expected an address/],
    ['an address that is none', () => address.add({ index: 1, address: 5 } as never), /^address: expected an address/],
    ['an address of no link', () => address.add({ address: '10.0.0.1/8' } as never), /^index: no link/],
    ['a neighbour that is none', () => neighbour.add({ index: 1 } as never), /^dst: no address/],
    ['a link by a number with a part', () => link.get(1.5), /^index: /],
    ['a link whose name is too long', () => link.add({ name: 'x'.repeat(16), kind: 'veth' }), /^name: .*16 bytes long/],
    ['a link whose name has a NUL', () => link.add({ name: 'x\0y', kind: 'veth' }), /^name: .*NUL/],
  ])('%s', (_, ask, text) => {
    expect(ask).toThrow(EncodeError)
    expect(ask).toThrow(text)
  })
})
