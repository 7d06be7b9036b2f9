import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath, platform } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE = 10_000

/**
 * Finds out, before any test, whether the kernel's RTNL lock answers. A task that dies in the kernel while it holds the lock (a
 * kernel bug) holds it for ever, and whatever asks for it then can neither return nor be killed: so the question is put by a
 * process that nobody waits for. Live tests read the answer, see `noWorldReason`.
 */
export async function setup(): Promise<void> {
  if (platform !== 'linux' || process.env.IPTS_RTNL) return
  const directory = mkdtempSync(join(tmpdir(), 'ipts-rtnl-'))
  const answer = join(directory, 'answered')
  const question = `require('os').networkInterfaces(); require('fs').writeFileSync(process.argv[1], '')`
  spawn(execPath, ['-e', question, answer], { detached: true, stdio: 'ignore' }).unref()
  const end = performance.now() + PATIENCE
  while (!existsSync(answer) && performance.now() < end) await sleep(20)
  process.env.IPTS_RTNL = existsSync(answer) ? 'answers' : 'dead'
  rmSync(directory, { recursive: true, force: true })
}
