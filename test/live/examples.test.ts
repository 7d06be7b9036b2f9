import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { link, openRoute } from '../../src/index.ts'
import { noNatReason } from './netfilter/kernel.ts'
import { enterDisposableWorld, noWorldReason } from './world.ts'

const root = join(import.meta.dirname, '../..')
const reason = noWorldReason()
const noNat = noNatReason()

async function outputOf(example: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(execPath, [join(root, 'scripts/example.js'), example])
  expect(stderr).toBe('')
  return stdout
}

describe.skipIf(reason)(`examples${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(enterDisposableWorld)

  test('list-links', async () => {
    expect(await outputOf('list-links')).toMatch(/^1: lo \(device, mtu 65536\) loopback$/m)
  })

  test('veth-pair', async () => {
    expect(await outputOf('veth-pair')).toBe('namespaces: blue, red\n10.0.0.2 answers\nnamespaces left: 0\n')
  })

  test.skipIf(noNat)(`masquerade${noNat ? ` (skipped: ${noNat})` : ''}`, async () => {
    expect(await outputOf('masquerade')).toBe('8.8.8.8: you are 172.17.0.2\n10.0.0.2 leaves as 172.17.0.2\n')
  })

  test.skipIf(noNat)(`container${noNat ? ` (skipped: ${noNat})` : ''}`, async () => {
    expect(await outputOf('container')).toBe('web is 172.18.0.2, at ipts0\nhello, 172.17.0.1\ncontainers left: 0\n')
  })

  test('watch-links', async () => {
    const lines = (await outputOf('watch-links')).trim().split('\n')
    expect(lines.slice().sort()).toEqual(['RTM_DELLINK v0', 'RTM_DELLINK v1', 'RTM_NEWLINK v0', 'RTM_NEWLINK v1'])
  })

  test('batch-routes', async () => {
    expect(await outputOf('batch-routes')).toBe(
      'add route 10.1.1.244/32: ENETUNREACH: Network is unreachable: Nexthop has invalid gateway\n' +
        '999 routes added, 1 refused\n',
    )
  })

  test('the error of the README is what is said here', () => {
    const said = /`(add link vx0: .+)`/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1]
    using socket = openRoute()
    expect(() => socket.requestSync(link.add({ name: 'vx0', kind: 'vxlan', data: { id: 1 << 24 } }))).toThrow(said)
  })

  test('the one of the README, in ten lines', async () => {
    const source = /```ts\n([^`]*)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? ''
    expect(source.trim().split('\n').length).toBeLessThanOrEqual(10)
    const parent = join(root, 'node_modules/.cache/ipts-examples')
    mkdirSync(parent, { recursive: true })
    const directory = mkdtempSync(join(parent, 'readme-'))
    try {
      writeFileSync(join(directory, 'readme.ts'), source)
      const output = await outputOf(join(directory, 'readme.ts'))
      expect(output).toMatch(/^lo 65536 .*\nv1 1500 .*\nv0 1400 up /)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
