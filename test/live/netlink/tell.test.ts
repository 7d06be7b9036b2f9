import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EncodeError, NetlinkError, type Socket } from '../../../src/netlink/index.ts'
import { link, openRoute, route } from '../../../src/rtnl/index.ts'
import { runScript } from '../child.ts'
import { noRingReason } from '../ring.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const noRing = noRingReason()

describe.skipIf(reason)(`changes that only a refusal answers${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  let oif: number
  beforeAll(() => {
    enterDisposableWorld()
    socket = openRoute()
    socket.requestSync(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
    for (const name of ['v0', 'v1']) socket.requestSync(link.set({ name, up: true }))
    oif = socket.requestSync(link.get('v0')).index
  })
  afterAll(() => socket.close())

  const routes = () => socket.requestSync(route.list({ family: 'inet', table: 254 })).map(({ dst }) => dst)
  const numbered = (i: number) => ({ dst: `20.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32`, oif })

  test('are done when the call returns', () => {
    socket.tellSync(route.add({ dst: '10.1.0.0/16', oif }))
    expect(routes()).toEqual(['10.1.0.0/16'])
  })

  test('throw what the kernel says, with the attribute it points at', () => {
    expect(() => socket.tellSync(route.add({ dst: '10.1.0.0/16', oif }))).toThrow(
      expect.objectContaining({ name: 'NetlinkError', code: 'EEXIST', operation: 'add route 10.1.0.0/16' }),
    )
    // Nothing of it is left for the next one to hear.
    socket.tellSync(route.delete({ dst: '10.1.0.0/16' }))
    expect(routes()).toEqual([])
  })

  test('are heard of when they fail, however many before them did not', () => {
    const one = (i: number) => ({ dst: `30.0.${i >> 8}.${i & 255}/32`, oif })
    // Silence is counted on after a while; some of these come before that, some after.
    for (const [from, failing] of [70, 1, 64, 65, 200, 3, 130].map((count, i) => [1000 * i, count] as const)) {
      for (let i = 0; i < failing; i++) socket.tellSync(route.add(one(from + i)))
      expect(() => socket.tellSync(route.add(one(from)))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
      // The answers to others in between are theirs.
      if (from % 2000 === 0) expect(socket.requestSync(link.get('v0')).index).toBe(oif)
      for (let i = 0; i < failing; i++) socket.tellSync(route.delete(one(from + i)))
    }
    expect(routes()).toEqual([])
  })

  /** Runs a script under strace and gives what it printed and what its calls of recvmsg gave. */
  const received = async (source: string, ...words: string[]) => {
    const directory = mkdtempSync(join(tmpdir(), 'ipts-tell-'))
    const trace = join(directory, 'trace')
    const command = ['strace', '-f', '-o', trace, '-e', 'trace=recvmsg,io_uring_setup', ...words]
    const { stdout, stderr } = await runScript(source, { command })
    const calls = readFileSync(trace, 'utf8').matchAll(/recvmsg\(.* = (\d+|-1 E\w+)/g)
    rmSync(directory, { recursive: true })
    expect(stderr).toBe('')
    return { stdout, calls: [...calls].map(([, result]) => result) }
  }

  test.each([
    // Until silence is usual, and again after the refusal.
    noRing ? [`by a ring (not tried: ${noRing})`, [], 2002] : ['by a ring', [], 64 + 2 + 64],
    ['without io_uring', ['-e', 'inject=io_uring_setup:error=EPERM'], 2002],
  ])('ask the kernel for refusals only where it has to be asked: %s', async (_, words, asked) => {
    const script = `
      import { openRoute, route } from './src/rtnl/index.ts'
      using socket = openRoute()
      const dst = (i) => '40.0.' + (i >> 8) + '.' + (i & 255) + '/32'
      for (let i = 0; i < 1000; i++) socket.tellSync(route.add({ dst: dst(i), oif: ${oif} }))
      try {
        socket.tellSync(route.add({ dst: dst(999), oif: ${oif} }))
      } catch ({ code }) {
        console.log(code)
      }
      for (let i = 0; i < 1000; i++) socket.tellSync(route.delete({ dst: dst(i) }))
      `
    const { stdout, calls } = await received(script, ...words)
    expect(stdout).toBe('EEXIST\n')
    expect(calls).toHaveLength(asked)
  })

  test.each([
    // The last one of a datagram is answered all the same.
    ['nobody listens for success', '', 0 + 1 + 1 + 1],
    ['somebody listens', '{ warn() {} }', 1 + 2 + 2 + 3],
  ])('are what changes are without being called so, where %s', async (_, options, answers) => {
    const script = `
      import { link, openRoute } from './src/rtnl/index.ts'
      using socket = openRoute(${options})
      const change = link.set({ index: 1, mtu: 65536 })
      socket.requestSync(change)
      socket.batchSync([change, change])
      await socket.batch([change, change])
      await Promise.all([change, change, change].map((one) => socket.request(one)))
      `
    const { calls } = await received(script)
    expect(calls.filter((result) => result === '36')).toHaveLength(answers)
  })

  const unwritable = () => ({ ...route.add(numbered(1)), value: { family: 'inet', dst: 'nonsense' } })

  test('many at once: those that failed, by their place, and the others are done', () => {
    const bundle = socket.bundle()
    for (let i = 0; !bundle.full; i++) {
      expect(bundle.size).toBe(i)
      bundle.add(route.add(numbered(i % 500 === 499 ? 0 : i)))
    }
    const { size } = bundle
    expect(size).toBeGreaterThan(1000)
    const failures = bundle.tellSync()
    expect(bundle.size).toBe(0)
    expect([...failures.keys()]).toEqual(Array.from({ length: Math.floor(size / 500) }, (_, i) => 500 * i + 499))
    for (const failure of failures.values()) expect(failure).toBeInstanceOf(NetlinkError)
    expect(failures.get(999)).toMatchObject({ code: 'EEXIST', operation: 'add route 20.0.0.0/32' })
    expect(routes()).toHaveLength(size - failures.size)
  })

  test('even if all fail', () => {
    const bundle = socket.bundle()
    while (!bundle.full) bundle.add(route.add(numbered(0)))
    const { size } = bundle
    const failures = [...bundle.tellSync().values()]
    expect(failures).toHaveLength(size)
    expect(failures.every((failure) => failure instanceof NetlinkError && failure.code === 'EEXIST')).toBe(true)
  })

  test('one that cannot be written is not among them', () => {
    const bundle = socket.bundle()
    expect(() => bundle.add(unwritable())).toThrow(EncodeError)
    bundle.add(route.delete(numbered(1)))
    expect(() => bundle.add(unwritable())).toThrow(EncodeError)
    expect(bundle.size).toBe(1)
    expect(bundle.tellSync().size).toBe(0)
    expect(routes()).not.toContain('20.0.0.1/32')
  })

  test('by another thread: the same, once they are settled', async () => {
    const bundle = socket.bundle()
    for (let i = 0; i < 2000; i++) bundle.add(route.add(numbered(i % 500 === 499 ? 100_000 : 100_000 + i)))
    const telling = bundle.tellBehind()
    bundle.add(route.delete(numbered(100_000)))
    const failures = telling.settle()
    expect([...failures.keys()]).toEqual([499, 999, 1499, 1999])
    expect(failures.get(1999)).toMatchObject({ code: 'EEXIST' })
    await telling.sent
    const again = bundle.tellBehind()
    await again.sent
    expect(again.settle().size).toBe(0)
    // Nothing is left for others to hear.
    expect(routes()).not.toContain('20.1.134.160/32')
  })

  test('that could not be sent have all failed, and the next ones have not', async () => {
    // Who has no privileges has no more room to send than the system allows everybody (wmem_max).
    const { stdout, stderr } = await runScript(
      `
      import { link, openRoute } from './src/rtnl/index.ts'
      const socket = openRoute()
      const bundle = socket.bundle()
      const unknown = Array.from({ length: 50 }, () => ({ type: 900, bytes: new Uint8Array(65_000) }))
      for (let i = 0; i < 40; i++) bundle.add(link.set({ name: 'lo', unknown }))
      const told = []
      const settled = async (telling) => {
        await telling.sent
        told.push([...telling.settle()].map(([place, { message }]) => [place, message]))
      }
      await settled(bundle.tellBehind())
      bundle.add(link.set({ name: 'lo', mtu: 1500 }))
      await settled(bundle.tellBehind())
      console.log(JSON.stringify(told))
      `,
      { command: ['unshare', '--user'] },
    )
    expect(stderr).toBe('')
    const tooLong = "EMSGSIZE: message too long, sendmsg 'set link lo'"
    expect(JSON.parse(stdout)).toEqual([
      Array.from({ length: 40 }, (_, place) => [place, tooLong]),
      [[0, expect.stringMatching(/^set link lo: EPERM/)]],
    ])
  })

  test('nothing is nothing', async () => {
    const bundle = socket.bundle()
    expect(bundle.tellSync().size).toBe(0)
    const telling = bundle.tellBehind()
    await telling.sent
    expect(telling.settle().size).toBe(0)
  })
})
