import { existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import type { Outcome } from './outcome.ts'
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

// Two files of lines at a time: much of it is waiting for processes.
describe
  .skipIf(reason)
  .concurrent(`the same words, the same output as the tool${reason ? ` (skipped: ${reason})` : ''}`, () => {
    let ours: string
    beforeAll(() => {
      ours = buildOurs()
    })
    afterAll(() => rmSync(ours, { recursive: true, force: true }))

    for (const [name, lines] of lineFiles()) {
      const without = lacking(name)
      const title = `${name}${without ? ` (skipped: ${without})` : ''}`
      // Some lines tell what the kernel does in its own time, once a second (carriers) or after a while (IPv6 addresses): on a busy
      // machine the worlds may disagree. What is wrong is wrong twice.
      test.skipIf(without)(title, { timeout: 600_000, retry: 1 }, () => compare(name, lines))
    }

    async function compare(name: string, lines: readonly Line[]): Promise<void> {
      const commands = lines.map(({ command }) => command)
      const [real, own] = await Promise.all([runInWorld(commands, undefined), runInWorld(commands, ours)])
      const unlike: {
        line: number
        command: string
        difference?: string | undefined
        expected: Outcome
        actual: Outcome
      }[] = []
      for (const [line, { command, difference }] of lines.entries()) {
        const [expected, actual] = [masked(real[line]!, name === 'neigh'), masked(own[line]!, name === 'neigh')]
        const equal = JSON.stringify(expected) === JSON.stringify(actual)
        if (equal !== (difference === undefined)) unlike.push({ line, command, difference, expected, actual })
      }
      // Where the real tool does not do the same twice there is nothing to compare.
      const again = unlike.length === 0 ? [] : await runInWorld(commands, undefined)
      const isRestless = ({ line, expected }: (typeof unlike)[number]) =>
        JSON.stringify(masked(again[line]!, name === 'neigh')) !== JSON.stringify(expected)
      const restless = unlike.filter(isRestless).map(({ command }) => command)
      const wrong = unlike.filter((one) => !isRestless(one))
      const counted = lines.length - restless.length
      console.info(`${name}: ${counted} of ${lines.length} lines compared, ${counted - wrong.length} as they should be`)
      if (restless.length > 0) console.info(`${name}: not compared: ${restless.join('; ')}`)
      expect(counted).toBeGreaterThan(lines.length / 2)
      expect(wrong).toEqual([])
    }
  })
