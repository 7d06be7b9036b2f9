import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { buildOurs, type Line, lineFiles, masked, runInWorld } from './twin.ts'

/** The program that a file of lines is about, where that is not ip. */
const PROGRAMS: Readonly<Record<string, string>> = {
  arp: 'arp',
  brctl: 'brctl',
  ifconfig: 'ifconfig',
  iptables: 'iptables',
  nettools: 'route',
  nft: 'nft',
  ping: 'ping',
  sysctl: 'sysctl',
}

/** Why the lines of a file cannot be run with the real tool. */
function lacking(name: string): string | undefined {
  const program = PROGRAMS[name.replace(/-.*/, '')] ?? 'ip'
  const found = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'].some((directory) => existsSync(`${directory}/${program}`))
  return found ? undefined : `needs ${program}`
}

const reason = noWorldReason()

describe.skipIf(reason)(`the same words, the same output as the tool${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let ours: string
  beforeAll(() => {
    ours = buildOurs()
  })
  afterAll(() => rmSync(ours, { recursive: true, force: true }))

  for (const [name, lines] of lineFiles()) {
    const without = lacking(name)
    test.skipIf(without)(`${name}${without ? ` (skipped: ${without})` : ''}`, () => compare(name, lines), 600_000)
  }

  async function compare(name: string, lines: readonly Line[]): Promise<void> {
    const commands = lines.map(({ command }) => command)
    const [real, again, own] = await Promise.all([
      runInWorld(commands, undefined),
      runInWorld(commands, undefined),
      runInWorld(commands, ours),
    ])
    const wrong: object[] = []
    const restless: string[] = []
    for (const [i, { command, difference }] of lines.entries()) {
      const [expected, repeated, actual] = [real, again, own].map((world) => masked(world[i]!, name === 'neigh'))
      // Where ip itself does not do the same twice there is nothing to compare.
      if (JSON.stringify(expected) !== JSON.stringify(repeated)) {
        restless.push(command)
        continue
      }
      const equal = JSON.stringify(expected) === JSON.stringify(actual)
      if (equal !== (difference === undefined)) wrong.push({ command, difference, expected, actual })
    }
    const counted = lines.length - restless.length
    console.info(`${name}: ${counted} of ${lines.length} lines compared, ${counted - wrong.length} as they should be`)
    if (restless.length > 0) console.info(`${name}: not compared: ${restless.join('; ')}`)
    expect(counted).toBeGreaterThan(lines.length / 2)
    expect(wrong).toEqual([])
  }
})
