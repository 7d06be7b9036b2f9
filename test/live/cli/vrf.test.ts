import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { noSecondKernelReason, runInSecondKernel } from '../../../scripts/second-kernel.js'

const root = join(import.meta.dirname, '../../..')
const reason = noSecondKernelReason()

/** What follows `ip`; `IP` is the tool itself, for all else the real one is good enough, which starts sooner there. */
const COMMANDS = [
  'vrf exec red sh -c "ip vrf identify; cat /proc/self/cgroup; ip vrf pids red | wc -l; cat; exit 7"',
  'vrf exec red sh -c "IP vrf exec default ip vrf identify; echo $?; kill -9 \\$\\$"',
  'vrf exec red nosuchprogram',
  'netns exec ns sh -c "IP vrf exec green cat /proc/self/cgroup"',
  'vrf exec red sh -c "IP netns exec ns cat /proc/self/cgroup"',
]
const MARK = '--- ours ---'

/** The same with each tool, one after the other, in links of its own. */
function script(tool: string): string {
  const lines = COMMANDS.map((command) => {
    return `{ echo in | ${tool} ${command.replaceAll('IP', tool)}; } 2>&1; echo "status $?"`
  })
  return [
    'ip link add red type vrf table 10; ip link set red up; ip netns add ns; ip -n ns link add green type vrf table 30',
    ...lines,
    `ip vrf exec red sleep 60 & sleep 1; ${tool} vrf pids red | sed 's/^ *[0-9]*/PID/'; kill $!`,
    'ip link del red; ip netns del ns',
  ].join('\n')
}

describe.skipIf(reason)(`ip vrf exec in the second kernel${reason ? ` (skipped: ${reason})` : ''}`, () => {
  // A process was seen to hang there for as long as it was let.
  test('ties programs to a VRF as ip does', { timeout: 180_000, retry: 1 }, async () => {
    const cache = join(root, 'node_modules/.cache/ipts-test')
    mkdirSync(cache, { recursive: true })
    // Inside the repository, where koffi is found.
    const directory = mkdtempSync(join(cache, 'vrf-'))
    try {
      const outfile = join(directory, 'ipts.mjs')
      buildSync({
        entryPoints: [join(root, 'src/cli/main.ts')],
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        packages: 'external',
      })
      const ours = `${execPath} ${outfile}`
      const both = `${script('/sbin/ip')}\necho "${MARK}"\n${script(ours)}`
      const options = { modules: ['vrf'], timeout: 120_000, cwd: root, env: { LC_ALL: 'C' } }
      const { error, stdout = '' } = await runInSecondKernel(['/bin/sh', '-c', both], options)
      if (error) throw new Error(error)
      const [expected, actual] = stdout.split(`${MARK}\n`)
      expect(expected).toContain('0::/vrf/red\n')
      expect(expected).toContain('0::/ns-ns/vrf/green\n')
      expect(actual).toBe(expected)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
