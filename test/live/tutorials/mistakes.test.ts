import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { tutorials } from '../../../src/tutorials/index.ts'
import { runScript } from '../child.ts'
import { noNatReason } from '../netfilter/kernel.ts'

const reason = noNatReason() ?? (spawnSync('ip', ['-V']).error ? 'ip is not here' : undefined)

/** What ip and ours print for each command that a document has wrong, in the state in which the document has it typed. */
const script = `
import { spawnSync } from 'node:child_process'
import { typeCommand } from './src/cli/tutorial/type-command.ts'
import { enterSandbox } from './src/ops/index.ts'
import { runTutorial, tutorials } from './src/tutorials/index.ts'

await enterSandbox()
const printed = []
const type = async (command) => {
  const ours = await typeCommand(command)
  const real = spawnSync('sh', ['-c', command.replace('sudo ', '')], { encoding: 'utf8' })
  printed.push([command, ours, (real.stdout + real.stderr).trimEnd()])
  return ours
}
for (const tutorial of tutorials.values()) {
  // Only as far as the last of them, and without looking.
  const last = tutorial.steps.findLastIndex(({ actions }) => actions.some((action) => 'mistake' in action))
  const steps = tutorial.steps.slice(0, last + 1).map((step) => ({ ...step, checks: [] }))
  if (steps.length === 0) continue
  const reports = await runTutorial({ ...tutorial, steps }, { type })
  for (const { error } of reports) if (error !== undefined) throw new Error(error)
}
console.log(JSON.stringify(printed))
`

describe.skipIf(reason)(`what the documents have wrong${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('each error is the one that ip gives', async () => {
    const { stdout, stderr, status } = await runScript(script, { timeout: 60_000 })
    expect([status, stderr]).toEqual([0, ''])
    const printed = JSON.parse(stdout) as [command: string, ours: string, real: string][]
    for (const [command, ours, real] of printed) {
      expect(ours, command).toBe(real)
      expect(real, command).not.toBe('')
    }
    const mistakes = [...tutorials.values()].flatMap(({ steps }) =>
      steps.flatMap(({ actions }) => actions.filter((action) => 'mistake' in action)),
    )
    expect(printed.map(([command]) => command)).toEqual(mistakes.map(({ command }) => command))
    expect(printed.length).toBeGreaterThanOrEqual(8)
  }, 90_000)
})
