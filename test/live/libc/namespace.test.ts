import { closeSync, mkdirSync, openSync, readdirSync, readlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { runScript } from '../child.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()
const here = () => readlinkSync('/proc/thread-self/ns/net')

describe.skipIf(reason)(`namespaces and mounts${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let home = ''
  let other = -1
  let otherName = ''

  beforeAll(() => {
    enterDisposableWorld()
    home = here()
    const back = openSync('/proc/thread-self/ns/net', 'r')
    libc.unshare(libc.CLONE_NEWNET)
    other = openSync('/proc/thread-self/ns/net', 'r')
    otherName = here()
    libc.setns(back, libc.CLONE_NEWNET)
    closeSync(back)
  })
  afterAll(() => {
    if (other >= 0) closeSync(other)
  })

  test('an action runs inside and its result comes out', () => {
    expect(otherName).not.toBe(home)
    expect(libc.withNamespace(other, here)).toBe(otherName)
    expect(here()).toBe(home)
    expect(libc.withNamespace(other, () => libc.currentIdentity().ino)).toBe(Number(/\d+/.exec(otherName)))
  })

  test('one inside another', () => {
    const outer = openSync('/proc/thread-self/ns/net', 'r')
    const places = libc.withNamespace(other, () => [here(), libc.withNamespace(outer, here), here()])
    expect(places).toEqual([otherName, home, otherName])
    expect(here()).toBe(home)
    closeSync(outer)
  })

  test('a new namespace for an action ends with it unless something holds it', () => {
    let held = -1
    const name = libc.withNewNamespace(() => {
      held = openSync('/proc/thread-self/ns/net', 'r')
      return here()
    })
    expect(here()).toBe(home)
    expect([home, otherName]).not.toContain(name)
    expect(libc.withNamespace(held, here)).toBe(name)
    closeSync(held)
    const host = libc.withNewNamespace(() => readlinkSync('/proc/thread-self/ns/uts'), libc.CLONE_NEWUTS)
    expect(host).not.toBe(readlinkSync('/proc/thread-self/ns/uts'))
    expect(() => libc.withNewNamespace(() => Promise.resolve())).toThrow(libc.AsyncInNamespaceError)
    expect(here()).toBe(home)
  })

  test('the kind of a namespace', () => {
    expect(libc.namespaceType(other)).toBe(libc.CLONE_NEWNET)
    const mounts = openSync('/proc/self/ns/mnt', 'r')
    expect(libc.namespaceType(mounts)).toBe(libc.CLONE_NEWNS)
    closeSync(mounts)
    const file = openSync('/proc/self/status', 'r')
    expect(() => libc.namespaceType(file)).toThrow('ENOTTY: inappropriate ioctl for device, ioctl')
    closeSync(file)
  })

  test('a socket opened inside stays there', () => {
    const fd = libc.withNamespace(other, () => libc.socket(libc.AF_INET, libc.SOCK_DGRAM, 0))
    // lo is down in both; binding a name of a link that exists nowhere is ENODEV in both. The namespace is seen by
    // its own port space.
    const address = Uint8Array.of(libc.AF_INET, 0, 0x30, 0x39, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    libc.bind(fd, address)
    const local = libc.socket(libc.AF_INET, libc.SOCK_DGRAM, 0)
    libc.bind(local, address)
    const second = libc.withNamespace(other, () => libc.socket(libc.AF_INET, libc.SOCK_DGRAM, 0))
    expect(() => libc.bind(second, address)).toThrow('EADDRINUSE')
    for (const each of [fd, local, second]) libc.close(each)
  })

  test('an exception comes out, and the thread with it', () => {
    const failure = new Error('inside')
    expect(() =>
      libc.withNamespace(other, () => {
        throw failure
      }),
    ).toThrow(failure)
    expect(here()).toBe(home)
  })

  test('asynchronous actions are refused, an async function before any of it runs', async () => {
    let ran = false
    const refused = expect.objectContaining({ code: 'ERR_ASYNC_IN_NAMESPACE' })
    expect(() =>
      libc.withNamespace(other, async () => {
        ran = true
      }),
    ).toThrow(refused)
    expect(ran).toBe(false)
    expect(() => libc.withNamespace(other, () => Promise.reject(new Error('late')))).toThrow(refused)
    expect(here()).toBe(home)
    await new Promise((resolve) => setTimeout(resolve, 5))
  })

  test('what is not a network namespace is refused, and nothing leaks', () => {
    const before = readdirSync('/proc/self/fd').length
    const file = openSync('/dev/null', 'r')
    const mounts = openSync('/proc/self/ns/mnt', 'r')
    for (const fd of [file, mounts, 9999]) {
      expect(() => libc.withNamespace(fd, here)).toThrow(libc.SystemError)
      expect(here()).toBe(home)
    }
    expect(() => libc.withNamespace(other, here, 3)).toThrow(libc.InvalidValueError)
    closeSync(file)
    closeSync(mounts)
    for (let i = 0; i < 500; i++) libc.withNamespace(other, here)
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })

  test('a thread that cannot return takes the process with it', async () => {
    const result = await runScript(
      `
      import { openSync } from 'node:fs'
      import * as libc from './src/libc/index.ts'
      const home = openSync('/proc/self/ns/net', 'r')
      libc.unshare(libc.CLONE_NEWNET)
      libc.withNamespace(home, () => process.seteuid(65534))
      console.log('not reached')
    `,
    )
    expect(result.signal).toBe('SIGABRT')
    expect(result.stdout).toBe('')
    expect(result.stderr).toContain(
      'ipts: cannot return from a namespace: SystemError: EPERM: operation not permitted, setns',
    )
  })

  test('mounts, their flags, and their errors', () => {
    mkdirSync('/run/place')
    libc.mount('tmpfs', '/run/place', 'tmpfs', libc.MS_NOSUID | libc.MS_RDONLY, 'size=64k')
    expect(libc.mountFlags('/run/place') & (libc.MS_NOSUID | libc.MS_RDONLY | libc.MS_NOEXEC)).toBe(
      libc.MS_NOSUID | libc.MS_RDONLY,
    )
    libc.mount(null, '/run/place', null, libc.MS_REMOUNT | libc.MS_NOEXEC)
    expect(libc.mountFlags('/run/place') & (libc.MS_RDONLY | libc.MS_NOEXEC)).toBe(libc.MS_NOEXEC)
    libc.umount('/run/place')
    expect(() => libc.umount('/run/place')).toThrow("EINVAL: invalid argument, umount2 '/run/place'")
    expect(() => libc.mount('tmpfs', '/run/none', 'tmpfs', 0)).toThrow(
      "ENOENT: no such file or directory, mount '/run/none'",
    )
    expect(() => libc.mountFlags('/run/none')).toThrow("ENOENT: no such file or directory, statvfs '/run/none'")
    expect(() => libc.umount('/run/place\0/../other')).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    )
  })
})
