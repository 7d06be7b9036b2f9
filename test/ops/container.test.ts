import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidValueError } from '../../src/libc/index.ts'
import { parseSubnet } from '../../src/ops/container/subnet.ts'
import { formatPublication, parsePublication } from '../../src/ops/index.ts'

describe('publications', () => {
  test('are read as Docker has them', () => {
    expect(parsePublication('8080:80')).toEqual({ port: 8080, containerPort: 80, protocol: 'tcp' })
    expect(parsePublication('192.0.2.1:53:5353/udp')).toEqual({
      address: '192.0.2.1',
      port: 53,
      containerPort: 5353,
      protocol: 'udp',
    })
  })

  test.each(['', '80', '80:', ':80', '0:80', '80:65536', '80:80/sctp', 'host:80:80', '1.2.3.256:80:80', '80:80 '])(
    '%j is none',
    (text) => expect(() => parsePublication(text)).toThrow(InvalidValueError),
  )

  test('what is written is read again', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    const publication = fc.record(
      {
        port,
        containerPort: port,
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
        address: fc.ipV4(),
      },
      { requiredKeys: ['port', 'containerPort', 'protocol'] },
    )
    fc.assert(
      fc.property(publication, (given) => {
        expect(parsePublication(formatPublication(given))).toEqual(given)
      }),
    )
  })
})

describe('networks of containers', () => {
  test('their first address is the gateway, their last one is for all', () => {
    const { gateway, length, addresses } = parseSubnet('10.0.0.0/29')
    expect([gateway, length, [...addresses()]]).toEqual([
      '10.0.0.1',
      29,
      ['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6'],
    ])
    expect([...parseSubnet('192.168.255.252/30').addresses()]).toEqual(['192.168.255.254'])
    const [first] = parseSubnet('172.18.0.0/16').addresses()
    expect(first).toBe('172.18.0.2')
  })

  test.each([
    ['10.0.0.0/24', '10.0.0.7/32', true],
    ['10.0.0.0/24', '10.0.1.7/24', false],
    ['10.0.0.0/24', '10.3.0.1/8', true],
    ['10.0.0.0/24', '10.0.0.255', true],
    ['200.0.0.0/30', '200.0.0.4/30', false],
    ['200.0.0.0/30', '1.2.3.4/0', true],
  ])('%s and %s have an address in common: %s', (network, other, expected) => {
    expect(parseSubnet(network).overlaps(other)).toBe(expected)
  })

  test.each(['', '10.0.0.0', '10.0.0.0/7', '10.0.0.0/31', '10.0.0.1/24', '10.0.0.0/x', 'fd00::/64', '10.0.0.0/024 '])(
    '%j is none',
    (text) => expect(() => parseSubnet(text)).toThrow(InvalidValueError),
  )
})
