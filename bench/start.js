// The start of the command line: `ipts link` next to a node that does nothing.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { atMost, note, report, takeTurns } from './measure.js'

const ipts = join(import.meta.dirname, '../dist/ipts.cjs')
const scratch = mkdtempSync(join(tmpdir(), 'ipts-bench-'))
const empty = join(scratch, 'empty.cjs')
writeFileSync(empty, '')

function run(...words) {
  const { status, stderr } = spawnSync(execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`${words.join(' ')} gave ${status}: ${stderr}`)
}
const times = await takeTurns(
  { empty: () => run(empty), version: () => run(ipts, '-V'), link: () => run(ipts, 'link') },
  { rounds: 21 },
)
rmSync(scratch, { recursive: true, force: true })
report(
  note('start of ipts -V', 'ms', times.version),
  atMost(1.4, 'start of ipts link', 'ms', times.link, 'node empty.cjs', times.empty),
)
