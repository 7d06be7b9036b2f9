import { expect, test } from 'vitest'
import { conntrack } from '../../src/netfilter/index.ts'
import { decode, loadFixtures, messagesIn } from '../fixtures.ts'

const tuple = (source: string, destination: string, sourcePort: number, destinationPort: number) => ({
  ip: { source, destination },
  protocol: { number: 6, sourcePort, destinationPort },
})

test('NAT is what the kernel says of a connection, not what its tuples look like', () => {
  const original = tuple('192.168.15.1', '10.2.0.1', 5000, 8080)
  const reply = tuple('172.17.0.3', '10.2.0.9', 80, 6000)
  const connection = { family: 'ip', original, reply } as conntrack.Connection
  const source = { from: { address: '192.168.15.1', port: 5000 }, to: { address: '10.2.0.9', port: 6000 } }
  const destination = { from: { address: '10.2.0.1', port: 8080 }, to: { address: '172.17.0.3', port: 80 } }
  expect(conntrack.nat(connection)).toEqual({})
  expect(conntrack.nat({ ...connection, status: ['src-nat'] })).toEqual({ source })
  expect(conntrack.nat({ ...connection, status: ['seen-reply', 'src-nat', 'dst-nat'] })).toEqual({
    source,
    destination,
  })
  expect(conntrack.nat({ ...connection, reply: undefined, status: ['src-nat'] } as conntrack.Connection)).toEqual({})
})

test('what conntrack listed reads as it printed it', () => {
  const exchange = loadFixtures('conntrack')
    .flatMap(({ exchanges }) => exchanges)
    .find(({ command }) => command === 'conntrack -L')!
  const connections = messagesIn(exchange)
    .filter(({ type }) => type === conntrack.IPCTNL_MSG_CT_NEW)
    .map(({ payload }) => decode(conntrack.conntrackMessage, payload))
  const words = connections.map(({ original, countersOriginal, timeout }) => {
    const { sourcePort, destinationPort, icmpId } = original!.protocol!
    const { packets, bytes } = countersOriginal!
    const which = icmpId === undefined ? `sport=${sourcePort} dport=${destinationPort}` : `id=${icmpId}`
    return [`${timeout} `, `dst=${original!.ip!.destination} `, `${which} packets=${packets} bytes=${bytes} `]
  })
  expect(words.length).toBe(3)
  const lines = exchange.stdout!.trim().split('\n')
  for (const parts of words) expect(lines.filter((line) => parts.every((part) => line.includes(part))).length).toBe(1)
})

test.each([
  [() => conntrack.delete({ family: 'ip' }), 'original or reply says which'],
  [() => conntrack.delete({}), 'original or reply says which'],
])('forgetting one does not mean forgetting all: %#', (make, message) => {
  expect(make).toThrow(message)
})

test('the family follows from the addresses', () => {
  const six = {
    ip: { source6: 'fd00::1', destination6: 'fd00::2' },
    protocol: { number: 6, sourcePort: 1, destinationPort: 2 },
  }
  expect(conntrack.delete({ original: six }).value).toMatchObject({ family: 'ip6' })
  expect(conntrack.get({ reply: tuple('10.0.0.1', '10.0.0.2', 1, 2) })).toMatchObject({
    operation: 'get connection 10.0.0.1:1 to 10.0.0.2:2',
    value: { family: 'ip' },
  })
})
