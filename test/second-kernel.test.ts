import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { describe, expect, test } from 'vitest'
import { noSecondKernelReason, runInSecondKernel } from '../scripts/second-kernel.js'
import type { InnerFile } from './second-kernel-reporter.ts'

// What depends on the kernel and on the kinds of links it has: the rest of test/live asks for nothing that this machine's lacks.
// Where this machine's kernel answers nothing at all, that rest is run there too, but for the thousands of processes of test/live/cli.
const alone = env.IPTS_RTNL === 'dead'
const rest = ['libc', 'ops', 'tutorials', 'world.test.ts']
const suites = ['rtnl', 'netns', 'netlink', ...(alone ? rest : [])].map((name) => `test/live/${name}`)
// A module that has /dev/net/tun made; the kernel loads the others when they are asked for.
const modules = ['tun']
const limit = alone ? 360_000 : 280_000

const root = join(import.meta.dirname, '..')

interface Outcome {
  readonly files: readonly InnerFile[]
  readonly boot?: number
  /** What went wrong with the run itself. */
  readonly failure?: string
}

async function runInside(): Promise<Outcome> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'ipts-second-kernel-results-'))
  const results = join(directory, 'results.json')
  try {
    const vitest = ['run', ...suites, '--configLoader', 'runner', '--no-cache', '--maxWorkers=1', '--testTimeout=60000']
    // There a process was seen to hang for as long as it was let, one in some hundreds: a test that fails has another try.
    vitest.push('--retry=1')
    const { error, bootMilliseconds, stdout, stderr } = await runInSecondKernel(
      [
        execPath,
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...vitest,
        `--reporter=${join(root, 'test/second-kernel-reporter.ts')}`,
      ],
      {
        modules,
        timeout: limit,
        cwd: root,
        env: { IPTS_RESULTS: results, NO_COLOR: '1' },
        writable: [directory],
        // The root is read-only there; this is where vitest and the tests themselves put their files.
        covered: ['.cache', '.vite', '.vite-temp'].map((name) => join(root, 'node_modules', name)),
      },
    )
    if (error) return { files: [], failure: error }
    try {
      const { files, besides } = JSON.parse(readFileSync(results, 'utf8')) as { files: InnerFile[]; besides: string[] }
      return { files, boot: bootMilliseconds, failure: besides.join('\n') || undefined }
    } catch {
      return { files: [], failure: `vitest left no results: ${`${stdout}${stderr}`.slice(-2000)}` }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const reason = noSecondKernelReason()

if (reason) {
  test.skip(`Second kernel (skipped: ${reason})`, () => {})
} else {
  // One test here for each test there: they have to be known before the first one runs.
  const { files, boot, failure } = await runInside()
  describe(`Second kernel${boot === undefined ? '' : `, booted in ${(boot / 1000).toFixed(1)} s`}`, () => {
    test('it boots, and runs the live tests to their end', () => {
      expect(failure).toBeUndefined()
      expect(files.length).toBeGreaterThanOrEqual(suites.length)
    })

    for (const { file, errors, tests } of files) {
      describe(file, () => {
        if (tests.length === 0 || errors.length > 0) {
          test('can be run', () => {
            throw new Error(errors.join('\n') || 'it has no tests')
          })
        }
        for (const { title, state, why } of tests) {
          if (state === 'skipped') test.skip(`${title}${why ? ` (skipped: ${why})` : ''}`, () => {})
          else {
            test(title, () => {
              if (state !== 'passed') throw new Error(why ?? `it was left ${state}`)
            })
          }
        }
      })
    }

    test.skipIf(failure)('the kinds that machines often lack were made there', () => {
      const kinds = files.find(({ file }) => file.endsWith('/rtnl/kinds.test.ts'))?.tests ?? []
      const passed = kinds.filter(({ state }) => state === 'passed').map(({ title }) => title.split(' > ').at(-1))
      expect(passed).toEqual(
        expect.arrayContaining(['dummy', 'vlan', 'ipvlan', 'bond', 'vrf', 'geneve', 'gre', 'nlmon']),
      )
    })
  })
}
