import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { noSecondKernelReason, runInSecondKernel } from '../../scripts/second-kernel.js'

const root = join(import.meta.dirname, '../..')
const reason = noSecondKernelReason()

/** The steps of links that lie on another, which machines often lack. */
const script = `
import { enterSandbox } from './src/ops/index.ts'
import { runTutorial, tutorials } from './src/tutorials/index.ts'

await enterSandbox()
const whole = tutorials.get('container-networking')
const steps = whole.steps.filter(({ title }) => /macvlan|ipvlan/.test(title))
const reports = await runTutorial({ ...whole, steps }, { pictures: true })
const kinds = (topology) => topology?.wires.map(({ kind }) => kind)
console.log('REPORT' + JSON.stringify(reports.map(({ step, skipped, error, checks, topology }) => [step.title, skipped ?? error ?? '', checks.filter((check) => !check.passed), checks.length, kinds(topology)])))
`

describe.skipIf(reason)(`links on links in the second kernel${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('the steps of macvlan and ipvlan are made, and pass', async () => {
    const parent = join(root, 'node_modules/.cache/ipts-test')
    mkdirSync(parent, { recursive: true })
    const directory = mkdtempSync(join(parent, 'second-kernel-'))
    try {
      const outfile = join(directory, 'script.mjs')
      const stdin = { contents: script, resolveDir: root, loader: 'ts' } as const
      const target = { platform: 'node', target: 'node20', format: 'esm', packages: 'external' } as const
      buildSync({ stdin, outfile, bundle: true, ...target })
      const { error, status, stdout, stderr } = await runInSecondKernel([execPath, outfile], {
        modules: ['macvlan', 'ipvlan', 'veth'],
        timeout: 100_000,
        cwd: root,
      })
      expect([error, status, status === 0 ? '' : stderr]).toEqual([undefined, 0, ''])
      const reports = JSON.parse(/^REPORT(.*)$/m.exec(stdout ?? '')![1]!) as unknown[]
      expect(reports).toEqual([
        ['A container directly on eth0: macvlan', '', [], 4, ['veth', 'macvlan']],
        ['Put everything back', '', [], 1, ['veth']],
        ['A container with the card of eth0: ipvlan', '', [], 4, ['veth', 'ipvlan']],
        ['Put everything back', '', [], 1, ['veth']],
      ])
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }, 120_000)
})
