import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAll } from '../../src/cli/read.ts'
import { unsupportedReason } from '../../src/libc/index.ts'

const reason = unsupportedReason()

test.skipIf(reason)(
  `input that somebody made non-blocking is waited for${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ipts-read-'))
    const fifo = join(directory, 'fifo')
    execFileSync('mkfifo', [fifo])
    // Holds the other end open until the writer has it.
    const holder = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK)
    const fd = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const writer = spawn('sh', [
        '-c',
        'exec 3>"$0"; echo ready; sleep 0.05; printf hello >&3; printf ", world" >&3',
        fifo,
      ])
      await once(writer.stdout, 'data')
      closeSync(holder)
      expect(readAll(fd).toString()).toBe('hello, world')
    } finally {
      closeSync(fd)
      rmSync(directory, { recursive: true })
    }
  },
)
