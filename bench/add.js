// 100,000 routes added: many in one system call, next to `ip -batch`, and one by one.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRoute, route } from 'ipts'
import { faster, note, report, takeTurns } from './measure.js'
import { COUNT, clear, device, readyMade, settings } from './routes.js'

const ours = openRoute()
const index = device(ours)
const scratch = mkdtempSync(join(tmpdir(), 'ipts-bench-'))
const commands = join(scratch, 'routes')
const numbers = Array.from({ length: COUNT }, (_, i) => i)
writeFileSync(commands, numbers.map((i) => `route add ${settings(index, i).dst} dev bench0\n`).join(''))

const succeeded = (results) => {
  const refused = results.find(({ ok }) => !ok)
  if (refused) throw refused.error
}

const floor = readyMade(index)

const times = await takeTurns(
  {
    floor: floor.send,
    batch: async () => succeeded(await ours.batch(numbers.map((i) => route.add(settings(index, i))))),
    batchSync: () => succeeded(ours.batchSync(numbers.map((i) => route.add(settings(index, i))))),
    answered: () =>
      succeeded(
        ours.batchSync(
          numbers.map((i) => route.add(settings(index, i))),
          { warnings: true },
        ),
      ),
    one: () => {
      for (const i of numbers) ours.requestSync(route.add(settings(index, i)))
    },
    ip: () => void execFileSync('ip', ['-batch', commands]),
  },
  { rounds: 5, warmUp: 1, before: () => clear(ours) },
)
rmSync(scratch, { recursive: true, force: true })
ours.close()
floor.close()

const what = `${COUNT.toLocaleString('en')} routes added`
report(
  note('  sent ready-made, nothing answered (the floor)', 'ms', times.floor),
  faster(4, `${what} by batch`, 'ms', times.batch, 'ip -batch', times.ip),
  note('  the same by batchSync', 'ms', times.batchSync),
  note('  the same by batchSync, warnings: true', 'ms', times.answered),
  faster(1.5, `${what} one by one, requestSync`, 'ms', times.one, 'ip -batch', times.ip),
)
