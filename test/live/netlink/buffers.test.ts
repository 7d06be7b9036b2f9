import { setImmediate as turn } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { link, openRoute } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`receive buffers${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('sockets that are opened one after another share theirs', async () => {
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 50; i++) {
      using route = openRoute()
      expect((await route.request(link.get('lo'))).index).toBe(1)
      await turn()
    }
    // 50 of 4 MiB each would be 200 MiB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 2 ** 20)
  })

  test('sockets that are open at once do not, whoever closes first', async () => {
    const routes = Array.from({ length: 6 }, () => openRoute())
    for (let round = 0; round < 3; round++) {
      const [first] = routes.splice(0, 1)
      const pending = routes.map((route) => route.request(link.list()))
      first!.close()
      await turn()
      routes.push(openRoute())
      for (const links of await Promise.all(pending)) expect(links.map(({ name }) => name)).toEqual(['lo'])
    }
    for (const route of routes) route.close()
  })

  test('what a closed socket was given last may be read to its end', () => {
    using route = openRoute()
    const seen: number[] = []
    const other = openRoute({
      trace({ direction, bytes }) {
        if (direction !== 'received') return
        other.close()
        using another = openRoute()
        expect(another.requestSync(link.get('lo')).index).toBe(1)
        seen.push(bytes.length)
      },
    })
    expect(other.requestSync(link.get('lo')).name).toBe('lo')
    expect(seen[0]).toBeGreaterThan(100)
    expect(route.requestSync(link.get('lo')).name).toBe('lo')
  })
})
