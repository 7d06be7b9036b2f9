import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { NetlinkError, openNetlink, type Request, type Socket, toHex } from '../../../src/netlink/index.ts'
import * as link from '../../../src/rtnl/link/index.ts'
import { decode, encode } from '../../fixtures.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { BELOW, kinds } from './kinds.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`links of the kernel${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  const ask = <Reply>(request: Request<Reply>): Reply => socket.requestSync(request)
  const list = (filter?: link.LinkFilter) => [...socket.streamSync(link.list(filter))]
  const names = (filter?: link.LinkFilter) => list(filter).map(({ name }) => name)

  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetlink({ name: 'route', number: 0, messages: link.messages })
    ask(link.add({ name: 'below', index: BELOW, kind: 'veth', data: { peer: { name: 'beside' } } }))
  })
  afterAll(() => socket?.close())
  afterEach(() => {
    for (const name of names()) if (name?.startsWith('x')) socket.batchSync([link.delete(name)])
  })

  for (const [settings, said] of kinds) {
    const { kind, data, ...rest } = settings as { kind: string; data?: object }
    test(`${kind} ${JSON.stringify(data ?? {})} is said back`, ({ skip }) => {
      try {
        ask(link.add({ ...settings, name: 'x0' }))
      } catch (error) {
        if (error instanceof NetlinkError && error.text === 'Unknown device type') skip('this kernel has no such links')
        throw error
      }
      const found = ask(link.get('x0', { stats: true }))
      expect(found).toMatchObject({ name: 'x0', ...rest, linkinfo: { kind } })
      expect(found.linkinfo?.data ?? {}).toMatchObject(said ?? data ?? {})
      expect(found.stats64).toMatchObject({ rxPackets: expect.any(Number) })
      expect(JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
        '"unknown":',
      )
      expect(names({ kind })).toContain('x0')
      expect(list({ kind }).every(({ linkinfo }) => String(linkinfo?.kind) === kind)).toBe(true)
      ask(link.delete({ index: found.index }))
      expect(() => ask(link.get('x0'))).toThrow(expect.objectContaining({ code: 'ENODEV' }))
    })
  }

  test('a link is changed by index, name or alternative name', () => {
    ask(link.add({ name: 'x0', kind: 'bridge' }))
    const { index } = ask(link.get('x0'))
    const long = 'x-alternative-name-longer-than-fifteen-bytes'
    ask(link.addAltName({ index }, long, 'xalt'))
    expect(ask(link.get(long))).toMatchObject({ index, propList: { altName: [long, 'xalt'] } })
    ask(link.set({ name: long, mtu: 1300, up: true, flags: { promisc: true } }))
    expect(ask(link.get({ altName: 'xalt' }))).toMatchObject({
      index,
      mtu: 1300,
      flags: expect.arrayContaining(['up', 'promisc']),
    })
    ask(link.set({ name: 'x0', up: false, alias: 'of sorts', group: 7, txqlen: 5 }))
    ask(link.set({ index, name: 'x1', address: '02:00:00:00:00:09', flags: { promisc: false, 'no-arp': true } }))
    expect(ask(link.get({ index }))).toMatchObject({
      name: 'x1',
      alias: 'of sorts',
      group: 7,
      txqlen: 5,
      address: '02:00:00:00:00:09',
      flags: ['broadcast', 'no-arp', 'multicast'],
    })
    ask(link.deleteAltName({ index }, long))
    expect(ask(link.get({ index })).propList).toEqual({ altName: ['xalt'] })
    ask(link.set({ index, afSpec: { inet: { conf: { rpFilter: 2 } }, inet6: { addrGenMode: 'none' } } }))
    const { afSpec } = ask(link.get(index))
    expect(afSpec?.inet?.conf?.[link.IPV4_DEVCONF.rpFilter - 1]).toBe(2)
    expect(afSpec?.inet6?.addrGenMode).toBe('none')
    ask(link.delete({ group: 7 }))
    expect(() => ask(link.get({ index }))).toThrow(expect.objectContaining({ code: 'ENODEV' }))
  })

  test('a port of a bridge is listed by master, set as a slave and by family bridge', () => {
    ask(link.add({ name: 'x0', kind: 'bridge' }))
    const master = ask(link.get('x0')).index
    ask(link.add({ name: 'x1', kind: 'veth', master, data: { peer: { name: 'x2' } } }))
    expect(names({ master })).toEqual(['x1'])
    expect(names({ master: 0 })).toContain('x2')
    expect(names({ master: 0 })).not.toContain('x1')
    const { index } = ask(link.get('x1'))
    ask(link.set({ index, slaveKind: 'bridge', slaveData: { isolated: true, cost: 50, mode: true } }))
    expect(ask(link.get(index)).linkinfo).toMatchObject({
      slaveKind: 'bridge',
      slaveData: { isolated: true, cost: 50, mode: true },
    })
    ask(link.set({ family: 'bridge', index, protinfo: { cost: 60, learning: false } }))
    const [port] = list({ family: 'bridge', master })
    expect(port).toMatchObject({ family: 'bridge', index, protinfo: { cost: 60, learning: false, isolated: true } })
    expect(list({ family: 'inet6' }).find((one) => one.index === index)?.protinfo?.conf).toHaveLength(
      ask(link.get(index)).afSpec?.inet6?.conf?.length ?? 0,
    )
    ask(link.set({ index, master: 0 }))
    expect(names({ master })).toEqual([])
  })

  test('whatever the kernel says encodes to what it said', () => {
    ask(link.add({ name: 'x0', kind: 'bridge' }))
    let count = 0
    const { codec } = link.list().answer.item
    const tracing = openNetlink(
      { name: 'route', number: 0, messages: link.messages },
      {
        trace: ({ direction, bytes }) => {
          if (direction !== 'received' || bytes[4] !== link.RTM_NEWLINK) return
          const payload = bytes.slice(16)
          expect(toHex(encode(codec, decode(codec, payload)))).toBe(toHex(payload))
          count++
        },
      },
    )
    tracing.requestSync(link.list({ stats: true }))
    tracing.requestSync(link.list({ family: 'bridge' }))
    tracing.requestSync(link.list({ family: 'inet6' }))
    tracing.close()
    expect(count).toBeGreaterThan(5)
  })
})
