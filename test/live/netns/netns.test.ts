import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AF_INET, close, SOCK_DGRAM, SystemError, socket } from '../../../src/libc/index.ts'
import * as netns from '../../../src/netns/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const here = () => readlinkSync('/proc/thread-self/ns/net')
const descriptors = () => readdirSync('/proc/self/fd').length
const mountsOfDirectory = () =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.split(' ')[4] === netns.directory)

describe.skipIf(reason)(`network namespaces${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)
  afterEach(() => {
    for (const name of netns.list()) netns.delete(name, { own: true })
  })

  test('there are none, and no directory, at first; looking does not make one', () => {
    expect(existsSync(netns.directory)).toBe(false)
    expect(netns.list()).toEqual([])
    expect(netns.identify()).toEqual([])
    expect(() => netns.open('red')).toThrow("ENOENT: no such file or directory, open '/run/netns/red'")
    expect(() => netns.delete('red')).toThrow("ENOENT: no such file or directory, unlink '/run/netns/red'")
    expect(existsSync(netns.directory)).toBe(false)
  })

  test('create makes the directory a shared mount, once, and leaves this thread where it is', () => {
    const home = here()
    const identity = netns.create('red')
    netns.create('blue')
    expect(here()).toBe(home)
    expect(netns.list().sort()).toEqual(['blue', 'red'])
    expect(statSync('/run/netns/red').ino).toBe(identity.ino)
    expect(mountsOfDirectory()).toHaveLength(1)
    expect(mountsOfDirectory()[0]).toContain('shared:')
    expect(statSync(netns.directory).mode & 0o777).toBe(0o755)
  })

  test('a taken name is refused and stays what it was', () => {
    const identity = netns.create('red')
    expect(() => netns.create('red')).toThrow("EEXIST: file exists, open '/run/netns/red'")
    expect(statSync('/run/netns/red').ino).toBe(identity.ino)
  })

  test('the longest name there can be', () => {
    const name = `${'ö'.repeat(127)}x`
    netns.create(name)
    expect(netns.list()).toEqual([name])
    netns.delete(name)
    expect(netns.list()).toEqual([])
  })

  test('what fails half way is undone', () => {
    netns.create('red')
    using handle = netns.open('red')
    const gone = new netns.Namespace(openSync('/proc/self/ns/net', 'r'))
    gone[Symbol.dispose]()
    expect(() => netns.attach('copy', gone)).toThrow(SystemError)
    expect(existsSync('/run/netns/copy')).toBe(false)
    netns.attach('copy', handle)
    expect(statSync('/run/netns/copy').ino).toBe(handle.ino)
  })

  test('a handle stays the same namespace when the name is deleted and taken again', () => {
    netns.create('red')
    using first = netns.open('red')
    expect(first.name).toBe('red')
    const inode = netns.run(first, () => statSync('/proc/thread-self/ns/net').ino)
    expect(inode).toBe(first.ino)
    netns.delete('red')
    netns.create('red')
    using second = netns.open('red')
    expect(second.ino).not.toBe(first.ino)
    expect(netns.run(first, () => statSync('/proc/thread-self/ns/net').ino)).toBe(first.ino)
  })

  test('delete can be told which namespace is meant, and refuses the own one unless told to', () => {
    const first = netns.create('red')
    using held = netns.open('red')
    netns.delete('red')
    netns.create('red')
    expect(held.ino).toBe(first.ino)
    expect(() => netns.delete('red', { only: first })).toThrow(expect.objectContaining({ code: 'ERR_NETNS_REPLACED' }))
    expect(netns.list()).toEqual(['red'])
    using own = netns.current()
    netns.attach('mine', own)
    expect(() => netns.delete('mine')).toThrow(expect.objectContaining({ code: 'ERR_OWN_NETNS' }))
    expect(netns.identify()).toEqual(['mine'])
    netns.delete('mine', { own: true })
    expect(netns.list()).toEqual(['red'])
  })

  test('delete does not follow a symbolic link', () => {
    netns.create('red')
    symlinkSync('/run/netns/red', '/run/netns/link')
    using link = netns.open('link')
    expect(link.ino).toBe(statSync('/run/netns/red').ino)
    netns.delete('link')
    using _still = netns.open('red')
    expect(netns.list()).toEqual(['red'])
  })

  test('remains of a deleted namespace, and other files, are listed, not opened, and can be deleted', () => {
    netns.create('red')
    writeFileSync('/run/netns/stale', '')
    mkdirSync('/run/netns/directory')
    netns.attach('other', process.pid)
    expect(netns.list().sort()).toEqual(['directory', 'other', 'red', 'stale'])
    const refused = expect.objectContaining({
      code: 'ERR_NOT_A_NETNS',
      message: '/run/netns/stale is not a network namespace',
    })
    expect(() => netns.open('stale')).toThrow(refused)
    expect(() => netns.run('stale', here)).toThrow(refused)
    expect(() => netns.openPath('/proc/self/ns/mnt')).toThrow(netns.NotANamespaceError)
    expect(() => netns.delete('directory')).toThrow('EISDIR')
    netns.delete('stale')
    rmdirSync('/run/netns/directory')
    expect(netns.identify()).toEqual(['other'])
  })

  test('run is inside, comes back, and sees the namespace in /proc and through sockets', () => {
    netns.create('red')
    const home = here()
    const setting = '/proc/sys/net/ipv4/ip_default_ttl'
    netns.run('red', () => writeFileSync(setting, '99'))
    expect(netns.run('red', () => readFileSync(setting, 'utf8').trim())).toBe('99')
    expect(readFileSync(setting, 'utf8').trim()).toBe('64')
    const fd = netns.run('red', () => socket(AF_INET, SOCK_DGRAM, 0))
    close(fd)
    expect(() => netns.run('red', () => Promise.resolve())).toThrow(
      expect.objectContaining({ code: 'ERR_ASYNC_IN_NAMESPACE' }),
    )
    expect(() =>
      netns.run('red', () => {
        throw new Error('inside')
      }),
    ).toThrow('inside')
    expect(here()).toBe(home)
  })

  test('identify and pids: a process in a namespace with two names', async () => {
    netns.create('red')
    netns.create('blue')
    const child = netns.run('red', () => spawn('sleep', ['60'], { stdio: 'ignore' }))
    try {
      const pid = child.pid!
      using handle = netns.openPid(pid)
      netns.attach('crimson', handle)
      expect(netns.identify(pid).sort()).toEqual(['crimson', 'red'])
      expect(netns.pids('red')).toEqual([pid])
      expect(netns.pids('crimson')).toEqual([pid])
      expect(netns.pids('blue')).toEqual([])
      expect(() => netns.pids('green')).toThrow('ENOENT')
    } finally {
      child.kill()
      await once(child, 'exit')
    }
    expect(() => netns.identify(child.pid!)).toThrow('ENOENT')
    expect(netns.pids('red')).toEqual([])
  })

  test('nothing leaks: descriptors, mounts, files', () => {
    netns.create('warm')
    const before = [descriptors(), readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length]
    for (let i = 0; i < 50; i++) {
      netns.create('red')
      expect(() => netns.create('red')).toThrow('EEXIST')
      netns.run('red', here)
      netns.identify()
      netns.pids('red')
      netns.delete('red')
      expect(() => netns.open('red')).toThrow('ENOENT')
    }
    expect([descriptors(), readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length]).toEqual(before)
  })

  test('a handle may be disposed of twice, and is refused afterwards', () => {
    netns.create('red')
    const handle = netns.open('red')
    const { fd } = handle
    handle.close()
    expect(handle.fd).toBe(-1)
    handle[Symbol.dispose]()
    const reused = openSync('/dev/null', 'r')
    expect(reused).toBe(fd)
    handle[Symbol.dispose]()
    expect(handle.fd).toBe(-1)
    expect(() => netns.run(handle, here)).toThrow('EBADF: bad file descriptor, setns')
    closeSync(reused)
  })

  test('without the privilege, an error and nothing else', () => {
    netns.create('red')
    process.seteuid!(65534)
    try {
      expect(() => netns.create('blue')).toThrow(SystemError)
      expect(() => netns.delete('red')).toThrow(SystemError)
      expect(() => netns.run('red', here)).toThrow('EPERM: operation not permitted, setns')
    } finally {
      process.seteuid!(0)
    }
    expect(netns.list()).toEqual(['red'])
    using _red = netns.open('red')
    expect(existsSync('/run/netns/blue')).toBe(false)
  })
})
