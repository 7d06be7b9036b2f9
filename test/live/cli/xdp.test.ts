import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { printLink } from '../../../src/cli/ip/link/print.ts'
import { close, loadProgram, SystemError } from '../../../src/libc/index.ts'
import { link, openRoute } from '../../../src/rtnl/index.ts'
import { testSession } from '../../cli/session.ts'
import { noIpReason } from '../netns/ip.ts'
import { enterDisposableWorld, noWorldReason } from '../world.ts'

const XDP = 6
/** `return XDP_PASS`. */
const PROGRAM = Uint8Array.of(0xb7, 0, 0, 0, 2, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0)

const reason = noWorldReason() ?? noIpReason()

describe.skipIf(reason)(`XDP programs, as ip shows them${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test.for(['skb', 'driver'] as const)('attached in mode %s', (mode, { skip }) => {
    using route = openRoute()
    route.requestSync(link.add({ name: 'v0', kind: 'veth', data: { peer: { name: 'v1' } } }))
    try {
      const fd = loadProgram(XDP, PROGRAM, 'GPL')
      route.requestSync(link.set({ name: 'v0', xdp: { fd, flags: [mode] } }))
      close(fd)
      for (const [details, json] of [
        [0, false],
        [1, false],
        [0, true],
        [1, true],
      ] as const) {
        const found = route.requestSync(link.get('v0', { extMask: ['vf'] }))
        const session = testSession({ details, json }, route.requestSync(link.list()))
        session.printer.records(() =>
          session.printer.object(undefined, () => printLink(found, session, { asLink: true, hardware: true })),
        )
        const options = [...(details > 0 ? ['-d'] : []), ...(json ? ['-j'] : [])]
        expect(session.text).toBe(spawnSync('ip', [...options, 'link', 'show', 'v0'], { encoding: 'utf8' }).stdout)
        expect(session.text).toMatch(/xdp/)
      }
      // Taken away by the real one, then by nobody else.
      expect(
        spawnSync('ip', ['-force', 'link', 'set', 'v0', mode === 'skb' ? 'xdpgeneric' : 'xdpdrv', 'off']).status,
      ).toBe(0)
      expect(route.requestSync(link.get('v0')).xdp?.attached).toBe('none')
    } catch (error) {
      if (error instanceof SystemError && error.syscall === 'bpf') skip(`bpf(2): ${error.code}`)
      throw error
    } finally {
      route.requestSync(link.delete('v0'))
    }
  })
})
