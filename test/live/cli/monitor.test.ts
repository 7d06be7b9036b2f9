import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { type Heard, linesOf, listen } from './listen.ts'
import { buildOurs } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

/**
 * What happens while the monitors listen. The kernel's own doings of IPv6, which come when they come, are kept out.
 */
const CHANGES = `
ip link set lo up
ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
ip link set v1 up
ip link set v0 up
ip addr add 10.1.0.1/24 dev v0
ip addr add 10.1.0.2/24 brd + dev v0 label v0:x
ip addr add 10.2.0.1 peer 10.2.0.2/32 dev v1 valid_lft 1000 preferred_lft 500
ip route add 10.9.0.0/16 via 10.1.0.2
ip route replace 10.9.0.0/16 via 10.1.0.3
ip route add 10.8.0.0/16 dev v0 table 77 metric 5
ip route add 10.7.0.0/16 nexthop via 10.1.0.5 nexthop via 10.1.0.6 weight 3
ip route add blackhole 10.6.0.0/16
ip route del 10.7.0.0/16
ip neigh add 10.1.0.9 lladdr 02:00:00:00:00:09 dev v0
ip neigh change 10.1.0.9 lladdr 02:00:00:00:00:0a dev v0
ip neigh del 10.1.0.9 dev v0
ip rule add from 10.7.0.0/16 table 77 prio 500
ip -6 rule add to 2001:db8::/32 fwmark 3 table 78 prio 501
ip rule del prio 500
ip nexthop add id 5 via 10.1.0.7 dev v0
ip nexthop add id 6 blackhole
ip nexthop add id 7 group 5
ip nexthop del id 7
ip nexthop del id 5
ip netns add blue
ip netns set blue 7
ip link add link v0 name m0 address 02:00:00:00:00:03 type macvlan mode bridge
ip link set m0 alias hello
ip link set m0 netns blue
ip link add br0 address 02:00:00:00:00:04 type bridge
ip link set v1 master br0
ip link set v1 nomaster
ip link set v0 mtu 1400
ip link property add dev v0 altname another
ip link set v1 group 5
ip link set v0 down
ip addr flush dev v0
ip link set v0 name v7
ip addr add 10.3.0.1/24 dev v7
ip link set v7 name v0
ip addr flush dev v0
ip route flush table 77
ip link del br0
ip link del v0
ip netns del blue
`

const MONITORS = [
  'link',
  'link label',
  'li addr',
  'label address',
  'route',
  'neigh label',
  'rule',
  'nexthop',
  'nsid',
  'label link address route neigh rule nexthop nsid',
  'dev lo link address route label',
  'all-nsid link addr',
  'netconf',
  'stats',
  'all',
  '',
  'prefix',
  'mroute',
]
const OPTIONS = ['-4', '-6', '-o', '-br', '-d', '-ts', '-t', '-t -o', '-n blue', '-N', '-c', '-s']

const COMMANDS = [
  ...MONITORS.map((words) => `ip monitor ${words}`.trim()),
  ...OPTIONS.map((options) => `ip ${options} monitor label link address route neigh rule`),
  'ip -rc 100000 monitor link',
  'stdbuf -oL ip netns monitor',
]

/** What ip has nothing like. */
const JSON_MONITOR = 'ip -j -ts monitor link address route neigh rule nexthop nsid netconf'

describe.skipIf(reason)(`monitors say what ip says${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory: string
  let real: Heard[]
  let own: Heard[]
  beforeAll(async () => {
    directory = buildOurs()
    // One of them is in another namespace, one listens to no socket, and one to statistics only.
    const listening = { commands: COMMANDS, ownCommands: [JSON_MONITOR], unseen: 3, changes: CHANGES }
    ;({ real, own } = await listen(directory, listening))
  }, 150_000)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test.each(COMMANDS.map((command, i) => [command, i] as const))('%s', (_command, i) => {
    expect(own[i]!.stderr).toBe(real[i]!.stderr)
    expect(linesOf(own[i]!)).toEqual(linesOf(real[i]!))
  })

  test('with -json each tells of an object a line', () => {
    const lines = own[COMMANDS.length]!.stdout.trim().split('\n')
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const objects = new Set(told.map(({ object }) => object))
    expect([...objects].sort()).toEqual(['addr', 'link', 'neigh', 'netconf', 'nexthop', 'nsid', 'route', 'rule'])
    expect(told.filter(({ deleted }) => deleted === true).length).toBeGreaterThan(10)
    expect(told).toContainEqual(
      expect.objectContaining({
        object: 'rule',
        deleted: true,
        priority: 500,
        src: '10.7.0.0',
        srclen: 16,
        table: '77',
      }),
    )
    for (const { timestamp } of told) expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
  })

  test('and they did hear something', () => {
    const silent = COMMANDS.filter((_, i) => real[i]!.stdout === '')
    expect(silent).toEqual([
      'ip monitor stats',
      'ip monitor prefix',
      'ip monitor mroute',
      'ip -n blue monitor label link address route neigh rule',
    ])
  })
})
