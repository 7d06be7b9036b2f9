import { availableParallelism } from 'node:os'
import { env } from 'node:process'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const setup = 'test/setup.ts'
const common = {
  globalSetup: 'test/global-setup.ts',
  setupFiles: setup,
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // For a test that runs another one in a Node with these flags.
  execArgv: env.IPTS_WORKER_FLAGS?.split(' ') ?? [],
} as const

/**
 * Those that take longest, so that nobody waits for the last of them alone: first the second kernels, which suffer most from others, one on
 * each processor.
 */
const LONGEST = [
  'live/cli/second-kernel.test',
  'test/second-kernel.test',
  'live/cli/twin.test',
  'live/programs',
  'fuzz',
  'live/tutorials/verbatim',
  'live/cli/monitor',
  'live/ops/plan',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((part) => moduleId.includes(part))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    maxConcurrency: 2,
    // Tests wait for the kernel and for each other's processes about a quarter of their time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Values and bytes: what one file has loaded, the next has too.
      {
        test: {
          ...common,
          name: 'unit',
          setupFiles: [setup, 'test/properties.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/live/**', 'test/second-kernel.test.ts'],
          isolate: false,
        },
      },
      // setns and unshare move a thread; a process of its own for each file keeps that thread the main one.
      // The kernel notices carriers, and has addresses ready, in its own time, which on a busy machine is now and then beyond any patience:
      // what is wrong is wrong twice.
      {
        test: { ...common, name: 'live', retry: 1, include: ['test/live/**/*.test.ts', 'test/second-kernel.test.ts'] },
      },
    ],
  },
})
