import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from '../child.ts'
import type { Outcome } from '../cli/outcome.ts'
import { masked } from '../cli/twin.ts'
import type { Layers } from './stage.ts'

const root = join(import.meta.dirname, '../../..')
/** Where scripts/programs.js unpacks Debian packages. */
export const DEBIAN = join(root, 'node_modules/.cache/ipts-test/debian')

/** A program that calls ip and its like. */
export interface Program {
  readonly name: string
  /** What it needs: paths in `DEBIAN`, or on the machine where they begin with `/`. */
  readonly needs: readonly string[]
  readonly layers?: Layers
  /** Commands of the shell, one after another in one world. A tool in /run/real/bin is the real one in both. */
  readonly steps: readonly string[]
  /** Something that it says or leaves behind when it did its job: else two that fail alike would be equal. */
  readonly proves: RegExp
  /** It changes the rules of the firewall. */
  readonly firewall?: boolean
  /** What is random in what the program itself says. */
  mask?(text: string): string
}

/** What a step did, and how it left the network. */
export interface Step extends Outcome {
  readonly state: string
}

export function lacking(program: Program): string | undefined {
  const missing = program.needs.find((path) => !existsSync(path.startsWith('/') ? path : join(DEBIAN, path)))
  if (missing === undefined) return undefined
  return missing.startsWith('/') ? `needs ${missing}` : `needs ${missing}, which npm test fetches with apt-get`
}

/** The network, asked by the real tools. */
const NETWORK = `
  PATH=/run/real/bin:/usr/sbin:/usr/bin
  printf '%s\\n' address 'route show table all' rule neigh nexthop netns | ip -j -d -b -
  printf '%s\\n' 'route show table all' rule | ip -j -d -6 -b -
  cat /etc/resolv.conf /proc/sys/net/ipv4/ip_forward`
const FIREWALL = 'PATH=/run/real/bin:/usr/sbin; iptables-save; nft list ruleset'

/**
 * Runs a program's steps in a world of their own, with the real tools or, where `shims` is their directory, with ours in their place
 * and first on PATH. The processes that it starts have a process namespace of their own and end with it.
 */
export async function play(program: Program, shims: string | undefined): Promise<Step[]> {
  const states = program.firewall ? [NETWORK, FIREWALL] : [NETWORK]
  const { stdout, stderr, status } = await runScript(
    `
    import { writeFileSync } from 'node:fs'
    import { noticeCarriers } from './test/live/carriers.ts'
    import { enterStage } from './test/live/programs/stage.ts'
    import { runInShell } from './test/live/cli/outcome.ts'
    const [layers, steps, states, shims, debian] = process.argv.slice(2).map((arg) => JSON.parse(arg))
    enterStage(layers, shims ?? undefined)
    // Without a time in which an address is tentative, what is read does not depend on when.
    for (const name of ['all', 'default']) writeFileSync('/proc/sys/net/ipv6/conf/' + name + '/accept_dad', '0')
    const PATH = [...(shims ? [shims] : []), '/usr/sbin:/usr/bin:/sbin:/bin'].join(':')
    const env = {
      PATH, LC_ALL: 'C', HOME: '/nonexistent', DEBIAN: debian,
      PYTHONPATH: debian + '/usr/lib/python3/dist-packages', PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0',
    }
    const real = { ...env, PATH: '/usr/sbin:/usr/bin' }
    const read = () => states.map((state) => Object.values(runInShell(state, real)).join('\\n'))
    function settled() {
      noticeCarriers()
      for (let before = read(), rest = 20; ; rest--) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
        const after = read()
        if (String(after) === String(before) || rest === 0) return after
        before = after
      }
    }
    const outcomes = []
    for (const step of steps) {
      const outcome = runInShell(step, env)
      outcomes.push({ ...outcome, states: settled() })
    }
    process.stdout.write(JSON.stringify(outcomes))
    `,
    {
      args: [program.layers ?? {}, program.steps, states, shims ?? null, DEBIAN].map((arg) => JSON.stringify(arg)),
      timeout: 120_000,
      command: ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--'],
    },
  )
  if (status !== 0) throw new Error(`${program.name}: the world ended with status ${status}: ${stderr}`)
  return (JSON.parse(stdout) as (Outcome & { states: string[] })[]).map((step) => ({
    stdout: mask(step.stdout, program),
    stderr: mask(step.stderr, program),
    status: step.status,
    state: step.states.map((state, i) => (i === 0 ? inOrder : String)(mask(state, program))).join('\n'),
  }))
}

function mask(text: string, program: Program): string {
  const { stdout } = masked({ stdout: text, stderr: '', status: 0 }, false)
  const same = stdout
    .replace(/("[\w-]*timer": ?)[\d.]+/g, '$1SECONDS')
    .replace(/\b(packets|bytes) \d+/g, '$1 COUNT')
    .replace(/^(:.*) \[\d+:\d+\]$/gm, '$1')
  return program.mask?.(same) ?? same
}

/** The order of routes over several devices is that in which the kernel found their carriers. */
function inOrder(text: string): string {
  const lines = text.replaceAll('},{', '}\n{').split('\n')
  return lines
    .map((line) => line.replace(/^\[+|[\]},]+$/g, ''))
    .sort()
    .join('\n')
}
