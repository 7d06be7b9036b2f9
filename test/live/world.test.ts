import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { ppid } from 'node:process'
import { beforeAll, describe, expect, test } from 'vitest'
import { enterDisposableWorld, noWorldReason } from './world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`disposable world${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const outside = { net: readlinkSync(`/proc/${ppid}/ns/net`), mnt: readlinkSync(`/proc/${ppid}/ns/mnt`) }
  beforeAll(enterDisposableWorld)

  test('this process and those it starts are in other namespaces than the machine', () => {
    expect(readlinkSync('/proc/self/ns/net')).not.toBe(outside.net)
    expect(readlinkSync('/proc/self/ns/mnt')).not.toBe(outside.mnt)
    expect(execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' }).trim()).toBe(
      readlinkSync('/proc/self/ns/net'),
    )
  })

  test('there is nothing but lo, in /sys too', () => {
    // A file that the bonding module puts into every namespace.
    expect(readdirSync('/sys/class/net').filter((name) => name !== 'bonding_masters')).toEqual(['lo'])
    expect(readdirSync('/proc/sys/net/ipv4/conf').sort()).toEqual(['all', 'default', 'lo'])
  })

  test('/run is empty, and what is mounted there does not reach the machine', () => {
    expect(existsSync('/run/netns')).toBe(false)
    execFileSync('sh', ['-c', 'mkdir -p /run/netns/x && mount -t tmpfs world /run/netns/x'])
    expect(existsSync(`/proc/${ppid}/root/run/netns/x`)).toBe(false)
  })

  test('asynchronous work goes on: timers, promises, child processes', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await import('node:fs/promises')).readFile).toBeTypeOf('function')
  })
})
