import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { getLink, header } from './requests.ts'

const reason = noWorldReason()
const openRoute = () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)

describe.skipIf(reason)(`calls off the main thread${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('a request and its answer', async () => {
    const fd = openRoute()
    const receiver = new libc.Receiver()
    expect(await libc.sendAsync(fd, getLink(1, 9))).toBe(32)
    const length = await receiver.receiveAsync(fd)
    expect(header(receiver.bytes)).toMatchObject({ length, type: 16, sequence: 9 })
    expect(await receiver.receiveAsync(fd)).toBe(-1)
    libc.close(fd)
  })

  test('several messages are received at once, as many as there are', async () => {
    const fd = openRoute()
    const row = new libc.ReceiverRow(new Uint8Array(16 << 16))
    expect(await row.receiveAsync(fd)).toBe(0)
    for (let sequence = 1; sequence <= 20; sequence++) libc.send(fd, getLink(1, sequence))
    const sequences: number[] = []
    for (let count = await row.receiveAsync(fd); count > 0; count = await row.receiveAsync(fd)) {
      expect(count).toBeLessThanOrEqual(16)
      for (let i = 0; i < count; i++) {
        const { bytes, length, senderPort } = row.at(i)
        expect(header(bytes)).toMatchObject({ length, type: 16 })
        expect(senderPort).toBe(0)
        sequences.push(header(bytes).sequence)
      }
    }
    expect(sequences).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    libc.close(fd)
    await expect(row.receiveAsync(fd)).rejects.toMatchObject({ code: 'EBADF', syscall: 'recvmmsg' })
  })

  test('errno is that of the call, whatever the main thread provokes meanwhile', async () => {
    const fd = openRoute()
    const receivers = Array.from({ length: 50 }, () => new libc.Receiver(4096))
    let provoked = 0
    for (let round = 0; round < 20; round++) {
      const empty = receivers.map((receiver) => receiver.receiveAsync(fd))
      const closed = receivers.map(() => libc.sendAsync(-1, Uint8Array.of(1)).catch((error) => error.code))
      let pending = true
      const all = Promise.all([Promise.all(empty), Promise.all(closed)]).finally(() => {
        pending = false
      })
      while (pending) {
        for (let i = 0; i < 20; i++) {
          expect(() => libc.socket(99, 1, 1)).toThrow('EAFNOSUPPORT')
          expect(() => libc.umount('/nowhere')).toThrow('ENOENT')
          provoked++
        }
        await new Promise((resolve) => setImmediate(resolve))
      }
      const [lengths, codes] = await all
      expect(new Set(lengths)).toEqual(new Set([-1]))
      expect(new Set(codes)).toEqual(new Set(['EBADF']))
    }
    expect(provoked).toBeGreaterThan(100)
    libc.close(fd)
  })

  test('2,000 sockets with a call in flight each, and no descriptor left behind', async () => {
    const before = readdirSync('/proc/self/fd').length
    const receiver = new libc.Receiver()
    const sockets = Array.from({ length: 2000 }, openRoute)
    await Promise.all(sockets.map((fd, index) => libc.sendAsync(fd, getLink(1, index))))
    for (const [index, fd] of sockets.entries()) {
      expect(receiver.receive(fd, libc.MSG_DONTWAIT)).toBeGreaterThan(0)
      expect(header(receiver.bytes).sequence).toBe(index)
      libc.close(fd)
    }
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })

  test('a message longer than the buffer is the same error as without a thread', async () => {
    const fd = openRoute()
    const receiver = new libc.Receiver(64)
    libc.send(fd, getLink(1))
    await expect(receiver.receiveAsync(fd)).rejects.toMatchObject({ code: 'ERR_MESSAGE_TRUNCATED' })
    expect(await receiver.receiveAsync(fd)).toBe(-1)
    libc.send(fd, getLink(1))
    const row = new libc.ReceiverRow(new Uint8Array(16 * 64))
    await expect(row.receiveAsync(fd)).rejects.toMatchObject({ code: 'ERR_MESSAGE_TRUNCATED' })
    expect(await row.receiveAsync(fd)).toBe(0)
    libc.close(fd)
  })

  test('the process exits, and a worker too, with sockets watched and calls queued', async () => {
    const result = await runScript(`
      import { Worker, isMainThread } from 'node:worker_threads'
      import * as libc from './src/libc/index.ts'
      import { getLink } from './test/live/libc/requests.ts'
      const fd = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 0)
      libc.watchReadable(fd, () => {})
      for (let i = 0; i < 1000; i++) {
        const fd = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 0)
        libc.sendAsync(fd, getLink(1))
        new libc.Receiver(4096).receiveAsync(fd)
      }
      if (isMainThread) {
        const worker = new Worker(new URL(import.meta.url))
        worker.once('exit', (code) => {
          console.log('worker', code)
          process.exit(0)
        })
      } else process.exit(7)
    `)
    expect(result).toEqual({ status: 0, signal: null, stdout: 'worker 7\n', stderr: '' })
  })
})
