import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import { link, openRoute } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { noIpReason } from './ip.ts'

const reason = noWorldReason() ?? noIpReason()

describe.skipIf(reason)(`namespace ids${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('are given, asked for and listed as ip does it', async () => {
    for (const name of ['red', 'blue', 'green']) netns.create(name)
    using socket = openRoute()
    expect(await netns.ids(socket)).toEqual([])
    expect(await netns.id(socket, 'red')).toBeUndefined()
    expect(await netns.setId(socket, 'red', 7)).toBe(7)
    expect(await netns.setId(socket, 'blue')).toBe(0)
    await expect(netns.setId(socket, 'red', 8)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(netns.setId(socket, 'green', 7)).rejects.toMatchObject({ code: 'EEXIST' })
    using red = netns.open('red')
    expect([await netns.id(socket, red), await netns.ids(socket)]).toEqual([7, [0, 7]])
    expect(execFileSync('ip', ['netns', 'list-id'], { encoding: 'utf8' })).toMatch(/nsid 0 .*blue.*nsid 7 .*red/s)
    execFileSync('ip', ['netns', 'set', 'green', '9'])
    expect(await netns.id(socket, 'green')).toBe(9)
  })

  test('say where the other end of a veth is', async () => {
    using socket = openRoute()
    using blue = netns.open('blue')
    await socket.request(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1', netNsFd: blue.fd } } }))
    expect((await socket.request(link.get('v0'))).linkNetnsid).toBe(await netns.id(socket, blue))
  })
})
