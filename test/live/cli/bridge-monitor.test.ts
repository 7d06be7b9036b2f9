import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { type Heard, linesOf, listen } from './listen.ts'
import { buildOurs } from './twin.ts'

const reason =
  noWorldReason() ?? (existsSync('/usr/sbin/bridge') || existsSync('/sbin/bridge') ? undefined : 'needs iproute2')

const BEFORE = `
ip link add br0 address 02:00:00:00:00:b0 type bridge mcast_snooping 1
ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
ip link set v1 up
`

const CHANGES = `
ip link add vx0 address 02:00:00:00:00:e0 type vxlan external vnifilter dstport 4789
ip link set v0 master br0
ip link set br0 up
ip link set v0 up
bridge link set dev v0 cost 7 guard on
bridge link set dev v0 state blocking
bridge link set dev v0 state forwarding
bridge fdb add 02:00:00:00:00:f1 dev v0 master
bridge fdb add 02:00:00:00:00:f2 dev v0 master static sticky
bridge fdb replace 02:00:00:00:00:f2 dev v0 master dynamic
bridge fdb del 02:00:00:00:00:f1 dev v0 master
bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.9 vni 5 src_vni 6
bridge fdb del 00:00:00:00:00:00 dev vx0 dst 10.0.0.9 vni 5 src_vni 6
bridge mdb add dev br0 port v0 grp 239.1.1.1 permanent
bridge mdb add dev br0 port v0 grp ff0e::3 src fd00::5 permanent
bridge mdb add dev br0 port v0 grp 01:00:00:00:00:05 permanent
bridge mdb del dev br0 port v0 grp 239.1.1.1
bridge link set dev v0 mcast_router 2
bridge link set dev v0 mcast_router 1
bridge vni add vni 10-12,20 dev vx0
bridge vni add vni 30 remote 10.0.0.1 dev vx0
bridge vni delete vni 11 dev vx0
ip neigh add 10.1.0.9 lladdr 02:00:00:00:00:09 dev v1
ip link set v0 nomaster
ip link del br0
ip link del v0
ip link del vx0
`

const MONITORS = ['', 'link', 'fdb', 'mdb fdb', 'vni', 'link fdb mdb vni', 'all', 'li fd md', 'all fdb']
const OPTIONS = ['-d', '-s', '-d -s', '-o', '-o -d', '-c', '-t', '-t -o']

const COMMANDS = [
  ...MONITORS.map((words) => `bridge monitor ${words}`.trim()),
  ...OPTIONS.map((options) => `bridge ${options} monitor all`),
]

/** What bridge has nothing like. */
const JSON_MONITOR = 'bridge -j monitor all'

/** Timers run on, and ages. */
const steady = (heard: Heard) =>
  linesOf(heard).map((line) => line.replace(/ +\d+\.\d\d$/, ' TIMER').replace(/used \d+\/\d+/, 'used AGES'))

describe.skipIf(reason)(`bridge monitor says what bridge says${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory: string
  let real: Heard[]
  let own: Heard[]
  beforeAll(async () => {
    directory = buildOurs()
    // One listens to VNIs only.
    const listening = { commands: COMMANDS, ownCommands: [JSON_MONITOR], unseen: 1, before: BEFORE, changes: CHANGES }
    ;({ real, own } = await listen(directory, listening))
  }, 150_000)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test.each(COMMANDS.map((command, i) => [command, i] as const))('%s', (_command, i) => {
    expect(own[i]!.stderr).toBe(real[i]!.stderr)
    expect(steady(own[i]!)).toEqual(steady(real[i]!))
  })

  test('and they did hear something', () => {
    const counts = new Map(COMMANDS.map((command, i) => [command, linesOf(real[i]!).length]))
    for (const [command, count] of counts) expect(count, command).toBeGreaterThan(3)
  })

  test('with -j, an object a line', () => {
    const told = own[COMMANDS.length]!.stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { object: string })
    expect(new Set(told.map(({ object }) => object))).toEqual(new Set(['link', 'neigh', 'mdb', 'tunnel']))
    expect(told).toContainEqual(
      expect.objectContaining({ object: 'mdb', mdb: [expect.objectContaining({ grp: '239.1.1.1', port: 'v0' })] }),
    )
    expect(told).toContainEqual(expect.objectContaining({ object: 'neigh', deleted: true, mac: '02:00:00:00:00:f1' }))
  })
})
