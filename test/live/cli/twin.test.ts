import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { buildOurs, lineFiles, masked, runInWorld } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

describe.skipIf(reason)(`the same words, the same output as ip${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let ours: string
  beforeAll(() => {
    ours = buildOurs()
  })

  test.each([...lineFiles()])(
    '%s',
    async (name, lines) => {
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
    },
    600_000,
  )
})
