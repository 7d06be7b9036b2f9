import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { acknowledgement, dumpLinks, getLink, header, setUp } from './requests.ts'

const reason = noWorldReason()
const openRoute = () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)
const descriptors = () => readdirSync('/proc/self/fd').length

describe.skipIf(reason)(`sockets${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('a request is sent and its answer received, from the kernel', () => {
    const fd = openRoute()
    const receiver = new libc.Receiver()
    const request = getLink(1, 77)
    expect(libc.send(fd, request)).toBe(request.length)
    const length = receiver.receive(fd)
    expect(length).toBeGreaterThan(100)
    expect(header(receiver.bytes)).toMatchObject({ length, type: 16, sequence: 77 })
    expect(receiver.senderPort).toBe(0)
    expect(receiver.senderGroups).toBe(0)
    expect(receiver.address).toEqual(libc.netlinkAddress())
    expect(receiver.receive(fd, libc.MSG_DONTWAIT)).toBe(-1)
    libc.close(fd)
  })

  test('sendTo reaches the kernel by its address, and a part of a buffer is sent as that part', () => {
    const fd = openRoute()
    const receiver = new libc.Receiver()
    const bytes = new Uint8Array(100)
    bytes.set(getLink(1, 5), 33)
    libc.sendTo(fd, bytes.subarray(33, 65), libc.netlinkAddress(0))
    receiver.receive(fd)
    expect(header(receiver.bytes)).toMatchObject({ type: 16, sequence: 5 })
    libc.send(fd, bytes.subarray(33, 65))
    receiver.receive(fd)
    expect(header(receiver.bytes)).toMatchObject({ type: 16, sequence: 5 })
    libc.close(fd)
  })

  test('sockets are close-on-exec', () => {
    const fd = openRoute()
    expect(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')).toMatch(/^flags:\s+02\d{6}$/m)
    expect(libc.fcntl(fd, libc.F_GETFD) & libc.FD_CLOEXEC).toBe(libc.FD_CLOEXEC)
    expect(execFileSync('ls', ['/proc/self/fd'], { encoding: 'utf8' }).split('\n')).not.toContain(String(fd))
    libc.close(fd)
  })

  test('bind gives a port, and names report it', () => {
    const fd = openRoute()
    libc.bind(fd, libc.netlinkAddress(0, 1))
    const name = libc.getsockname(fd, 12)
    expect(name.length).toBe(12)
    const view = new DataView(name.buffer)
    expect(view.getUint16(0, true)).toBe(libc.AF_NETLINK)
    expect(view.getUint32(4, true)).toBeGreaterThan(0)
    expect(view.getUint32(8, true)).toBe(1)
    expect(() => libc.bind(fd, libc.netlinkAddress(1))).toThrow(expect.objectContaining({ code: 'EINVAL' }))
    libc.close(fd)
  })

  test('options are set and read', () => {
    const fd = openRoute()
    expect(libc.getsockopt(fd, libc.SOL_SOCKET, libc.SO_PROTOCOL)).toBe(libc.NETLINK_ROUTE)
    expect(libc.getsockopt(fd, libc.SOL_NETLINK, libc.NETLINK_EXT_ACK)).toBe(0)
    libc.setsockopt(fd, libc.SOL_NETLINK, libc.NETLINK_EXT_ACK, 1)
    expect(libc.getsockopt(fd, libc.SOL_NETLINK, libc.NETLINK_EXT_ACK)).toBe(1)
    libc.setsockopt(fd, libc.SOL_SOCKET, libc.SO_RCVBUF, Uint8Array.of(0, 0, 2, 0))
    expect(libc.getsockopt(fd, libc.SOL_SOCKET, libc.SO_RCVBUF)).toBe(0x40000)
    expect(() => libc.setsockopt(fd, libc.SOL_NETLINK, 999, 1)).toThrow(
      'ENOPROTOOPT: protocol not available, setsockopt',
    )
    libc.close(fd)
  })

  test.each<[string, () => unknown, string]>([
    [
      'socket',
      () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 31),
      'EPROTONOSUPPORT: protocol not supported, socket',
    ],
    ['bind', () => libc.bind(-1, libc.netlinkAddress()), 'EBADF: bad file descriptor, bind'],
    ['connect', () => libc.connect(-1, libc.netlinkAddress()), 'EBADF: bad file descriptor, connect'],
    ['getsockname', () => libc.getsockname(-1), 'EBADF: bad file descriptor, getsockname'],
    ['getsockopt', () => libc.getsockopt(-1, 1, 1), 'EBADF: bad file descriptor, getsockopt'],
    ['send', () => libc.send(-1, Uint8Array.of(1)), 'EBADF: bad file descriptor, send'],
    ['sendto', () => libc.sendTo(-1, Uint8Array.of(1), libc.netlinkAddress()), 'EBADF: bad file descriptor, sendto'],
    ['recvmsg', () => new libc.Receiver(16).receive(-1), 'EBADF: bad file descriptor, recvmsg'],
    ['poll', () => libc.waitReadable(-1, 0) || libc.close(-1), 'EBADF: bad file descriptor, close'],
  ])('%s fails with errno and its own name', (_name, call, message) => {
    expect(call).toThrow(message)
  })

  test('a message longer than the buffer is an error that says so, and the next one fits', () => {
    const fd = openRoute()
    const receiver = new libc.Receiver(64)
    libc.send(fd, getLink(1))
    let needed = 0
    try {
      receiver.receive(fd)
    } catch (error) {
      expect(error).toBeInstanceOf(libc.MessageTruncatedError)
      needed = (error as libc.MessageTruncatedError).needed
    }
    expect(needed).toBeGreaterThan(64)
    expect(receiver.bytes.length).toBe(needed)
    libc.send(fd, getLink(1))
    expect(receiver.receive(fd)).toBe(needed)
    expect(header(receiver.bytes)).toMatchObject({ length: needed, type: 16 })
    libc.close(fd)
  })

  test('waitReadable waits for an answer, and no longer than told', () => {
    const fd = openRoute()
    const begin = performance.now()
    expect(libc.waitReadable(fd, 30)).toBe(false)
    expect(performance.now() - begin).toBeGreaterThanOrEqual(29)
    libc.send(fd, getLink(1))
    expect(libc.waitReadable(fd, -1)).toBe(true)
    libc.close(fd)
  })

  test('opening, failing and closing leave no descriptor behind', () => {
    const before = descriptors()
    for (let i = 0; i < 2000; i++) {
      const fd = openRoute()
      expect(() => libc.bind(fd, Uint8Array.of(1))).toThrow('EINVAL')
      libc.close(fd)
      expect(() => libc.socket(99, 1, 1)).toThrow('EAFNOSUPPORT')
    }
    expect(descriptors()).toBe(before)
  })

  test('an ICMP echo over a raw socket: sender, TTL and payload', () => {
    const route = openRoute()
    const receiver = new libc.Receiver(2048, 256)
    libc.send(route, setUp(1))
    expect(acknowledgement(receiver.bytes.subarray(0, receiver.receive(route)))).toBe(0)
    libc.close(route)

    const fd = libc.socket(libc.AF_INET, libc.SOCK_RAW, libc.IPPROTO_ICMP)
    libc.setsockopt(fd, libc.SOL_IP, libc.IP_RECVTTL, 1)
    const loopback = Uint8Array.of(libc.AF_INET, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    // Type 8, code 0, checksum, identifier 0x1234, sequence 1.
    libc.sendTo(fd, Uint8Array.of(8, 0, 0xe5, 0xca, 0x12, 0x34, 0, 1), loopback)
    // A raw socket on lo sees the request as well as the reply.
    expect(libc.waitReadable(fd, 1000)).toBe(true)
    let length = receiver.receive(fd)
    if (receiver.bytes[20] === 8) length = receiver.receive(fd)
    expect(length).toBe(28)
    expect([...receiver.bytes.subarray(20, 28)]).toEqual([0, 0, 0xed, 0xca, 0x12, 0x34, 0, 1])
    expect(receiver.address).toEqual(loopback)
    expect(receiver.control).toEqual([{ level: libc.SOL_IP, type: libc.IP_TTL, data: Uint8Array.of(64, 0, 0, 0) }])
    libc.close(fd)
  })

  // IPv6 may be a module that is not there.
  const noIpv6 = !existsSync('/proc/net/if_inet6')
  test.skipIf(noIpv6)(`an ICMPv6 echo${noIpv6 ? ' (skipped: the kernel has no IPv6)' : ''}`, () => {
    const route = openRoute()
    const receiver = new libc.Receiver(2048, 256)
    libc.send(route, setUp(1))
    expect(acknowledgement(receiver.bytes.subarray(0, receiver.receive(route)))).toBe(0)
    libc.close(route)

    const six = libc.socket(libc.AF_INET6, libc.SOCK_RAW, libc.IPPROTO_ICMPV6)
    libc.setsockopt(six, libc.SOL_IPV6, libc.IPV6_RECVHOPLIMIT, 1)
    const loopback6 = new Uint8Array(28)
    loopback6[0] = libc.AF_INET6
    loopback6[23] = 1
    // The kernel fills in ICMPv6's checksum.
    libc.sendTo(six, Uint8Array.of(128, 0, 0, 0, 0x12, 0x34, 0, 1), loopback6)
    expect(libc.waitReadable(six, 1000)).toBe(true)
    let length = receiver.receive(six)
    if (receiver.bytes[0] === 128) length = receiver.receive(six)
    expect([receiver.bytes[0], length]).toEqual([129, 8])
    expect(receiver.address).toEqual(loopback6)
    expect(receiver.control).toEqual([
      { level: libc.SOL_IPV6, type: libc.IPV6_HOPLIMIT, data: Uint8Array.of(64, 0, 0, 0) },
    ])
    libc.close(six)
  })

  test('a dump is read into one buffer, part after part', () => {
    const fd = openRoute()
    const receiver = new libc.Receiver()
    libc.send(fd, dumpLinks())
    const types: number[] = []
    while (!types.includes(3)) {
      const length = receiver.receive(fd)
      for (let offset = 0; offset < length; ) {
        const { length: one, type } = header(receiver.bytes.subarray(offset))
        types.push(type)
        offset += one
      }
    }
    expect(types).toEqual([16, 3])
    libc.close(fd)
  })
})
