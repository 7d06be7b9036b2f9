import { beforeAll, describe, expect, test } from 'vitest'
import * as netns from '../../../src/netns/index.ts'
import { createNetns, ensure, readSysctl, setSysctl, writeSysctl } from '../../../src/ops/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`kernel parameters${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(async () => {
    enterDisposableWorld()
    await createNetns('red').do()
  })

  test('each namespace has its own', () => {
    writeSysctl('net.ipv4.ip_forward', 1, { netns: 'red' })
    expect(readSysctl('net/ipv4/ip_forward', { netns: 'red' })).toBe('1')
    expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
    using red = netns.open('red')
    writeSysctl('net.ipv4.ip_forward', '0', { netns: red })
    expect(readSysctl('net.ipv4.ip_forward', { netns: 'red' })).toBe('0')
  })

  test('setting one can be undone, and what goes with it', async () => {
    const forward = setSysctl('net.ipv4.ip_forward', 1)
    writeSysctl('net.ipv4.conf.lo.forwarding', 1)
    const before = await forward.do()
    expect(readSysctl('net.ipv4.conf.all.accept_redirects')).toBe('0')
    expect(await forward.isDone()).toBe(true)
    await forward.undo(before)
    expect(readSysctl('net.ipv4.ip_forward')).toBe('0')
    expect(readSysctl('net.ipv4.conf.all.accept_redirects')).toBe('1')
    expect(readSysctl('net.ipv4.conf.lo.forwarding')).toBe('1')
    expect(readSysctl('net.ipv4.conf.default.forwarding')).toBe('0')
  })

  test('one of several numbers is known to be set however it is spaced', async () => {
    const range = ensure(setSysctl('net.ipv4.ip_local_port_range', '2000  3000', { netns: 'red' }))
    expect(await range.do()).toBeDefined()
    expect(await range.do()).toBeUndefined()
    expect(readSysctl('net.ipv4.ip_local_port_range', { netns: 'red' })).toBe('2000\t3000')
  })

  test('failures say what and where', () => {
    expect(() => readSysctl('net.ipv4.nothing')).toThrow(
      "ENOENT: no such file or directory, open '/proc/sys/net/ipv4/nothing'",
    )
    expect(() => writeSysctl('net.ipv4.ip_forward', 'maybe')).toThrow('EINVAL')
    expect(() => writeSysctl('net.ipv4', 1)).toThrow('EISDIR')
    expect(() => readSysctl('net.ipv4.ip_forward', { netns: 'nowhere' })).toThrow('ENOENT')
  })
})
