import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import { address, link, openRoute } from '../../../src/rtnl/index.ts'
import { arrange, drawSvg, drawText, readTopology } from '../../../src/topology/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const noXmllint = reason ?? (spawnSync('xmllint', ['--version']).status === 0 ? undefined : 'needs xmllint')

describe.skipIf(reason)(`the topology of this host${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(() => {
    enterDisposableWorld()
    netns.create('red')
    netns.create('blue')
    using red = netns.open('red')
    using blue = netns.open('blue')
    using host = openRoute()
    const all = (socket: ReturnType<typeof openRoute>, requests: Parameters<typeof socket.batchSync>[0]) => {
      for (const result of socket.batchSync(requests)) if (!result.ok) throw result.error
    }
    all(host, [
      link.add({ name: 'br0', kind: 'bridge', index: 10, up: true }),
      link.add({
        name: 'v-red',
        kind: 'veth',
        index: 11,
        up: true,
        master: 10,
        data: { peer: { name: 'eth0', index: 3, netNsFd: red.fd } },
      }),
      link.add({
        name: 'v-blue',
        kind: 'veth',
        index: 12,
        data: { peer: { name: 'eth0', index: 3, netNsFd: blue.fd } },
      }),
      link.add({ name: 'mv0', kind: 'macvlan', index: 13, link: 12, netNsFd: blue.fd }),
      link.add({ name: 'mv1', kind: 'macvlan', index: 14, link: 12 }),
      link.add({ name: 'vx0', kind: 'vxlan', index: 15, data: { id: 42, link: 10, port: 4789 } }),
      address.add({ index: 10, address: '10.0.0.1/24' }),
    ])
    using inRed = openRoute({ netns: red })
    all(inRed, [address.add({ index: 3, address: '10.0.0.2/24' }), link.set({ index: 3, up: true })])
    using inBlue = openRoute({ netns: blue })
    all(inBlue, [address.add({ index: 1, address: '192.0.2.8/32' }), link.set({ index: 1, up: true })])
  })

  test('namespaces with their links, and the wires between them, each once', async () => {
    const { namespaces, wires } = await readTopology({ names: ['red', 'blue'] })
    expect(namespaces.map(({ name }) => name)).toEqual(['host', 'red', 'blue'])
    const [host, red, blue] = namespaces
    expect(host!.links.map(({ name, kind, master, up, on }) => [name, kind, master, up, on])).toEqual([
      ['br0', 'bridge', undefined, true, undefined],
      ['v-red', 'veth', 10, true, undefined],
      ['v-blue', 'veth', undefined, false, undefined],
      ['mv1', 'macvlan', undefined, false, 12],
      ['vx0', 'vxlan', undefined, false, 10],
    ])
    expect(host!.links[0]!.addresses).toEqual(['10.0.0.1/24'])
    expect(red!.links).toMatchObject([{ name: 'eth0', index: 3, addresses: ['10.0.0.2/24'] }])
    // Loopback has an address that somebody gave it.
    expect(blue!.links.map(({ name, on, addresses }) => [name, on, addresses])).toEqual([
      ['lo', undefined, ['192.0.2.8/32']],
      ['eth0', undefined, []],
      ['mv0', undefined, []],
    ])
    const end = (namespace: number, index: number) => ({ namespace, link: index })
    expect(wires).toEqual([
      { kind: 'veth', ends: [end(0, 11), end(1, 3)] },
      { kind: 'veth', ends: [end(0, 12), end(2, 3)] },
      { kind: 'macvlan', ends: [end(2, 13), end(0, 12)] },
    ])
  })

  test('everything on request; a namespace under two names is drawn once; one that is not there is an error', async () => {
    const { namespaces } = await readTopology({ names: ['red'], all: true })
    expect(namespaces[1]!.links[0]).toMatchObject({ name: 'lo', index: 1 })
    expect(namespaces[1]!.links[1]!.addresses.some((text) => text.startsWith('fe80::'))).toBe(true)
    using again = netns.open('red')
    const others = new Map([['another', again]])
    expect((await readTopology({ names: ['red', 'red'], others })).namespaces).toHaveLength(2)
    expect(again.fd).toBeGreaterThan(0)
    await expect(readTopology({ names: ['red', 'nowhere'] })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('the file that is left of a namespace is none', async () => {
    writeFileSync('/run/netns/stale', '')
    expect((await readTopology()).namespaces.map(({ name }) => name)).toEqual(['host', 'blue', 'red'])
    await expect(readTopology({ names: ['stale'] })).rejects.toThrow('/run/netns/stale is not a network namespace')
    netns.delete('stale')
  })

  test('as text', async () => {
    expect(`\n${drawText(arrange(await readTopology({ names: ['red'] })))}`).toBe(`
┌─ host ─────────────────────────┐
│ ┏━ br0 (bridge) 10.0.0.1/24 ━┓ │    ┌─ red ────────────┐
│ ┃ v-red ╶────────────────────╂─┼────┼╴eth0 10.0.0.2/24 │
│ ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛ │    └──────────────────┘
│ v-blue down                    │
│ mv1 (macvlan on v-blue) down   │
│ vx0 (vxlan on br0) down        │
└────────────────────────────────┘
`)
  })

  test.skipIf(noXmllint)(`SVG that another program reads${noXmllint ? ` (skipped: ${noXmllint})` : ''}`, async () => {
    const svg = drawSvg(arrange(await readTopology()))
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: svg, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
