import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import {
  addAddress,
  addRoute,
  type ContainerPart,
  connectContainer,
  connectTcp,
  createNetns,
  createVethPair,
  echo,
  type FoundContainer,
  listContainers,
  listen,
  parsePublication,
  plan,
  readSysctl,
  removeContainer,
  setForwardPolicy,
  setUp,
  snapshot,
  withRoute,
  writeSysctl,
} from '../../../src/ops/index.ts'
import { link, route as routes } from '../../../src/rtnl/index.ts'
import { runScript } from '../child.ts'
import { noNatReason } from '../netfilter/kernel.ts'
import { enterDisposableWorld } from '../world.ts'
import { settled, trustAddresses } from './settled.ts'

const reason = noNatReason() ?? (spawnSync('nft', ['--version']).error ? 'nft is not here' : undefined)

/** What a server says to whoever connects: who that is. */
function greeter(): Server {
  return createServer((socket) => socket.end((socket.remoteAddress ?? '').replace('::ffff:', '')))
}

/** What a client in a namespace is told, or why it is told nothing. */
async function ask(netns: string | undefined, host: string, port: number): Promise<string> {
  try {
    const socket = await connectTcp({ netns, host, port })
    return await text(socket)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe.skipIf(reason)(`containers${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(async () => {
    enterDisposableWorld()
    await plan('a host with somebody outside', [
      setUp({ link: 'lo' }),
      createNetns('outside'),
      trustAddresses(),
      trustAddresses('outside'),
      createVethPair({ name: 'eth0', peer: { name: 'eth0', netns: 'outside' } }),
      addAddress({ link: 'eth0', address: '172.17.0.2/16' }),
      addAddress({ link: 'eth0', address: '172.17.0.1/16', netns: 'outside' }),
      setUp({ link: 'eth0' }),
      setUp({ link: 'eth0', netns: 'outside' }),
      setUp({ link: 'lo', netns: 'outside' }),
      addRoute({ dst: 'default', via: '172.17.0.1' }),
    ]).do()
    await settled('eth0')
    await settled('eth0', 'outside')
  })

  test('are connected in one call: with the host, each other, and the world, also where others are not let through', async () => {
    const closed = setForwardPolicy('drop')
    const policy = await closed.do()
    const before = await snapshot()
    const web = connectContainer({ name: 'web', publish: ['8080:80', '172.17.0.2:9090:80', '5353:53/udp'] })
    const other = connectContainer({ name: 'other' })
    const [first, second] = [await web.do(), await other.do()]
    expect(first).toMatchObject({ name: 'web', address: '172.18.0.2', bridge: 'ipts0' })
    expect(second.address).toBe('172.18.0.3')
    const servers = await Promise.all(
      (['web', 'outside'] as const).map(async (netns) => {
        const server = greeter()
        await listen(server, { netns, port: 80 })
        return server
      }),
    )
    expect(await ask('outside', '172.17.0.2', 8080)).toBe('172.17.0.1')
    expect(await ask('outside', '172.17.0.2', 9090)).toBe('172.17.0.1')
    expect(await ask('outside', '172.17.0.2', 80)).toBe('ECONNREFUSED')
    expect(await ask(undefined, '172.17.0.2', 8080)).toBe('172.17.0.2')
    expect(await ask(undefined, '172.18.0.2', 80)).toBe('172.18.0.1')
    expect(await ask('other', '172.18.0.2', 80)).toBe('172.18.0.3')
    expect(await ask('web', '172.17.0.1', 80)).toBe('172.17.0.2')
    expect((await echo('172.17.0.1', { netns: 'other' })).outcome).toBe('reply')
    for (const server of servers) server.close()
    expect(await web.isDone()).toBe(true)
    expect(await listContainers()).toMatchObject([
      { name: 'other', address: '172.18.0.3', publish: [] },
      { name: 'web', publish: ['8080:80', '172.17.0.2:9090:80', '5353:53/udp'].map(parsePublication) },
    ])
    // The first one made the network, which stays for the second.
    await web.undo(first)
    expect(await web.isDone()).toBe(false)
    expect((await echo('172.17.0.1', { netns: 'other' })).outcome).toBe('reply')
    const third = await web.do()
    expect(third.address).toBe('172.18.0.2')
    await other.undo(second)
    await web.undo(third)
    expect(await snapshot()).toEqual(before)
    expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
    await closed.undo(policy)
  })

  test('a program runs in one, and ends with it', async () => {
    const before = await snapshot()
    const source = `require('net').createServer((socket) => socket.end('inside')).listen(80)`
    const container = connectContainer({ name: 'node', process: { command: execPath, args: ['-e', source] } })
    const made = await container.do()
    expect(existsSync(`/proc/${made.pid}`)).toBe(true)
    expect((await listContainers())[0]?.pids).toEqual([made.pid])
    await expect.poll(() => ask(undefined, made.address, 80), { timeout: 10_000 }).toBe('inside')
    await container.undo(made)
    expect(existsSync(`/proc/${made.pid}`)).toBe(false)
    expect(await snapshot()).toEqual(before)
  })

  test('is seen, and taken away, by another process', async () => {
    const before = await snapshot()
    await connectContainer({ name: 'lonely', publish: ['80:80'] }).do()
    const { stdout, stderr } = await runScript(
      `import { listContainers, removeContainer } from './src/ops/index.ts'
       console.log(JSON.stringify((await listContainers()).map(({ name, address, publish }) => [name, address, publish.length])))
       await removeContainer('lonely')
       await removeContainer('lonely')
       await removeContainer('nobody')`,
    )
    expect([stdout, stderr]).toEqual(['[["lonely","172.18.0.2",1]]\n', ''])
    expect(await snapshot()).toEqual(before)
  })

  test.each([
    ['a name that is taken', { name: 'outside' }, /there is a network namespace outside, which is no container/],
    [
      'a subnet that the host is in',
      { name: 'x', network: { subnet: '172.16.0.0/12' } },
      /is taken: eth0 has 172\.17\.0\.2\/16/,
    ],
    ['a program that is not there', { name: 'x', process: { command: '/no/such/program' } }, /ENOENT/],
    [
      'a bridge that is no network',
      { name: 'x', network: { bridge: 'eth0' } },
      /eth0 is there, and is no network of containers/,
    ],
  ])('%s leaves nothing behind', async (_, settings, message) => {
    const before = await snapshot()
    await expect(connectContainer(settings).do()).rejects.toThrow(message)
    expect(await snapshot()).toEqual(before)
    expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
  })

  test('a network that is full takes no more', async () => {
    const before = await snapshot()
    const network = { bridge: 'small', subnet: '10.5.0.0/30' }
    const only = connectContainer({ name: 'a', network })
    const made = await only.do()
    await expect(connectContainer({ name: 'b', network }).do()).rejects.toThrow('no address is left in 10.5.0.0/30')
    expect((await listContainers()).map(({ name }) => name)).toEqual(['a'])
    await only.undo(made)
    expect(await snapshot()).toEqual(before)
  })

  test('several at once get an address each, from this process and from others', async () => {
    const before = await snapshot()
    const ops = ['a', 'b', 'c', 'd'].map((name) => connectContainer({ name }))
    const [made] = await Promise.all([
      Promise.all(ops.map((op) => op.do())),
      runScript(
        `import { connectContainer } from './src/ops/index.ts'
         for (const name of ['e', 'f']) await connectContainer({ name }).do()`,
      ).then(({ stderr }) => expect(stderr).toBe('')),
    ])
    expect(new Set((await listContainers()).map(({ address }) => address)).size).toBe(6)
    await Promise.all([...ops.map((op, i) => op.undo(made[i]!)), removeContainer('e'), removeContainer('f')])
    expect(await listContainers()).toEqual([])
    expect(await snapshot()).toEqual(before)
  })

  describe('of which others take something away', () => {
    const cable = (name: string) => withRoute(undefined, {}, (route) => route.request(link.delete(name)))
    const flush = async () => void spawnSync('nft', ['flush', 'ruleset'])
    const rename = async () => {
      netns.delete('x')
      netns.create('x')
    }
    const harm: readonly [what: string, act: (container: FoundContainer) => Promise<void>, missing: ContainerPart[]][] =
      [
        ['its cable', ({ link }) => cable(link), ['cable']],
        ['its bridge', () => cable('ipts0'), ['network']],
        ['the name of its namespace', async () => netns.delete('x'), ['namespace']],
        ['the name, for another one', rename, ['namespace']],
        ['all rules', flush, ['rules']],
        ['cable and name', ({ link }) => cable(link).then(() => netns.delete('x')), ['namespace', 'cable']],
      ]

    test.each(harm)('%s: what is left is found, and taken away', async (what, act, missing) => {
      const other = what.includes('another')
      if (other) netns.create('x')
      const before = await snapshot()
      if (other) netns.delete('x')
      const settings = { name: 'x', publish: ['80:80', '127.0.0.1:81:80/udp'] }
      const container = connectContainer({ ...settings, process: { command: 'sleep', args: ['60'] } })
      const { pid, ...made } = await container.do()
      await act((await listContainers())[0]!)
      const [found] = await listContainers()
      expect(found).toMatchObject({ ...made, missing })
      if (!missing.includes('cable')) expect(found!.pids).toEqual([pid])
      expect(await container.isDone()).toBe(false)
      await expect(connectContainer(settings).do()).rejects.toThrow(`there is a container x, without its ${missing[0]}`)
      await removeContainer('x')
      expect(await listContainers()).toEqual([])
      expect(await snapshot()).toEqual(before)
      expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
      // Nothing is left to undo but the process.
      await container.undo({ ...made, ...(pid !== undefined && { pid }) })
      expect(await snapshot()).toEqual(before)
      if (other) netns.delete('x')
    })

    test('a network whose bridge somebody has deleted is made anew, and then undone', async () => {
      const before = await snapshot()
      const [a, b] = ['a', 'b'].map((name) => connectContainer({ name }))
      const first = await a!.do()
      await cable('ipts0')
      const second = await b!.do()
      expect((await listContainers()).map(({ missing }) => missing)).toEqual([['network'], []])
      expect((await echo('172.17.0.1', { netns: 'b' })).outcome).toBe('reply')
      await a!.undo(first)
      await b!.undo(second)
      expect(await snapshot()).toEqual(before)
      expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
    })

    test('a network whose rules somebody has flushed has them again with its next container', async () => {
      const before = await snapshot()
      const first = await connectContainer({ name: 'a' }).do()
      await flush()
      const second = await connectContainer({ name: 'b' }).do()
      expect((await echo('172.17.0.1', { netns: 'a' })).outcome).toBe('reply')
      await connectContainer({ name: 'a' }).undo(first)
      await connectContainer({ name: 'b' }).undo(second)
      expect(await snapshot()).toEqual(before)
    })
  })

  test('what is taken is told', async () => {
    const before = await snapshot()
    const web = connectContainer({ name: 'web', publish: ['80:80', '192.0.2.1:81:80'] })
    const made = await web.do()
    const refused = (name: string, ...publish: string[]) => expect(connectContainer({ name, publish }).do()).rejects
    await refused('web').toMatchObject({ code: 'ERR_CONTAINER_EXISTS', message: 'there is a container web' })
    const message = '127.0.0.1:80:8080: the port leads to container web'
    await refused('x', '127.0.0.1:80:8080').toMatchObject({ code: 'ERR_PORT_PUBLISHED', message })
    const elsewhere = connectContainer({ name: 'x', network: { subnet: '10.9.0.0/24' } })
    await expect(elsewhere.do()).rejects.toThrow('ipts0 is of 172.18.0.0/16, not of 10.9.0.0/24')
    const other = connectContainer({ name: 'x', publish: ['80:80/udp', '192.0.2.2:81:80'] })
    await other.undo(await other.do())
    await web.undo(made)
    expect(await snapshot()).toEqual(before)
  })

  test.each(['1', '0'])(
    'ports are reached by the host at 127.0.0.1, and by containers, themselves too (bridged packets in iptables: %s)',
    async (bridged) => {
      const filter = 'net.bridge.bridge-nf-call-iptables'
      const hasFilter = existsSync('/proc/sys/net/bridge')
      if (hasFilter) writeSysctl(filter, bridged)
      const before = await snapshot()
      const closed = setForwardPolicy('drop')
      const policy = await closed.do()
      const web = connectContainer({ name: 'web', publish: ['8080:80', '127.0.0.1:9090:80'] })
      const other = connectContainer({ name: 'other' })
      const [first, second] = [await web.do(), await other.do()]
      const servers = [greeter(), greeter()]
      await listen(servers[0]!, { netns: 'web', port: 80 })
      // What is bound to the loopback is for nobody else.
      await once(servers[1]!.listen(7070, '127.0.0.1'), 'listening')
      for (const port of [8080, 9090]) expect(await ask(undefined, '127.0.0.1', port)).toBe('172.18.0.1')
      for (const netns of ['web', 'other']) {
        expect(await ask(netns, '172.17.0.2', 8080)).toBe('172.18.0.1')
        expect(await ask(netns, '172.18.0.1', 8080)).toBe('172.18.0.1')
        expect(await ask(netns, '172.17.0.2', 9090)).toBe('ECONNREFUSED')
      }
      expect(await ask('other', '172.18.0.2', 80)).toBe('172.18.0.3')
      // Root in a container can send there whatever its own kernel says of the loopback.
      writeSysctl('net/ipv4/conf/eth0/route_localnet', 1, { netns: 'other' })
      await withRoute('other', {}, async (route) => {
        for (const dst of ['127.0.0.1', '127.0.0.0/8']) {
          await route.request(routes.delete({ dst, table: 255, type: 'local' }))
        }
        await route.request(routes.add({ dst: '127.0.0.0/8', via: '172.18.0.1', src: '172.18.0.3' }))
      })
      expect(await ask(undefined, '127.0.0.1', 7070)).toBe('127.0.0.1')
      await expect(connectTcp({ netns: 'other', host: '127.0.0.1', port: 7070, timeout: 50 })).rejects.toThrow()
      const input = spawnSync('nft', ['list', 'chain', 'ip', 'filter', 'INPUT'], { encoding: 'utf8' }).stdout
      expect(input).toMatch(/iifname "ipts0" ip daddr 127\.0\.0\.0\/8 .* counter packets [1-9]\d* bytes \d+ drop/)
      for (const server of servers) server.close()
      await web.undo(first)
      await other.undo(second)
      await closed.undo(policy)
      expect(await snapshot()).toEqual(before)
      if (hasFilter) writeSysctl(filter, 1)
    },
  )

  test('a signal between any two messages leaves nothing behind', async () => {
    const before = await snapshot()
    const container = connectContainer({ name: 'x', publish: ['80:80'] })
    let messages = 0
    await container.undo(await container.do({ trace: () => messages++ }))
    expect(messages).toBeGreaterThan(100)
    let refused = 0
    for (let last = 1; last < messages; last += 29) {
      const ending = new AbortController()
      let seen = 0
      const trace = () => void (++seen === last && ending.abort(new Error('enough')))
      try {
        await container.undo(await container.do({ signal: ending.signal, trace }))
      } catch (error) {
        expect(String(error)).toContain('enough')
        refused++
      }
      expect(await snapshot(), `after message ${last}`).toEqual(before)
    }
    expect(refused).toBeGreaterThan(3)
  })

  test.each([
    [{ name: '' }, /no name of a container: ""/],
    [{ name: 'a b' }, /no name of a container: "a b"/],
    [{ name: '../x' }, /no name of a container/],
    [{ name: 'x', publish: ['80'] }, /expected \[ADDRESS:\]PORT:PORT\[\/udp\], got "80"/],
    [{ name: 'x', publish: ['0:80'] }, /got "0:80"/],
    [{ name: 'x', publish: ['1.2.3.999:80:80'] }, /no IPv4 address: 1\.2\.3\.999/],
    [{ name: 'x', publish: ['80:80', '192.0.2.1:80:81'] }, /192\.0\.2\.1:80:81: the port is published twice/],
    [{ name: 'x', network: { subnet: '10.0.0.1/24' } }, /bits beyond its length/],
    [{ name: 'x', network: { subnet: '10.0.0.0' } }, /expected an IPv4 network/],
    [{ name: 'x', network: { subnet: '10.0.0.0/31' } }, /of 8 to 30 bits/],
  ])('%j is refused before anything is done', (settings, message) => {
    expect(() => connectContainer(settings)).toThrow(message)
  })

  test('no descriptor and no process is left', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    const container = connectContainer({ name: 'x', process: { command: 'sleep', args: ['60'] }, publish: ['80:80'] })
    await container.undo(await container.do())
    await sleep(50)
    const before = count()
    for (let i = 0; i < 2; i++) await container.undo(await container.do())
    await sleep(50)
    expect(count()).toBe(before)
    expect(spawnSync('true').status).toBe(0)
  })
})
