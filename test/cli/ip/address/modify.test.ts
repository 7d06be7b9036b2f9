import { describe, expect, test } from 'vitest'
import { dispatch, Words } from '../../../../src/cli/grammar/index.ts'
import { command } from '../../../../src/cli/ip/address/index.ts'
import { encodeRequest } from '../../../../src/netlink/index.ts'
import { testSession } from '../../session.ts'

async function run(line: string) {
  const session = testSession({}, [{ index: 2, name: 'v0' }])
  const status = await dispatch(command, session, new Words(line.split(' ')))
  return { status, session, request: session.changes[0] }
}

describe('what ip address sends', () => {
  test.each([
    [
      'add 10.0.0.1/24 dev v0',
      { family: 'inet', index: 2, local: '10.0.0.1', address: '10.0.0.1/24', scope: 'global' },
    ],
    ['add 10.0.0.1/24 brd + dev v0', { broadcast: '10.0.0.255' }],
    ['add 10.0.0.1/24 brd - dev v0', { broadcast: '10.0.0.0' }],
    ['add 10.0.0.1/24 broad 10.0.0.9 dev v0', { broadcast: '10.0.0.9' }],
    ['add 10.0.0.1 peer 10.0.0.2/30 dev v0', { local: '10.0.0.1', address: '10.0.0.2/30' }],
    ['add 127.0.0.5/8 dev v0', { scope: 'host' }],
    ['add 10.0.0.1/24 dev v0 scope link label v0:1 metric 5', { scope: 253, label: 'v0:1', metric: 5 }],
    ['add 10.0.0.1/24 dev v0 valid_lft 60', { cacheinfo: { valid: 60, preferred: 60 } }],
    ['add fd00::1/64 dev v0 nodad home', { family: 'inet6', headerFlags: 0x12 }],
    ['add 10.0.0.1/24 noprefixroute dev v0', { flags: 0x200 }],
    ['del 10.0.0.1/24 dev v0', { local: '10.0.0.1', address: '10.0.0.1/24' }],
    ['del 10.0.0.1 dev v0', { local: '10.0.0.1', address: undefined, prefixLength: 32 }],
  ])('%s', async (line, value) => {
    // An old way to say it, which iproute2 takes for an error.
    if (line.endsWith('valid_lft 60')) {
      await expect(run(line)).rejects.toThrow('preferred_lft is greater than valid_lft')
      return
    }
    const { status, request } = await run(line)
    expect(status).toBe(0)
    expect(request?.value).toMatchObject(value)
    expect(() => encodeRequest(request!)).not.toThrow()
  })

  test('deleting without a length is warned of', async () => {
    const { session } = await run('del 10.0.0.1 dev v0')
    expect(session.complaints[0]).toContain('Explicitly specify the prefix length (10.0.0.1/32)')
  })
})

describe('what it refuses', () => {
  test.each([
    ['add 10.0.0.1/24', 'Not enough information: "dev" argument is required.', 1],
    ['add 10.0.0.1/24 dev nodev', 'Cannot find device "nodev"', 1],
    ['add 10.0.0.1/24 10.0.0.2/24 dev v0', 'Error: either "local" is duplicate, or "10.0.0.2/24" is a garbage.', 255],
    ['add fd00::1/64 brd + dev v0', 'Broadcast can be set only for IPv4 addresses', 1],
    ['add 10.0.0.1/24 dev v0 autojoin', 'autojoin needs multicast address', 1],
    ['add 10.0.0.1/24 dev v0 valid_lft 0', 'valid_lft is zero', 1],
    ['flush', 'Flush requires arguments.', 1],
  ])('%s', async (line, message, status) => {
    await expect(run(line)).rejects.toEqual(expect.objectContaining({ message, status }))
  })
})
