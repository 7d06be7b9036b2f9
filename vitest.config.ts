import { env } from 'node:process'
import { defineConfig } from 'vitest/config'

const common = {
  globalSetup: ['test/global-setup.ts'],
  setupFiles: ['test/setup.ts'],
  pool: 'forks',
  testTimeout: 30_000,
  // For a test that runs another one in a Node with these flags.
  execArgv: env.IPTS_WORKER_FLAGS?.split(' ') ?? [],
} as const

export default defineConfig({
  test: {
    projects: [
      // Values and bytes: what one file has loaded, the next has too.
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/live/**', 'test/second-kernel.test.ts'],
          isolate: false,
        },
      },
      // setns and unshare move a thread; a process of its own for each file keeps that thread the main one.
      { test: { ...common, name: 'live', include: ['test/live/**/*.test.ts', 'test/second-kernel.test.ts'] } },
    ],
  },
})
