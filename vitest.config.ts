import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    // setns and unshare move a thread; a process of its own for each file keeps that thread the main one.
    pool: 'forks',
    testTimeout: 30_000,
  },
})
