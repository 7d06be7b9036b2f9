import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/rule/index.ts'
import { encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

async function run(line: string) {
  const session = testSession({}, [{ index: 2, name: 'v0' }])
  const status = await dispatch(command, session, new Words(line.split(' ')))
  return { status, session, request: session.changes[0] }
}

describe('what ip rule sends', () => {
  test.each([
    ['add from 10.0.0.1 table 100', { family: 'inet', src: '10.0.0.1/32', headerTable: 100, action: 'to-tbl' }],
    ['add to 10.1/16', { dst: '10.1.0.0/16', headerTable: 254 }],
    ['add lookup 1000 pref 5', { headerTable: 0, table: 1000, priority: 5 }],
    ['add not fwmark 0xca6c/0xffff table 51820', { flags: ['invert'], fwmark: 0xca6c, fwmask: 0xffff, table: 51820 }],
    ['add iif v0 oif v1 order 7', { iif: 'v0', oif: 'v1', priority: 7 }],
    ['add ipproto tcp sport 80 dport 1000-2000', { ipProto: 6, sportRange: { start: 80, end: 80 } }],
    ['add uidrange 5-10 tun_id 9', { uidRange: { start: 5, end: 10 }, tunId: 9 }],
    ['add l3mdev', { l3mdev: 1, headerTable: 0 }],
    ['add table main suppress_prefixlength 0 sup_group 3', { suppressPrefixlen: 0, suppressIfgroup: 3 }],
    ['add goto 600', { action: 'goto', goto: 600, headerTable: 0 }],
    ['add nop', { action: 'nop' }],
    ['add type blackhole from 1.2.3.4', { action: 6, src: '1.2.3.4/32' }],
    ['add realms 3/5 proto static tos 0x10', { flow: 0x30005, protocol: 4, tos: 16 }],
    ['del from all', { src: 'all' }],
    ['del pref 5', { priority: 5, headerTable: 0 }],
  ])('%s', async (line, value) => {
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request?.value).toMatchObject(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })

  test('a deprecated translation is said to be that', async () => {
    const { session, request } = await run('add nat 1.2.3.4')
    expect(session.complaints).toEqual(['Warning: route NAT is deprecated'])
    expect(request?.value).toMatchObject({ action: 10, unused2: Uint8Array.of(1, 2, 3, 4) })
  })
})

describe('what it refuses', () => {
  test.each([
    ['add', '"ip rule add" requires arguments.', 1],
    ['del', '"ip rule del" requires arguments.', 1],
    ['add from fd00::1', 'Error: Invalid source address.', 2],
    ['add l3mdev table 5', 'table can not be specified for l3mdev rules', 22],
    ['add fwmark 1/x', 'Error: argument "x" is wrong: fwmask value is invalid\n', 255],
    ['add sport x', 'Error: argument "x" is wrong: invalid port range\n', 255],
    ['add iif a/b', 'Error: argument "a/b" is wrong: "iif"/"dev" not a valid ifname', 255],
    ['add foo', 'Error: argument "foo" is wrong: Failed to parse rule type', 255],
    ['save foo', '"ip rule save" does not take any arguments.', 1],
    ['foo', 'Command "foo" is unknown, try "ip rule help".', 255],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
