import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noWorldReason } from '../world.ts'
import { lacking, play, type Step } from './program.ts'
import { buildShims } from './shims.ts'
import { PROGRAMS } from './table.ts'

const reason = noWorldReason()

describe.skipIf(reason)(`programs that call ip do their job with ours${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let ours: string
  beforeAll(() => {
    ours = buildShims()
  })
  afterAll(() => rmSync(ours, { recursive: true, force: true }))

  for (const program of PROGRAMS) {
    const without = lacking(program)
    test.skipIf(without)(`${program.name}${without ? ` (skipped: ${without})` : ''}`, () => compare(program), 240_000)
  }

  async function compare(program: (typeof PROGRAMS)[number]): Promise<void> {
    const [real, own] = await Promise.all([play(program, undefined), play(program, ours)])
    expect(real.map(({ stdout, stderr, state }) => `${stdout}\n${stderr}\n${state}`).join('\n')).toMatch(program.proves)
    expect(program.steps.flatMap((step, i) => differences(step, real[i]!, own[i]!))).toEqual([])
  }
})

/** The lines of a step's outputs and state that only one of the two has, or that stand elsewhere. */
function differences(step: string, real: Step, own: Step): object[] {
  const found: object[] = []
  for (const field of ['stdout', 'stderr', 'status', 'state'] as const) {
    if (real[field] === own[field]) continue
    const [left, right] = [real, own].map((one) => String(one[field]).replaceAll('},{', '},\n{').split('\n'))
    const only = (these: string[], others: string[]) => these.filter((line, i) => line !== others[i])
    const [inReal, inOwn] = [
      left!.filter((line) => !right!.includes(line)),
      right!.filter((line) => !left!.includes(line)),
    ]
    const reordered = inReal.length === 0 && inOwn.length === 0
    found.push({
      step,
      field,
      real: reordered ? only(left!, right!) : inReal,
      own: reordered ? only(right!, left!) : inOwn,
    })
  }
  return found
}
