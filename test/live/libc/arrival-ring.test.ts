import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import * as libc from '../../../src/libc/index.ts'
import { noRingReason } from '../ring.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'
import { getLink } from './requests.ts'

const reason = noWorldReason() ?? noRingReason()

const descriptors = () => readdirSync('/proc/self/fd').length

describe.skipIf(reason)(`what arrives, by a ring${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  const opened = () => {
    const fd = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)
    libc.bind(fd, libc.netlinkAddress())
    return fd
  }

  test('is known as soon as the call returns that has made it arrive, once for each watch', () => {
    const fd = opened()
    const receiver = new libc.Receiver()
    using ring = new libc.ArrivalRing(fd)
    for (let i = 1; i < 20; i++) {
      ring.watch()
      expect(ring.arrived).toBe(false)
      libc.send(fd, getLink(1, i))
      expect(ring.arrived).toBe(true)
      expect(receiver.receive(fd, libc.MSG_DONTWAIT)).toBeGreaterThan(100)
      // Until it watches again.
      expect(ring.arrived).toBe(true)
    }
    libc.close(fd)
  })

  test('counts when it was there before', () => {
    const fd = opened()
    using ring = new libc.ArrivalRing(fd)
    libc.send(fd, getLink(1))
    expect(ring.arrived).toBe(false)
    ring.watch()
    expect(ring.arrived).toBe(true)
    libc.close(fd)
  })

  test('a ring that is closed keeps nothing open, watching or not', () => {
    const before = descriptors()
    for (let i = 0; i < 300; i++) {
      const fd = opened()
      const address = libc.getsockname(fd, 12)
      const ring = new libc.ArrivalRing(fd)
      if (i % 3 > 0) ring.watch()
      if (i % 3 > 1) libc.send(fd, getLink(1))
      ring.close()
      ring.close()
      ring.watch()
      expect(ring.arrived).toBe(true)
      libc.close(fd)
      // The port is free at once: nobody holds the socket any more.
      const another = libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, libc.NETLINK_ROUTE)
      libc.bind(another, address)
      libc.close(another)
    }
    expect(descriptors()).toBe(before)
  })
})
