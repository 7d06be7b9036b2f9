import { describe, expect, test } from 'vitest'
import { tutorials } from '../../../src/tutorials/index.ts'
import { runScript } from '../child.ts'
import { noNatReason } from '../netfilter/kernel.ts'

const reason = noNatReason()

/**
 * Every step of a tutorial fails in turn, when all that it does has been done. Then everything must be as it was before: links, addresses,
 * routes, rules, neighbours and firewall by our own dumps, the rule set as nft lists it, if it is here, and the parameters of forwarding.
 */
const script = `
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { enterSandbox, snapshot } from './src/ops/index.ts'
import { runTutorial, tutorials } from './src/tutorials/index.ts'

await enterSandbox()
const conf = '/proc/sys/net/ipv4/conf'
const dumps = async () => ({
  ...(await snapshot()),
  nft: spawnSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).stdout ?? 'nft is not here',
  forwarding: readdirSync(conf).map((link) => [link, readFileSync(conf + '/' + link + '/forwarding', 'utf8')]),
  names: readdirSync('/run/netns', { withFileTypes: true }).map(({ name }) => name),
})
// The directory is there from the first namespace on.
const tutorial = tutorials.get(process.argv[2])
const failing = { command: '', op: { summary: '', do: () => Promise.reject(new Error('made to fail')), undo: async () => {}, isDone: async () => false } }
const parts = []
for (const step of tutorial.steps) {
  if (step.anew || parts.length === 0) parts.push([])
  parts.at(-1).push({ ...step, checks: [] })
}
await runTutorial({ ...tutorial, steps: parts[0].slice(0, 2) })
const before = await dumps()
const outcomes = []
for (const part of parts) {
  for (const [i, step] of part.entries()) {
    if (step.actions.length === 0 || (await step.unable?.({})) !== undefined) continue
    const steps = [...part.slice(0, i), { ...step, actions: [...step.actions, failing] }]
    const reports = await runTutorial({ ...tutorial, steps })
    let after = await dumps()
    for (let end = performance.now() + 5000; !isDeepStrictEqual(before, after) && performance.now() < end; after = await dumps()) await sleep(50)
    const different = Object.keys({ ...before, ...after }).filter((key) => !isDeepStrictEqual(before[key], after[key]))
    outcomes.push([step.title, reports.find(({ error }) => error)?.error, reports.at(-1).checks[0].passed, different])
  }
}
console.log(JSON.stringify(outcomes))
`

describe.skipIf(reason)(`whatever step fails, nothing is left behind${reason ? ` (skipped: ${reason})` : ''}`, () => {
  // Most of the time is the kernel's, which waits before it lets go of a link.
  test.concurrent.each([...tutorials.keys()])(
    '%s',
    async (name) => {
      const { stdout, stderr, status } = await runScript(script, { args: [name], timeout: 110_000 })
      expect([status, stderr]).toEqual([0, ''])
      const outcomes = JSON.parse(stdout) as [string, string, boolean, string[]][]
      expect(outcomes.length).toBeGreaterThan(7)
      for (const [title, ...outcome] of outcomes) expect(outcome, title).toEqual(['made to fail', true, []])
    },
    120_000,
  )
})
