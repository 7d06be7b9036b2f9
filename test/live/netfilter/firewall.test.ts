import type { Server } from 'node:net'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { conntrack, firewall, openNetfilter } from '../../../src/netfilter/index.ts'
import type { Socket } from '../../../src/netlink/index.ts'
import { echo } from '../../../src/ops/index.ts'
import { enterDisposableWorld } from '../world.ts'
import { becomeRouter, nft, output, teller, told, untold, withoutReason } from './lab.ts'

const reason = withoutReason('nft', 'iptables', 'conntrack')
const { accept, dnat, drop, install, log, masquerade, redirect, reject, snat, uninstall } = firewall

/** What nft makes of a rule set, without what names and counts. */
function shape(): unknown[] {
  const { nftables } = JSON.parse(output('nft', '-j', 'list', 'ruleset')) as { nftables: Record<string, object>[] }
  return nftables
    .filter((entry) => !('metainfo' in entry))
    .map(
      (entry) => JSON.parse(JSON.stringify(entry, (key, value) => (key === 'handle' ? undefined : value))) as unknown,
    )
}

describe.skipIf(reason)(`the firewall${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  const servers: Server[] = []

  beforeAll(async () => {
    enterDisposableWorld()
    await becomeRouter()
    servers.push(await teller(80, 'client'), await teller(80, 'server'), await teller(81, 'server'), await teller(5353))
    socket = openNetfilter()
    return () => {
      socket.close()
      for (const server of servers) server.close()
    }
  })
  beforeEach(async () => {
    nft('flush ruleset')
    await socket.request(conntrack.flush())
  })

  test('is what nft makes of the same words', async () => {
    const cases: [firewall.FirewallRule, string, string][] = [
      [
        masquerade({ source: '192.168.15.0/24', notOut: 'br0', comment: 'ours' }),
        'postrouting',
        'oifname != "br0" ip saddr 192.168.15.0/24 counter masquerade comment "ours"',
      ],
      [
        masquerade({ out: 'eth*', protocol: 'tcp', toPorts: { from: 1024, to: 2048 }, random: true }),
        'postrouting',
        'oifname "eth*" meta l4proto tcp counter masquerade to :1024-2048 random',
      ],
      [
        masquerade({ source: '10.0.0.0/9', notDestination: '10.0.0.0/9' }),
        'postrouting',
        'ip saddr 10.0.0.0/9 ip daddr != 10.0.0.0/9 counter masquerade',
      ],
      [
        snat({ source: '10.0.0.7', to: '192.0.2.1', persistent: true }),
        'postrouting',
        'ip saddr 10.0.0.7 counter snat ip to 192.0.2.1 persistent',
      ],
      [
        snat({ source: 'fd00::/60', protocol: 'udp', to: 'fd01::1', toPorts: { from: 1, to: 9 } }),
        'postrouting',
        'ip6 saddr fd00::/60 meta l4proto udp counter snat ip6 to [fd01::1]:1-9',
      ],
      [
        dnat({ protocol: 'tcp', port: 8080, to: '192.168.15.1', toPort: 80 }),
        'prerouting',
        'meta nfproto ipv4 tcp dport 8080 counter dnat ip to 192.168.15.1:80',
      ],
      [
        dnat({ in: 'outer', destination: '10.2.0.1', to: '192.168.15.1' }),
        'prerouting',
        'iifname "outer" ip daddr 10.2.0.1 counter dnat ip to 192.168.15.1',
      ],
      [
        dnat({ destination: '10.2.0.1', protocol: 'tcp', port: 8080, to: '192.168.15.1', toPort: 80, local: true }),
        'redirecting',
        'ip daddr 10.2.0.1 tcp dport 8080 counter dnat ip to 192.168.15.1:80',
      ],
      [redirect({ protocol: 'udp', port: 53, toPort: 5353 }), 'prerouting', 'udp dport 53 counter redirect to :5353'],
      [redirect({ protocol: 'tcp', sourcePort: 9 }), 'prerouting', 'tcp sport 9 counter redirect'],
      [accept({ state: ['established', 'related'] }), 'forward', 'ct state established,related counter accept'],
      [
        accept({ in: 'br0', out: 'eth0', state: ['new'] }),
        'forward',
        'iifname "br0" oifname "eth0" ct state new counter accept',
      ],
      [
        drop({ at: 'input', notIn: 'lo', source: '0.0.0.0/0', mark: 7 }),
        'input',
        'iifname != "lo" meta nfproto ipv4 meta mark 0x7 counter drop',
      ],
      [
        reject({ protocol: 'icmp', notSource: '10.0.0.1' }),
        'forward',
        'ip saddr != 10.0.0.1 meta l4proto icmp counter reject with icmpx port-unreachable',
      ],
      [
        reject({ at: 'output', protocol: 'tcp', port: { from: 1, to: 3 }, with: 'tcp-reset' }),
        'output',
        'tcp dport 1-3 counter reject with tcp reset',
      ],
      [
        reject({ destination: 'fd00::1', with: 'admin-prohibited' }),
        'forward',
        'ip6 daddr fd00::1 counter reject with icmpx admin-prohibited',
      ],
      [
        log({ prefix: 'seen: ', level: 'info', protocol: 47 }),
        'forward',
        'meta l4proto 47 counter log prefix "seen: " level info',
      ],
    ]
    await install(
      socket,
      cases.map(([rule]) => rule),
      { policy: { input: 'drop' } },
    )
    const ours = shape()
    await uninstall(socket)
    const chains = Object.entries(firewall.CHAINS).map(([name, { type, hook, priority }]) => {
      const policy = name === 'input' ? 'drop' : 'accept'
      return `chain ${name} { type ${type} hook ${hook} priority ${priority}; policy ${policy}; }`
    })
    nft(
      `table inet ipts {\n${chains.join('\n')}\n}\n${cases.map(([, name, words]) => `add rule inet ipts ${name} ${words}`).join('\n')}\n`,
    )
    expect(ours).toEqual(shape())
  })

  test('masquerading: the server sees the router', async () => {
    expect(await untold('10.2.0.2', 80, 'client')).toBe('ETIMEDOUT')
    await install(socket, [masquerade({ source: '192.168.15.0/24', out: 'outer' })])
    expect(await told('10.2.0.2', 80, 'client')).toBe('10.2.0.1')
    expect((await echo('10.2.0.2', { netns: 'client' })).outcome).toBe('reply')
    await uninstall(socket)
    await socket.request(conntrack.flush())
    expect(await untold('10.2.0.2', 80, 'client')).toBe('ETIMEDOUT')
    expect(output('nft', 'list', 'ruleset')).toBe('')
  })

  test('snat: the server sees the address that is told', async () => {
    await install(socket, [snat({ source: '192.168.15.1', to: '10.2.0.1' })])
    expect(await told('10.2.0.2', 80, 'client')).toBe('10.2.0.1')
  })

  test('a published port leads to the client, from outside and from the router itself', async () => {
    expect(await told('10.2.0.1', 8080, 'server')).toBe('ECONNREFUSED')
    const where = { protocol: 'tcp', destination: '10.2.0.1', port: 8080, to: '192.168.15.1', toPort: 80 } as const
    await install(socket, [dnat(where), dnat({ ...where, local: true })])
    expect(await told('10.2.0.1', 8080, 'server')).toBe('10.2.0.2')
    expect(await told('10.2.0.1', 8080)).toBe('10.2.0.1')
    const [connection] = socket.requestSync(conntrack.list({ status: ['dst-nat'] }))
    expect(conntrack.nat(connection!).destination?.to).toEqual({ address: '192.168.15.1', port: 80 })
  })

  test('what is redirected ends at the router', async () => {
    await install(socket, [redirect({ in: 'inner', protocol: 'tcp', port: 80, toPort: 5353 })])
    expect(await told('10.2.0.2', 80, 'client')).toBe('192.168.15.1')
    expect(await untold('10.2.0.2', 81, 'client')).toBe('ETIMEDOUT')
  })

  test('what is not let through is dropped or refused, at once and for as long as the rules are there', async () => {
    const nat = masquerade({ out: 'outer' })
    await install(socket, [nat, accept({ state: ['established', 'related'] }), accept({ protocol: 'tcp', port: 80 })], {
      policy: { forward: 'drop' },
    })
    expect(await told('10.2.0.2', 80, 'client')).toBe('10.2.0.1')
    expect(await untold('10.2.0.2', 81, 'client')).toBe('ETIMEDOUT')
    await install(socket, [
      nat,
      reject({ protocol: 'tcp', port: 81, with: 'tcp-reset' }),
      drop({ protocol: 'tcp', port: 80 }),
    ])
    expect(await untold('10.2.0.2', 80, 'client')).toBe('ETIMEDOUT')
    expect(await told('10.2.0.2', 81, 'client')).toBe('ECONNREFUSED')
    await install(socket, [nat, reject({ in: 'inner', with: 'host-unreachable' })])
    expect(await told('10.2.0.2', 80, 'client')).toBe('EHOSTUNREACH')
    await install(socket, [nat])
    expect(await told('10.2.0.2', 81, 'client')).toBe('10.2.0.1')
  })

  test('to accept is not final: what iptables drops stays dropped', async () => {
    await install(socket, [masquerade({ out: 'outer' }), accept({ in: 'inner' })])
    output('iptables', '-P', 'FORWARD', 'DROP')
    expect(await untold('10.2.0.2', 80, 'client')).toBe('ETIMEDOUT')
    output('iptables', '-P', 'FORWARD', 'ACCEPT')
    expect(await told('10.2.0.2', 80, 'client')).toBe('10.2.0.1')
  })

  test("comes before iptables' rewriting, whoever was first", async () => {
    const ours = () => install(socket, [dnat({ protocol: 'tcp', port: 8080, to: '10.2.0.2', toPort: 80 })])
    const theirs = () =>
      output(
        'iptables',
        '-t',
        'nat',
        '-A',
        'PREROUTING',
        '-p',
        'tcp',
        '--dport',
        '8080',
        '-j',
        'DNAT',
        '--to-destination',
        '10.2.0.2:1',
      )
    const hide = () => output('iptables', '-t', 'nat', '-A', 'POSTROUTING', '-j', 'MASQUERADE')
    await ours()
    theirs()
    hide()
    expect(await told('192.168.15.5', 8080, 'client')).toBe('10.2.0.1')
    await uninstall(socket)
    await ours()
    expect(await told('192.168.15.5', 8080, 'client')).toBe('10.2.0.1')
    expect(output('iptables', '-t', 'nat', '-S')).toContain(
      '-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.2.0.2:1',
    )
  })

  test('leaves what is not its own alone', async () => {
    nft('table inet ipts { comment "mine"; }\ntable ip other { }\nadd chain ip other c\n')
    const before = shape()
    await expect(install(socket, [masquerade()])).rejects.toThrow(firewall.ForeignTableError)
    await expect(uninstall(socket)).rejects.toThrow("the table inet ipts is somebody else's")
    expect(shape()).toEqual(before)
    await install(socket, [masquerade()], { name: 'lab' })
    firewall.uninstallSync(socket, { name: 'lab' })
    await uninstall(socket, { name: 'lab' })
    expect(shape()).toEqual(before)
  })

  test('is replaced in one moment, counters and all', async () => {
    firewall.installSync(socket, [accept({ comment: 'one' })])
    firewall.installSync(socket, [accept({ comment: 'two' })], { policy: { forward: 'accept' } })
    const text = output('nft', 'list', 'ruleset')
    expect(text).not.toContain('one')
    expect(text).toContain('counter packets 0 bytes 0 accept comment "two"')
  })
})
