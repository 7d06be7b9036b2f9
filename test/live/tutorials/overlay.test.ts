import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { runScript } from '../child.ts'
import { noWorldReason } from '../world.ts'

const absent = ['tcpdump', 'tshark'].find((program) => spawnSync(program, ['--version']).error)
const reason = noWorldReason() ?? (absent === undefined ? undefined : `${absent} is not here`)

/** The part of the tutorial in which the internet is between the hosts, with a capture at the router while its last step is made. */
const script = `
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { enterSandbox, inside, withRoute } from './src/ops/index.ts'
import { link } from './src/rtnl/index.ts'
import { isPassed, runTutorial, tutorials } from './src/tutorials/index.ts'

await enterSandbox()
const whole = tutorials.get('container-networking')
const first = whole.steps.findIndex(({ title }) => title.startsWith('Several hosts on the internet'))
const last = whole.steps.findIndex(({ title }) => title === 'Leave room for the tunnel')
const tutorial = { ...whole, steps: whole.steps.slice(first, last + 1) }
const file = '/run/uplink.pcap'
let capture, ended
const reports = await runTutorial(tutorial, {
  async begin({ title }) {
    if (title !== 'Leave room for the tunnel') return
    // The kernel would hand on several segments as one packet, which no wire carries.
    for (const container of ['a1', 'b1']) await withRoute(container, {}, (route) => route.request(link.set({ name: 'eth0', gsoMaxSegs: 1 })))
    capture = inside('internet', () => spawn('tcpdump', ['-i', 'to-b', '--immediate-mode', '-Z', 'root', '-w', file], { stdio: ['ignore', 'ignore', 'pipe'] }))
    ended = once(capture, 'exit')
    // It is read to its end: who writes where nobody reads any more is killed.
    let said = ''
    await new Promise((resolve, reject) => {
      capture.stderr.on('data', (data) => { said += data; if (said.includes('listening on')) resolve() })
      capture.once('close', () => reject(new Error('tcpdump: ' + said)))
    })
  },
  async standing() {
    capture.kill('SIGINT')
    await ended
  },
})
const fields = ['frame.len', 'ip.src', 'ip.dst', 'udp.dstport', 'vxlan.vni', 'tcp.dstport', 'icmp.type', 'http.request.uri', 'frame.protocols']
const { stdout } = spawnSync('tshark', ['-r', file, '-T', 'fields', '-E', 'separator=;', '-E', 'occurrence=a', ...fields.flatMap((name) => ['-e', name])], { encoding: 'utf8' })
console.log(JSON.stringify({ passed: isPassed(tutorial, reports), found: reports.flatMap(({ checks }) => checks.filter((check) => !check.passed)), stdout }))
`

describe.skipIf(reason)(`the overlay on the wire${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('tshark sees VXLAN between the hosts, with the packets of the containers in it', async () => {
    const { stdout, stderr, status } = await runScript(script, { timeout: 60_000 })
    expect([status, stderr]).toEqual([0, ''])
    const result = JSON.parse(stdout) as { passed: boolean; found: unknown[]; stdout: string }
    expect(result).toMatchObject({ passed: true, found: [] })
    const packets = result.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(';') as [string, string, string, string, string, string, string, string, string])
    const tunnelled = packets.filter(([, , , , vni]) => vni === '42')
    expect(tunnelled.length).toBeGreaterThan(20)
    for (const [length, src, dst, port, , , , , protocols] of tunnelled) {
      expect(protocols).toMatch(/^eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:(tcp|icmp)/)
      expect(Number(length)).toBeLessThanOrEqual(1514)
      expect(port).toBe('4789')
      // Outside the hosts, inside the containers.
      const [hosts, containers] = [src, dst]
        .map((pair) => pair.split(','))
        .reduce((a, b) => a.map((x, i) => `${x} ${b[i]}`))
        .map((pair) => pair.split(' ').sort().join(' ')) as [string, string]
      expect([hosts, containers]).toEqual(['198.51.100.11 203.0.113.12', '10.0.1.2 10.0.2.2'])
    }
    // Nothing of a container goes by the internet bare, and the largest packets are as large as they may be.
    expect(packets.filter(([, src, , , vni]) => vni === '' && /10\.0\./.test(src))).toEqual([])
    expect(Math.max(...tunnelled.map(([length]) => Number(length)))).toBe(1514)
    expect(tunnelled.some(([, , , , , , type]) => type === '8')).toBe(true)
    expect(tunnelled.some(([, , , , , , , uri]) => uri === '/')).toBe(true)
  }, 90_000)
})
