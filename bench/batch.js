// 100,000 routes added by `ipts -batch` next to `ip -batch`: stopping at the first failure, and going on after failures.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { openRoute } from 'ipts'
import { faster, note, report, takeTurns } from './measure.js'
import { COUNT, clear, device, readyMade, settings } from './routes.js'

const socket = openRoute()
const index = device(socket)
const ipts = join(import.meta.dirname, '../dist/ipts.cjs')
const scratch = mkdtempSync(join(tmpdir(), 'ipts-bench-'))
const commands = join(scratch, 'routes')
const lines = Array.from({ length: COUNT }, (_, i) => `route add ${settings(index, i).dst} dev bench0\n`)
writeFileSync(commands, lines.join(''))
const empty = join(scratch, 'empty.cjs')
writeFileSync(empty, '')
const kernel = readyMade(index)

const run = (program, ...words) => void execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] })
const times = await takeTurns(
  {
    // What no program in node can do without: to start, and the kernel's own work.
    floor: () => {
      run(execPath, empty)
      kernel.send()
    },
    strict: () => run(execPath, ipts, '-batch', commands),
    ip: () => run('ip', '-batch', commands),
    forced: () => run(execPath, ipts, '-force', '-batch', commands),
    ipForced: () => run('ip', '-force', '-batch', commands),
  },
  { rounds: 5, warmUp: 1, before: () => clear(socket) },
)
rmSync(scratch, { recursive: true, force: true })
socket.close()
kernel.close()

const what = `${COUNT.toLocaleString('en')} lines of route add`
report(
  note('  node empty.cjs, then the same sent ready-made, nothing answered (the floor)', 'ms', times.floor),
  faster(1.5, `${what}, -batch`, 'ms', times.strict, 'ip -batch', times.ip),
  faster(3, `${what}, -force -batch`, 'ms', times.forced, 'ip -force -batch', times.ipForced),
)
