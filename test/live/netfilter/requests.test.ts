import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  chain,
  compat,
  echo,
  element,
  flowtable,
  groups,
  object,
  openNetfilter,
  rule,
  set,
  table,
  transactSync,
} from '../../../src/netfilter/index.ts'
import type { Event, Socket } from '../../../src/netlink/index.ts'
import { echo as ping, setUp } from '../../../src/ops/index.ts'
import { enterDisposableWorld } from '../world.ts'
import { nft, output, withoutReason } from './lab.ts'

const reason = withoutReason('nft')

const home = { family: 'inet', table: 't' } as const
const name = { family: 'inet', name: 't' } as const
const accept = { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'accept' } } } } as const
const port = (number: number) => ({ value: Uint8Array.of(number >> 8, number & 0xff) })
const INET_SERVICE = 13

describe.skipIf(reason)(`requests of nf_tables${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  const listed = () => output('nft', 'list', 'ruleset').replace(/\s+/g, ' ').trim()
  const codeOf = (action: () => unknown): string => {
    try {
      action()
      return 'done'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  const tried = (...changes: Parameters<typeof transactSync>[1] & readonly unknown[]) =>
    codeOf(() => transactSync(socket, changes as never))

  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetfilter()
    return () => socket.close()
  })
  beforeEach(() => {
    nft('flush ruleset\ntable inet t {\nchain c {\n}\n}\n')
  })

  test('tables', () => {
    expect([tried(table.add(name)), tried(table.create(name))]).toEqual(['done', 'EEXIST'])
    expect(socket.requestSync(table.get(name))).toMatchObject({ family: 'inet', name: 't', use: 1, flags: [] })
    expect(tried(table.add({ ...name, flags: ['dormant'] }))).toBe('done')
    expect(listed()).toContain('flags dormant')
    const { handle } = socket.requestSync(table.get(name))
    expect([
      tried(table.delete({ family: 'inet', handle })),
      tried(table.delete(name)),
      tried(table.destroy(name)),
    ]).toEqual(['done', 'ENOENT', 'done'])
    nft('add table ip a\nadd table ip b\nadd table ip6 c\n')
    expect(socket.requestSync(table.list({ family: 'ip' })).map((one) => one.name)).toEqual(['a', 'b'])
    expect(tried(table.flush({ family: 'ip' }))).toBe('done')
    expect(listed()).toBe('table ip6 c { }')
  })

  test('chains', () => {
    const own = { ...home, name: 'in' } as const
    expect(
      tried(chain.create({ ...own, hook: { name: 'input', priority: 10 }, policy: 'accept', type: 'filter' })),
    ).toBe('done')
    expect(tried(chain.change({ ...own, policy: 'drop', counters: { bytes: 5, packets: 1 } }))).toBe('done')
    const found = socket.requestSync(chain.get(own))
    expect(found).toMatchObject({ policy: 'drop', hook: { name: 'input', priority: 10 }, counters: { packets: 1 } })
    const { handle } = socket.requestSync(chain.get({ ...home, name: 'c' }))
    expect(tried(chain.change({ ...home, handle, name: 'renamed' }))).toBe('done')
    expect(socket.requestSync(chain.list(home)).map((one) => one.name)).toEqual(['renamed', 'in'])
    nft('add rule inet t renamed accept\nadd rule inet t in jump renamed\n')
    const renamed = { ...home, name: 'renamed' }
    expect([tried(chain.delete(renamed)), tried(rule.flush({ ...home, chain: 'in' }))]).toEqual(['EBUSY', 'done'])
    expect(tried(chain.delete(renamed, { onlyEmpty: true }))).toBe('EBUSY')
    expect([tried(chain.delete(renamed)), tried(chain.delete(renamed)), tried(chain.destroy(renamed))]).toEqual([
      'done',
      'ENOENT',
      'done',
    ])
  })

  test('rules', () => {
    const place = { ...home, chain: 'c' } as const
    const counter = { name: 'counter', data: { packets: 7, bytes: 70 } } as const
    const [first] = transactSync(socket, [echo(rule.add({ ...place, expressions: [counter] }))])
    const { handle } = first
    transactSync(socket, [
      rule.add({ ...place, position: handle, expressions: [accept], id: 1 }),
      rule.insert({ ...place, position: handle, expressions: [{ name: 'log', data: { prefix: 'before' } }] }),
      rule.add({ ...place, positionId: 1, expressions: [{ name: 'log', data: { prefix: 'last' } }] }),
    ])
    expect(listed()).toContain('log prefix "before" counter packets 7 bytes 70 accept log prefix "last"')
    expect(socket.requestSync(rule.get({ ...place, handle })).expressions).toEqual([counter])
    expect(socket.requestSync(rule.listReset(place))[1]?.expressions).toEqual([counter])
    expect(socket.requestSync(rule.list(place))[1]?.expressions).toEqual([
      { name: 'counter', data: { packets: 0, bytes: 0 } },
    ])
    expect([tried(rule.destroy({ ...place, handle })), tried(rule.destroy({ ...place, handle }))]).toEqual([
      'done',
      'done',
    ])
    expect(tried(rule.delete({ ...place, handle }))).toBe('ENOENT')
    expect(tried(rule.flush(home))).toBe('done')
    expect(socket.requestSync(rule.list())).toEqual([])
  })

  test('sets, their elements and maps', () => {
    const ports = { ...home, name: 'ports' } as const
    const inPorts = { ...home, set: 'ports' } as const
    expect(
      tried(
        set.create({ ...ports, keyType: INET_SERVICE, keyLength: 2, id: 1 }),
        element.add({ ...inPorts, elements: [{ key: port(22) }, { key: port(80) }] }),
      ),
    ).toBe('done')
    expect(listed()).toContain('set ports { type inet_service elements = { 22, 80 } }')
    expect(tried(element.create({ ...inPorts, elements: [{ key: port(22) }] }))).toBe('EEXIST')
    expect(tried(element.delete({ ...inPorts, elements: [{ key: port(22) }] }))).toBe('done')
    expect(tried(element.delete({ ...inPorts, elements: [{ key: port(22) }] }))).toBe('ENOENT')
    expect(tried(element.destroy({ ...inPorts, elements: [{ key: port(22) }] }))).toBe('done')
    const keys = () =>
      socket.requestSync(element.list(inPorts)).flatMap(({ elements = [] }) => elements.map(({ key }) => key))
    expect(keys()).toEqual([port(80)])
    expect([tried(element.flush(inPorts)), keys().length]).toEqual(['done', 0])
    expect(socket.requestSync(set.get(ports))).toMatchObject({ name: 'ports', keyType: INET_SERVICE, keyLength: 2 })
    const map = {
      ...home,
      name: 'map',
      keyType: INET_SERVICE,
      keyLength: 2,
      dataType: 0xffffff00,
      flags: ['map'],
      id: 2,
    } as const
    const verdict = { verdict: { code: 'goto', chain: 'c' } } as const
    expect(
      tried(set.add(map), element.add({ ...home, set: 'map', setId: 2, elements: [{ key: port(23), data: verdict }] })),
    ).toBe('done')
    expect(listed()).toContain('map map { type inet_service : verdict elements = { 23 : goto c } }')
    expect(socket.requestSync(element.list({ ...home, set: 'map' }))[0]?.elements?.[0]?.data).toEqual(verdict)
    expect([tried(set.delete(ports)), tried(set.delete(ports)), tried(set.destroy(ports))]).toEqual([
      'done',
      'ENOENT',
      'done',
    ])
  })

  test('a set of very many elements is said in several messages', () => {
    const ports = { ...home, set: 'ports' } as const
    const elements = Array.from({ length: 20_000 }, (_, i) => ({ key: port(i + 1) }))
    const chunks = Array.from({ length: Math.ceil(elements.length / 1000) }, (_, i) =>
      elements.slice(i * 1000, (i + 1) * 1000),
    )
    transactSync(socket, [
      set.add({ ...home, name: 'ports', keyType: INET_SERVICE, keyLength: 2, id: 1 }),
      ...chunks.map((chunk) => element.add({ ...ports, elements: chunk })),
    ])
    const messages = socket.requestSync(element.list(ports))
    expect(messages.length).toBeGreaterThan(3)
    expect(messages.flatMap((one) => one.elements ?? []).length).toBe(20_000)
  })

  test('objects', () => {
    const hits = { ...home, name: 'hits', type: 'counter', data: { packets: 3, bytes: 30 } } as const
    expect([tried(object.create(hits)), tried(object.create(hits))]).toEqual(['done', 'EEXIST'])
    expect(
      tried(
        object.add({ ...home, name: 'slow', type: 'limit', data: { rate: 10, unit: 60, burst: 5, type: 'packets' } }),
      ),
    ).toBe('done')
    expect(listed()).toContain('counter hits { packets 3 bytes 30 } limit slow { rate 10/minute }')
    expect(socket.requestSync(object.list(home)).map((one) => [String(one.type), one.name])).toEqual([
      ['counter', 'hits'],
      ['limit', 'slow'],
    ])
    const { data, ...target } = hits
    expect([tried(object.delete(target)), tried(object.delete(target)), tried(object.destroy(target))]).toEqual([
      'done',
      'ENOENT',
      'done',
    ])
  })

  test("iptables' extensions are found by revision", () => {
    const masquerade = { family: 'ip', name: 'MASQUERADE', type: 'target' } as const
    expect(socket.requestSync(compat.get({ ...masquerade, revision: 0 }))).toMatchObject({
      name: 'MASQUERADE',
      revision: 0,
    })
    expect(codeOf(() => socket.requestSync(compat.get({ ...masquerade, revision: 1 })))).toBe('EPROTONOSUPPORT')
    expect(codeOf(() => socket.requestSync(compat.get({ ...masquerade, name: 'NOSUCH', revision: 0 })))).toBe('ENOENT')
  })

  test('flow tables are listed, where the kernel has them', () => {
    expect(['done', 'EOPNOTSUPP', 'EINVAL']).toContain(codeOf(() => socket.requestSync(flowtable.list())))
  })

  test('changes and packets on their way through rules are told', async () => {
    using events = socket.subscribe([groups.nftables, groups.nftrace])
    nft(
      'add chain inet t in { type filter hook input priority 0; }\nadd rule inet t in meta l4proto icmp meta nftrace set 1 counter accept\n',
    )
    await setUp({ link: 'lo' }).do()
    await ping('127.0.0.1')
    const seen: [string | undefined, unknown][] = []
    for await (const event of events) {
      const { name, value } = event as Extract<Event, { event: 'message' }>
      seen.push([name, value])
      if (name === 'NFT_MSG_TRACE') break
    }
    expect(seen.map(([name]) => name)).toEqual([
      'NFT_MSG_NEWCHAIN',
      'NFT_MSG_NEWRULE',
      'NFT_MSG_NEWGEN',
      'NFT_MSG_TRACE',
    ])
    expect(seen[3]?.[1]).toMatchObject({
      table: 't',
      chain: 'in',
      type: 'rule',
      verdict: { code: 'accept' },
      nfproto: 'ip',
    })
  })
})
