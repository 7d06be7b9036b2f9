import { beforeAll, describe, expect, test } from 'vitest'
import { NetlinkError } from '../../../src/netlink/index.ts'
import { link, openRoute, tunnel } from '../../../src/rtnl/index.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`tunnels by ioctl${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test.each(['inet', 'inet6'] as const)(
    '%s: another link is no tunnel, and one that is not there is none',
    (family) => {
      expect(() => tunnel[family].get('lo')).toThrow(expect.objectContaining({ code: 'EOPNOTSUPP' }))
      expect(() => tunnel[family].get('nosuch')).toThrow(expect.objectContaining({ code: 'ENODEV' }))
      expect(() => tunnel[family].delete('nosuch', {})).toThrow(expect.objectContaining({ code: 'ENODEV' }))
    },
  )

  test.for([
    [
      'gre',
      { local: '10.0.0.1', remote: '10.0.0.2', ttl: 5, ikey: 7, iflags: ['key'], pmtudisc: true },
      () => tunnel.inet.get('x0'),
      {
        name: 'x0',
        local: '10.0.0.1',
        remote: '10.0.0.2',
        ttl: 5,
        ikey: 7,
        iflags: ['key'],
        protocol: 47,
        fragment: 0x4000,
      },
    ],
    [
      'sit',
      { local: '10.0.0.1', flags: ['isatap'], proto: 41 },
      () => tunnel.inet.get('x0'),
      { name: 'x0', local: '10.0.0.1', remote: '0.0.0.0', protocol: 41, iflags: ['special'] },
    ],
    [
      'ip6tnl',
      { local: 'fd00::1', remote: 'fd00::2', proto: 41, ttl: 9, flowinfo: 0x01000005 },
      () => tunnel.inet6.get('x0'),
      { name: 'x0', local: 'fd00::1', remote: 'fd00::2', protocol: 41, hopLimit: 9, flowinfo: 0x01000005 },
    ],
  ] as const)('what was made by netlink: %s', ([kind, data, get, expected], { skip }) => {
    using route = openRoute()
    try {
      route.requestSync(link.add({ name: 'x0', kind, data } as link.LinkSettings))
    } catch (error) {
      const lacks =
        error instanceof NetlinkError && (error.text === 'Unknown device type' || error.code === 'EOPNOTSUPP')
      if (lacks) skip(`this kernel has no links of kind ${kind}`)
      throw error
    }
    expect(get()).toMatchObject(expected)
    if (kind === 'sit') {
      const routers = tunnel.potentialRouters
      routers.add('x0', { address: '10.0.0.9', flags: 1 })
      expect(routers.list('x0')).toMatchObject([{ address: '10.0.0.9', flags: 1 }])
      routers.delete('x0', { address: '10.0.0.9' })
      expect(routers.list('x0')).toEqual([])
    }
    const family = kind === 'ip6tnl' ? tunnel.inet6 : tunnel.inet
    family.delete('x0', {})
    expect(get).toThrow(expect.objectContaining({ code: 'ENODEV' }))
  })
})
