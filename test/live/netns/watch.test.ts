import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const descriptors = () => readdirSync('/proc/self/fd').length

describe.skipIf(reason)(`names of namespaces that come and go${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(() => {
    enterDisposableWorld()
    mkdirSync(netns.directory, { recursive: true })
  })

  test('are told from the call on, while the thread does other things', async () => {
    const before = descriptors()
    const told: netns.NameChange[] = []
    const names = netns.watch()
    await netns.create('red')
    await netns.create('blue')
    await netns.delete('red')
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    setTimeout(() => void netns.delete('blue'), 50)
    for await (const name of names) {
      told.push(name)
      if (told.length === 4) break
    }
    clearInterval(turning)
    expect(told).toEqual([
      { change: 'add', name: 'red' },
      { change: 'add', name: 'blue' },
      { change: 'delete', name: 'red' },
      { change: 'delete', name: 'blue' },
    ])
    expect(turns).toBeGreaterThan(0)
    expect(descriptors()).toBe(before)
  })

  test('until it is closed, or the signal, whoever waits', async () => {
    const before = descriptors()
    const closed = netns.watch()
    const waiting = closed.next()
    closed.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
    const controller = new AbortController()
    const aborted = netns.watch({ signal: controller.signal }).next()
    controller.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    expect(() => netns.watch({ signal: controller.signal })).toThrow('enough')
    {
      using _unused = netns.watch()
    }
    expect(descriptors()).toBe(before)
  })

  test('and where the kernel leaves some out, that is said', async () => {
    using names = netns.watch()
    const most = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events'))
    for (let i = 0; i < most / 2 + 100; i++) {
      const file = join(netns.directory, `n${i}`)
      writeFileSync(file, '')
      rmSync(file)
    }
    let told = 0
    for await (const { change } of names) {
      told++
      if (change === 'resync') break
    }
    expect(told).toBe(most + 1)
  })

  test('synchronously, from the first of them on', () => {
    const before = descriptors()
    const names = netns.watchSync()
    spawn('sh', ['-c', `sleep 0.3; : > ${netns.directory}/green`], { stdio: 'ignore' })
    expect(names.next()).toEqual({ done: false, value: { change: 'add', name: 'green' } })
    names.return(undefined as never)
    expect(descriptors()).toBe(before)
  })
})
