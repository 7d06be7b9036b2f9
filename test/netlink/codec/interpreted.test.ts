import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { expect, test } from 'vitest'

test('the codec works the same where making code from text is forbidden', () => {
  const root = join(import.meta.dirname, '../../..')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const suite = join(import.meta.dirname, 'attributes.test.ts')
  const flags = '--disallow-code-generation-from-strings'
  // Only the worker is told: vitest itself makes code from text.
  const out = execFileSync(execPath, [vitest, 'run', suite, '--reporter=json'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, VITEST: undefined, NODE_OPTIONS: undefined, IPTS_WORKER_FLAGS: flags },
  })
  const { numPassedTests, numFailedTests } = JSON.parse(out.slice(out.indexOf('{')))
  expect(out).toContain('"fullName":"no code is made from text","status":"passed"')
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(60)
})
