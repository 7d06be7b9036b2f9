import { describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`why the kernel refuses${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test.each([
    [
      'netns set blue 6',
      /already has a nsid assigned\.\nwhy: the kernel answered EEXIST to: add namespace id 6\nwhy: it points at the attribute fd\n/,
    ],
    [
      'route add 10.9.0.0/16 via 10.1.0.1',
      /^Error: Nexthop has invalid gateway\.\nwhy: the kernel answered ENETUNREACH to: add route 10\.9\.0\.0\/16\nhint: the gateway/,
    ],
    [
      'addr del 10.1.2.3/24 dev lo',
      /^Error: .*\nwhy: the kernel answered EADDRNOTAVAIL to: delete address .*\nhint: no device/,
    ],
    [
      'neigh add 10.1.1.1 dev lo lladdr 02:00',
      /^Error: Invalid link address\.\nwhy: the kernel answered EINVAL to: add neighbour /,
    ],
    ['link set lp up', /^Cannot find device "lp"\nDid you mean "lo"\?\n$/],
  ])('%s', async (command, expected) => {
    const { stderr } = await runScript(
      `
      import { enterDisposableWorld } from './test/live/world.ts'
      import { create } from './src/netns/index.ts'
      import { run } from './src/cli/run.ts'
      enterDisposableWorld()
      create('blue')
      await run('ip', ['netns', 'set', 'blue', '5'])
      process.exitCode = await run('ip', process.argv.slice(2))
      `,
      { args: ['--why', ...command.split(' ')] },
    )
    expect(stderr).toMatch(expected)
  })
})
