import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { buildOurs, lineFiles, masked, runInWorld } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

describe.skipIf(reason)(`the same words, the same output as ip${reason ? ` (${reason})` : ''}`, () => {
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
      let counted = 0
      for (const [i, { command, difference }] of lines.entries()) {
        const [expected, repeated, actual] = [masked(real[i]!), masked(again[i]!), masked(own[i]!)]
        if (JSON.stringify(expected) !== JSON.stringify(repeated)) continue
        counted++
        const equal = JSON.stringify(expected) === JSON.stringify(actual)
        if (equal !== (difference === undefined)) wrong.push({ command, difference, expected, actual })
      }
      console.info(`${name}: ${counted} of ${lines.length} lines compared, ${counted - wrong.length} as they should be`)
      expect(counted).toBeGreaterThan(lines.length / 2)
      expect(wrong).toEqual([])
    },
    600_000,
  )
})
