import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CommandFailure, dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/link/index.ts'
import { CodecError, encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

const links = [
  { index: 1, name: 'lo', type: 'loopback' as const, address: '00:00:00:00:00:00' },
  { index: 2, name: 'v0', address: '02:00:00:00:00:01' },
  { index: 3, name: 'br0' },
]

async function run(line: string) {
  const session = testSession({}, links)
  const status = await dispatch(command, session, new Words(line.split(' ')))
  return { status, session, request: session.changes[0] }
}

describe('what ip link sends', () => {
  test.each([
    [
      'add v1 type veth peer name v2',
      'add link v1',
      { name: 'v1', linkinfo: { kind: 'veth', data: { peer: { name: 'v2' } } } },
    ],
    [
      'add v1 type veth peer v2',
      'add link v1',
      { name: 'v1', linkinfo: { kind: 'veth', data: { peer: { name: 'v2' } } } },
    ],
    [
      'add v1 type veth peer v2 up mtu 1400',
      'add link v1',
      {
        name: 'v1',
        linkinfo: { kind: 'veth', data: { peer: { flags: ['up'], change: ['up'], mtu: 1400, name: 'v2' } } },
      },
    ],
    ['add name b type bridge stp 1', 'add link b', { name: 'b', linkinfo: { kind: 'bridge', data: { stpState: 1 } } }],
    ['add w type bridge', 'add link w', { name: 'w', linkinfo: { kind: 'bridge' } }],
    [
      'add q link v0 type macvlan mode bridge',
      'add link q',
      { name: 'q', link: 2, linkinfo: { kind: 'macvlan', data: { mode: 'bridge' } } },
    ],
    ['add x index 9 type dummy', 'add link x', { index: 9, name: 'x', linkinfo: { kind: 'dummy' } }],
    ['set v0 up', 'set link with index 2', { index: 2, flags: 1, change: 1 }],
    ['set v0 down', 'set link with index 2', { index: 2, flags: 0, change: 1 }],
    ['set dev v0 arp off promisc on', 'set link with index 2', { index: 2, flags: 0x180, change: 0x180 }],
    ['set v0 mtu 1400 txq 5', 'set link with index 2', { index: 2, mtu: 1400, txqlen: 5 }],
    ['set v0 name w0', 'set link with index 2', { index: 2, name: 'w0' }],
    ['set v0 name v0', 'set link with index 2', { index: 2 }],
    ['set v0 master br0', 'set link with index 2', { index: 2, master: 3 }],
    ['set v0 nomaster', 'set link with index 2', { index: 2, master: 0 }],
    ['set v0 netns 77', 'set link with index 2', { index: 2, netNsPid: 77 }],
    ['set v0 addrgenmode none', 'set link with index 2', { index: 2, afSpec: { inet6: { addrGenMode: 'none' } } }],
    ['set group 5 down', 'set link ', { group: 5, flags: 0, change: 1 }],
    ['del v0', 'delete link with index 2', { index: 2 }],
    [
      'property add dev v0 altname second',
      'add alternative name second of link with index 2',
      { index: 2, propList: { altName: ['second'] } },
    ],
  ])('%s', async (line, operation, value) => {
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request?.operation).toBe(operation)
    expect(request?.value).toEqual(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })

  test('a port of a bridge', async () => {
    const { request } = await run('set v0 type bridge_slave cost 7 hairpin on')
    expect(request?.value).toEqual({ index: 2, linkinfo: { kind: 'bridge_slave', slaveData: { cost: 7, mode: true } } })
  })

  test('a vxlan without a port is told of', async () => {
    const { session, request } = await run('add x type vxlan id 5 remote fd00::1')
    expect(session.complaints[0]).toMatch(/^vxlan: destination port not specified\n/)
    expect(request?.value).toMatchObject({ linkinfo: { data: { id: 5, group6: 'fd00::1', learning: true } } })
  })
})

describe('what it refuses', () => {
  test.each([
    ['set v0 address 1:2', 'Invalid address length 2 - must be 6 bytes', 1],
    ['set nodev up', 'Cannot find device "nodev"', 1],
    ['add q link nodev type macvlan', 'Cannot find device "nodev"', 1],
    ['set v0 master nodev', 'Error: argument "nodev" is wrong: Device does not exist\n', 255],
    ['add x', 'Not enough information: "type" argument is required', 1],
    ['set group 5 up dev nodev', 'Cannot find device "nodev"', 1],
    ['add x type nosuch option', 'Garbage instead of arguments "option ...". Try "ip link help".', 1],
    ['set v0 vf 1 mac 2:0:0:0:0', 'Invalid address length 5 - must be 6 bytes', 1],
    ['set v0 xdp pinned /x', 'ipts: "xdp" can take a program away and not load one.', 1],
    ['foo', 'Command "foo" is unknown, try "ip link help".', 255],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})

test('whatever the words, a command is sent or refused with a message', async () => {
  const word = fc.constantFrom(
    ...'add set del type veth peer name v0 br0 bridge vxlan vlan macvlan id 5 up mtu 1400 x master netns 1 address'.split(
      ' ',
    ),
    ...'02:00:00:00:00:02 index group 7 stp_state mode source macaddr set local remote 10.0.0.1 dev dstport help'.split(
      ' ',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 12 }), async (words) => {
      try {
        const { request } = await run(['set', ...words].join(' '))
        encodeRequest(request!)
      } catch (error) {
        if (!(error instanceof CommandFailure) && !(error instanceof CodecError)) throw error
      }
    }),
    { numRuns: 2000 },
  )
})
