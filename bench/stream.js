// The memory of a dump of 1,000,000 routes that is streamed: the process's peak, from its start to its end.
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { openRoute, route } from 'ipts'
import { note, report, under } from './measure.js'
import { clear, device, fill } from './routes.js'

const count = Number(env.IPTS_BENCH_ROUTES ?? 1_000_000)
const socket = openRoute()
if (process.argv[2] === 'fill') {
  const index = device(socket)
  clear(socket)
  fill(socket, index, count)
} else {
  const began = performance.now()
  let seen = 0
  let sum = 0
  for await (const { dst } of socket.stream(route.list({ family: 'inet', table: 254 }))) {
    seen++
    sum += dst.length
  }
  const time = performance.now() - began
  if (seen < count || sum < seen) throw new Error(`only ${seen} of ${count} routes came`)
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024
  const what = `${count.toLocaleString('en')} routes streamed`
  report(under(150, `${what}: peak of resident memory`, 'MiB', peak), note('  in', 'ms', time))
}
socket.close()
