import { describe, expect, test } from 'vitest'
import { commentOf, commentUserdata, firewall, ownerOf, ownerUserdata } from '../../src/netfilter/index.ts'

const { accept, dnat, drop, log, masquerade, redirect, reject, snat } = firewall

describe('a rule', () => {
  test('is a value, with the chain that it belongs to', () => {
    const chains = [
      masquerade(),
      snat({ to: '10.0.0.1' }),
      dnat({ to: '10.0.0.1' }),
      dnat({ to: '10.0.0.1', local: true }),
      redirect(),
      accept(),
      drop({ at: 'input' }),
      reject({ at: 'output' }),
      log(),
    ].map(({ chain }) => chain)
    expect(chains).toEqual([
      ...['postrouting', 'postrouting', 'prerouting', 'redirecting', 'prerouting'],
      ...['forward', 'input', 'output', 'forward'],
    ])
  })

  test('looks at links, addresses, protocol, ports and connection, counts, and says what is to be done', () => {
    const { expressions, comment } = accept({
      ...{ state: ['new'], port: 80, protocol: 'tcp', destination: '10.0.0.0/20', out: 'eth0', in: 'br0' },
      comment: 'web',
    })
    expect(comment).toBe('web')
    const names = 'meta cmp meta cmp meta cmp payload bitwise cmp meta cmp payload cmp ct bitwise cmp counter immediate'
    expect(expressions.map(({ name }) => name).join(' ')).toBe(names)
  })

  test('compares a prefix by its bytes where it ends with one', () => {
    const { expressions } = drop({ source: '192.168.15.77/24' })
    expect(expressions.slice(2, 4)).toEqual([
      { name: 'payload', data: { dreg: 1, base: 'network', offset: 12, length: 3 } },
      { name: 'cmp', data: { sreg: 1, operator: 'eq', data: { value: Uint8Array.of(192, 168, 15) } } },
    ])
  })

  test('of all addresses is one of their family', () => {
    expect(drop({ source: '::/0' }).expressions.map(({ name }) => name)).toEqual([
      'meta',
      'cmp',
      'counter',
      'immediate',
    ])
  })
})

test.each([
  ['to: expected an IP address, got "x"', () => dnat({ to: 'x' })],
  [
    "to: expected an address of the conditions' family, got fd00::1",
    () => snat({ to: 'fd00::1', source: '10.0.0.0/8' }),
  ],
  ['protocol: toPort wants a protocol that has ports', () => dnat({ to: '10.0.0.1', toPort: 80 })],
  ['protocol: toPorts wants a protocol that has ports', () => masquerade({ toPorts: 80 })],
  ['protocol: ports are of a protocol: say which', () => accept({ port: 80 })],
  [
    'protocol: expected one of icmp, tcp, udp, icmpv6, sctp or a number, got "ip"',
    () => accept({ protocol: 'ip' as 'tcp' }),
  ],
  ['protocol: expected one of icmp, tcp, udp, icmpv6, sctp or a number, got 256', () => accept({ protocol: 256 })],
  ['port: expected a port, got 65536', () => accept({ protocol: 'tcp', port: 65536 })],
  ['sourcePort: expected a port, got -1', () => accept({ protocol: 'tcp', sourcePort: { from: -1, to: 5 } })],
  ['addresses of one family, got IPv4 and IPv6', () => accept({ source: '10.0.0.1', notDestination: '::1' })],
  [
    'source: expected an address with a prefix length such as 10.0.0.0/24, got "10.0.0.0/33"',
    () => accept({ source: '10.0.0.0/33' }),
  ],
  ['notSource: no packet is outside of "0.0.0.0/0"', () => accept({ notSource: '0.0.0.0/0' })],
  [
    'notIn: expected the name of a link, 1 to 15 bytes, got "a-very-long-name"',
    () => accept({ notIn: 'a-very-long-name' }),
  ],
  ['out: expected the name of a link, 1 to 15 bytes, got "*"', () => accept({ out: '*' })],
  [
    'state: expected one of invalid, established, related, new, untracked, got "toString"',
    () => accept({ state: ['toString' as 'new'] }),
  ],
  ['mark: expected a mark, got 4294967296', () => accept({ mark: 2 ** 32 })],
  ['with: tcp-reset wants protocol tcp', () => reject({ with: 'tcp-reset' })],
  [
    'with: expected tcp-reset, no-route, port-unreachable, host-unreachable, admin-prohibited, got "x"',
    () => reject({ with: 'x' as 'no-route' }),
  ],
])('%s', (message, make) => {
  expect(make).toThrow(message)
})

describe('userdata', () => {
  test('holds a comment as nft has it', () => {
    expect(commentUserdata('hi')).toEqual(Uint8Array.of(0, 3, 0x68, 0x69, 0))
    expect(commentOf(commentUserdata('größer'))).toBe('größer')
    expect(() => commentUserdata('x'.repeat(128))).toThrow('a comment holds at most 127 bytes')
    expect(() => commentUserdata('a\0b')).toThrow('none of them NUL')
  })

  test('or an owner, or both, or anything', () => {
    const both = Uint8Array.from([...ownerUserdata('ipts'), ...commentUserdata('hi')])
    expect([ownerOf(both), commentOf(both)]).toEqual(['ipts', 'hi'])
    expect([ownerOf(commentUserdata('hi')), commentOf(ownerUserdata('ipts'))]).toEqual([undefined, undefined])
    for (const odd of [
      undefined,
      new Uint8Array(),
      Uint8Array.of(0),
      Uint8Array.of(0, 200, 1),
      Uint8Array.of(7, 0, 0),
    ]) {
      expect(commentOf(odd)).toBeUndefined()
    }
  })
})
