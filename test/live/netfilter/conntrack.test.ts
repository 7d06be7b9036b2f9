import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { readdirSync } from 'node:fs'
import type { Server } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { conntrack, firewall, openNetfilter } from '../../../src/netfilter/index.ts'
import type { Socket } from '../../../src/netlink/index.ts'
import { echo, setSysctl } from '../../../src/ops/index.ts'
import { enterDisposableWorld } from '../world.ts'
import { becomeRouter, teller, told, withoutReason } from './lab.ts'

const reason = withoutReason('nft', 'conntrack')
const NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' }

/** A connection in the words of conntrack(8), without what passes: seconds and users. */
function lineOf({
  original,
  reply,
  status = [],
  protocolInfo,
  countersOriginal,
  countersReply,
  mark,
}: conntrack.Connection): string {
  const number = original?.protocol?.number ?? 0
  const direction = (tuple: conntrack.Tuple | undefined, counters: typeof countersOriginal) => {
    const { ip, protocol } = tuple ?? {}
    const ports =
      protocol?.sourcePort === undefined
        ? `type=${protocol?.icmpType} code=${protocol?.icmpCode} id=${protocol?.icmpId}`
        : `sport=${protocol.sourcePort} dport=${protocol.destinationPort}`
    return `src=${ip?.source} dst=${ip?.destination} ${ports} packets=${counters?.packets} bytes=${counters?.bytes}`
  }
  const state = protocolInfo?.tcp?.state
  const words = [
    NAMES[number],
    number,
    ...(state === undefined ? [] : [String(state).toUpperCase().replace('-', '_')]),
    direction(original, countersOriginal),
    ...(status.includes('seen-reply') ? [] : ['[UNREPLIED]']),
    direction(reply, countersReply),
    ...(status.includes('assured') ? ['[ASSURED]'] : []),
    `mark=${mark}`,
  ]
  return words.join(' ')
}

const listing = () =>
  execFileSync('conntrack', ['-L'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\w+) +(\d+) \d+ /, '$1 $2 ').replace(/ use=\d+$/, ''))
    .sort()

const tuple = (source: string, destination: string, sourcePort: number, destinationPort: number) => ({
  ip: { source, destination },
  protocol: { number: 6, sourcePort, destinationPort },
})
const made = (port: number, timeout = 100): conntrack.ConnectionInput => ({
  family: 'ip',
  original: tuple('10.9.0.1', '10.9.0.2', port, 80),
  reply: tuple('10.9.0.2', '10.9.0.1', 80, port),
  timeout,
  protocolInfo: { tcp: { state: 'established' } },
})

describe.skipIf(reason)(`connections${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  let server: Server

  beforeAll(async () => {
    enterDisposableWorld()
    await becomeRouter()
    server = await teller(80, 'server')
    socket = openNetfilter()
    firewall.installSync(socket, [
      firewall.masquerade({ out: 'outer' }),
      firewall.dnat({ protocol: 'tcp', port: 8080, to: '10.2.0.2', toPort: 80 }),
    ])
    await setSysctl('net.netfilter.nf_conntrack_acct', 1).do()
    return () => {
      socket.close()
      server.close()
    }
  })

  test('are what conntrack lists', async () => {
    expect(await told('10.2.0.2', 80, 'client')).toBe('10.2.0.1')
    expect(await told('192.168.15.5', 8080, 'client')).toBe('10.2.0.1')
    await echo('10.2.0.2', { netns: 'client' })
    const udp = createSocket('udp4')
    await new Promise((resolve) => udp.send('x', 9, '127.0.0.1', resolve))
    udp.close()
    const ours = (await socket.request(conntrack.list({ family: 'ip' }))).map(lineOf).sort()
    expect(ours).toEqual(listing())
    expect(ours.length).toBe(4)
    expect(socket.requestSync(conntrack.totals())).toMatchObject({ entries: 4 })
    const processors = socket.requestSync(conntrack.statistics())
    expect(processors.map(({ resource }) => resource)).toEqual(processors.map((_, i) => i))
  })

  test('say what NAT does to them', () => {
    const seen = socket.requestSync(conntrack.list()).map((connection) => {
      const { source, destination } = conntrack.nat(connection)
      const { number, destinationPort } = connection.original?.protocol ?? {}
      const mode = `${NAMES[number!]} ${destinationPort ?? ''}`.trim()
      return [mode, source?.from.address, source?.to.address, destination?.from.address, destination?.to]
    })
    expect(Object.fromEntries(seen.map(([mode, ...rest]) => [mode, rest]))).toEqual({
      'tcp 80': ['192.168.15.1', '10.2.0.1', undefined, undefined],
      'tcp 8080': ['192.168.15.1', '10.2.0.1', '192.168.15.5', { address: '10.2.0.2', port: 80 }],
      icmp: ['192.168.15.1', '10.2.0.1', undefined, undefined],
      'udp 9': [undefined, undefined, undefined, undefined],
    })
    const of = (...status: conntrack.StatusName[]) => socket.requestSync(conntrack.list({ status })).length
    expect([of('src-nat'), of('dst-nat'), of('src-nat', 'dst-nat')]).toEqual([3, 1, 1])
  })

  test('are made, changed, found and forgotten', () => {
    socket.requestSync(conntrack.flush())
    expect(listing()).toEqual([''])
    socket.requestSync(conntrack.add(made(1000)))
    expect(() => socket.requestSync(conntrack.add(made(1000)))).toThrow(
      'add connection 10.9.0.1:1000 to 10.9.0.2:80: EEXIST',
    )
    expect(listing()).toEqual([
      'tcp 6 ESTABLISHED src=10.9.0.1 dst=10.9.0.2 sport=1000 dport=80 packets=0 bytes=0 [UNREPLIED] src=10.9.0.2 dst=10.9.0.1 sport=80 dport=1000 packets=0 bytes=0 mark=0',
    ])
    const { family, original } = made(1000)
    socket.requestSync(conntrack.update({ family, original, timeout: 5000 }))
    const found = socket.requestSync(conntrack.get({ original }))
    expect(found.timeout).toBeGreaterThan(4990)
    expect(socket.requestSync(conntrack.get({ reply: made(1000).reply })).id).toBe(found.id)
    expect(() => socket.requestSync(conntrack.delete({ ...found, id: 1 }))).toThrow('ENOENT')
    socket.requestSync(conntrack.delete(found))
    expect(() => socket.requestSync(conntrack.get(found))).toThrow('ENOENT')
    expect(() => conntrack.delete({ family: 'ip' })).toThrow('original or reply says which connection')
  })

  test('are forgotten family by family', () => {
    socket.requestSync(conntrack.add(made(1)))
    socket.requestSync(conntrack.flush({ family: 'ip6' }))
    expect(listing().length).toBe(1)
    socket.requestSync(conntrack.flush({ family: 'ip' }))
    expect(listing()).toEqual([''])
  })

  test('are watched', async () => {
    const events: string[] = []
    const watching = conntrack.watch(socket)
    socket.requestSync(conntrack.add(made(2000)))
    const { original } = made(2000)
    socket.requestSync(
      conntrack.update({ family: 'ip', original, timeout: 500, status: ['confirmed', 'seen-reply', 'assured'] }),
    )
    socket.requestSync(conntrack.delete({ original }))
    for await (const event of watching) {
      if (!('connection' in event)) throw new Error(event.event)
      events.push(`${event.event} ${event.connection.original?.protocol?.sourcePort}`)
      if (event.event === 'destroy') break
    }
    expect(events).toEqual(['new 2000', 'update 2000', 'destroy 2000'])
  })

  test('until it is closed or given back, begun or not', async () => {
    const before = readdirSync('/proc/self/fd').length
    const unused = conntrack.watch(socket)
    await unused.return()
    const closed = conntrack.watch(socket)
    const waiting = closed.next()
    closed.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
    const given = conntrack.watch(socket)
    const next = given.next()
    expect(await given.return()).toEqual({ done: true, value: undefined })
    expect(await next).toEqual({ done: true, value: undefined })
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })

  test('only in what is wanted, and until the signal', async () => {
    const controller = new AbortController()
    const watching = conntrack.watch(socket, { events: ['destroy'], signal: controller.signal })
    socket.requestSync(conntrack.add(made(3000)))
    socket.requestSync(conntrack.flush())
    const first = await watching.next()
    expect(first.value).toMatchObject({ event: 'destroy' })
    controller.abort(new Error('enough'))
    await expect(watching.next()).rejects.toThrow('enough')
  })

  test('events that are lost are said to be, and the watch goes on', async () => {
    const watching = conntrack.watch(socket, { receiveBuffer: 4096 })
    socket.batchSync(Array.from({ length: 400 }, (_, i) => conntrack.add(made(4000 + i))))
    const seen = new Map<string, number>()
    for await (const { event } of watching) {
      seen.set(event, (seen.get(event) ?? 0) + 1)
      if (event === 'resync') socket.requestSync(conntrack.flush())
      if (event === 'destroy') break
    }
    expect(seen.get('resync')).toBeGreaterThan(0)
    expect(seen.get('new')).toBeLessThan(400)
    expect(socket.requestSync(conntrack.list())).toEqual([])
  })
})
