import { describe, expect, test } from 'vitest'
import { objectNamed } from '../../../src/cli/bridge/objects.ts'
import { CommandFailure, dispatch, Words } from '../../../src/cli/grammar/index.ts'
import { encodeRequest } from '../../../src/netlink/index.ts'
import { testSession } from '../session.ts'

const LINKS = [
  { index: 2, name: 'br0' },
  { index: 3, name: 'v0' },
  { index: 4, name: 'vx0' },
]

async function run(line: string) {
  const session = testSession({}, LINKS)
  const words = new Words(line.split(' '))
  const command = await objectNamed(words.current).load()
  words.advance()
  const status = await dispatch(command, session, words)
  return { status, request: session.changes[0]! }
}

async function failure(line: string): Promise<CommandFailure> {
  try {
    await run(line)
  } catch (error) {
    if (error instanceof CommandFailure) return error
    throw error
  }
  throw new Error('it did not fail')
}

const protinfo = (port: object) => ({ family: 'bridge', index: 3, protinfo: port })
const entry = (more: object) => ({ family: 'bridge', index: 3, lladdr: '02:00:00:00:00:f1', ...more })
const GLOBAL = { mcastQuerier: 1, mcastQueryIntvl: 9000 }

describe('what bridge sends', () => {
  test.each<[string, string, object]>([
    ['link set dev v0 cost 4 state blocking', 'set link with index 3', protinfo({ cost: 4, state: 4 })],
    ['l s dev v0 guard on flood off', 'set link with index 3', protinfo({ guard: true, unicastFlood: false })],
    ['link set dev v0 cost 0 priority -1', 'set link with index 3', protinfo({})],
    ['link set dev v0 backup_port vx0', 'set link with index 3', protinfo({ backupPort: 4 })],
    ['link set dev v0 hwmode vepa', 'set link with index 3', { afSpec: { flags: ['self'], mode: 'vepa' } }],
    [
      'fdb add 2:0:0:0:0:f1 dev v0 master static vlan 5',
      'add neighbour 02:00:00:00:00:f1',
      entry({ flags: ['master'], state: ['noarp', 'reachable'], vlan: 5 }),
    ],
    [
      'fdb ap 02:00:00:00:00:f1 dev v0',
      'append neighbour 02:00:00:00:00:f1',
      entry({ flags: ['self'], state: ['noarp', 'permanent'] }),
    ],
    [
      'fdb add 02:00:00:00:00:f1 dev v0 dst 10.1 port 0x12b5 vni 7 via br0',
      'add neighbour 10.1.0.0',
      entry({ dst: '10.1.0.0', port: 4789, vni: 7, ifindex: 2 }),
    ],
    [
      'fdb flush dev br0 brport v0 static nosticky',
      'flush forwarding table of link with index 2',
      {
        index: 2,
        ifindex: 3,
        flags: ['self'],
        state: ['noarp'],
        stateMask: ['noarp', 'permanent'],
        flagsMask: ['sticky'],
      },
    ],
    [
      'vlan add vid 10-12 untagged dev v0 self',
      'set link with index 3',
      {
        afSpec: {
          flags: ['self'],
          vlanInfo: [
            { flags: ['range-begin', 'untagged'], vid: 10 },
            { flags: ['range-end', 'untagged'], vid: 12 },
          ],
        },
      },
    ],
    [
      'vlan del vid 10 dev v0 tunnel_info id 100',
      'delete link with index 3',
      { afSpec: { vlanTunnelInfo: [{ id: 100, vid: 10, flags: [] }] } },
    ],
    [
      'vlan set vid 5-6 dev v0 state 1',
      'set VLAN 5-6 of link with index 3',
      { ifindex: 3, entry: [{ info: { flags: ['only-opts'], vid: 5 }, range: 6, state: 1 }] },
    ],
    [
      'vlan global set dev br0 vid 7 mcast_querier 1 mcast_query_interval 9000',
      'set VLAN 7 of bridge with index 2',
      { ifindex: 2, globalOptions: [{ ...GLOBAL, id: 7 }] },
    ],
    [
      'mdb add dev br0 port v0 grp 239.1.1.1 src 10.0.0.1 vid 9 permanent',
      'add multicast group 239.1.1.1',
      {
        ifindex: 2,
        entry: { ifindex: 3, group: '239.1.1.1', vid: 9, state: 'permanent' },
        attributes: { source: '10.0.0.1' },
      },
    ],
    [
      'mdb del dev br0 port v0 grp 1:0:5e:0:0:1 permanent',
      'delete multicast group 01:00:5e:00:00:01',
      { entry: { group: '01:00:5e:00:00:01', state: 'temporary' } },
    ],
    [
      'vni add vni 5,10-12 remote fd00::1 dev vx0',
      'add 5, 10 of vxlan device with index 4',
      {
        ifindex: 4,
        entry: [
          { start: 5, group6: 'fd00::1' },
          { start: 10, end: 12, group6: 'fd00::1' },
        ],
      },
    ],
  ])('%s', async (line, operation, value) => {
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request.operation).toBe(operation)
    expect(request.value).toMatchObject(value)
    expect(() => encodeRequest(request)).not.toThrow()
  })
})

describe('what it refuses', () => {
  test.each<[string, string, number, boolean]>([
    ['foo', 'Object "foo" is unknown, try "bridge help".', 255, false],
    ['link foo', 'Command "foo" is unknown, try "bridge link help".', 255, true],
    ['link set cost 4', 'Device is a required argument.', 255, false],
    ['link set dev v0 guard x', 'Error: argument of "guard" must be one of "off", "on", not "x"', 234, false],
    ['link set dev v0 state x', 'Error: invalid STP port state', 255, false],
    ['fdb add x dev v0', 'Invalid mac address x', 255, false],
    ['fdb add 02:00:00:00:00:f1 dev v0 vni x', 'Error: argument "x" is wrong: invalid VNI\n', 255, true],
    ['fdb add a b', 'Error: either "to" is duplicate, or "b" is a garbage.', 255, true],
    ['fdb add 02:00:00:00:00:f1 dev v0 via nodev', 'Cannot find device "nodev"', 255, true],
    ['fdb add 02:00:00:00:00:f1 dev nodev', 'Cannot find device "nodev"', 255, false],
    ['vlan add vid 5000 dev v0', 'Invalid VLAN ID "5000"', 255, false],
    ['vlan add vid 20-10 dev v0', 'Invalid VLAN range "20-10"', 255, false],
    ['vlan add vid 10 dev v0 tunnel_info x', 'Error: argument "x" is wrong: tunnel id expected', 255, true],
    ['mdb add dev br0 port v0 grp 1:zz', '"zz" is invalid lladdr.\nInvalid address "1"', 255, false],
    ['vni del', 'Command "del" is unknown, try "bridge vni help".', 255, true],
    ['monitor foo', 'Argument "foo" is unknown, try "bridge monitor help".', 255, true],
  ])('%s', async (line, message, status, ends) => {
    expect(await failure(line)).toMatchObject({ message, status, ends })
  })
})
