import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { env } from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unsupportedReason } from '../../../src/libc/index.ts'
import { buildOurs } from './twin.ts'

const lacking = (shell: string) => {
  return unsupportedReason() ?? (spawnSync(shell, ['--version']).status === 0 ? undefined : `needs ${shell}`)
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

const words = (line: string) => line.split(' ').map(quoted).join(' ')

/** Has a shell complete lines, the last word of each of which is being written: a candidate a line, and "===" after each. */
const SHELLS: Readonly<Record<string, (lines: readonly string[]) => string[]>> = {
  bash: (lines) => [
    '--norc',
    '-c',
    `source <(ip completion bash ip)
     complete -p ip >/dev/null || exit
     ${lines.map((line) => `COMP_WORDS=(${words(line)}); COMP_CWORD=${line.split(' ').length - 1}; _ipts; printf '%s\\n' "\${COMPREPLY[@]}" '==='`).join('\n')}`,
  ],
  // compadd works inside of zsh's own machinery only, so that what it is given is shown in its place.
  zsh: (lines) => [
    '-f',
    '-c',
    `compdef() { [[ $* == '_ipts ip' ]] || exit }; compadd() { shift; print -rl -- "$@" }
     source <(ip completion zsh ip)
     ${lines.map((line) => `words=(${words(line)}); CURRENT=${line.split(' ').length}; _ipts; print -- '==='`).join('\n')}`,
  ],
  fish: (lines) => [
    '--no-config',
    '-c',
    `ip completion fish ip | source
     ${lines.map((line) => `complete --do-complete ${quoted(line)}; echo '==='`).join('\n')}`,
  ],
}

const LINES: readonly (readonly [line: string, expected: readonly string[]])[] = [
  ['ip li', ['link']],
  ['ip -js', ['-json']],
  ['ip --br', ['--brief']],
  ['ip -j rou', ['route']],
  ['ip route rep', ['replace']],
  ['ip ro add 10.0.0.0/8 via 10.0.0.1 prot', ['protocol']],
  ['ip link show dev l', ['lo']],
  ['ip route add default dev l', ['lo']],
  ['ip link add x type vx', ['vxcan', 'vxlan']],
  ['ip link add x type bridge ageing', ['ageing_time']],
  ['ip link set lo arp o', ['on', 'off']],
  ['ip link property add dev lo alt', ['altname']],
  ['ip monitor label nei', ['neigh']],
  ['ip -f inet', ['inet', 'inet6']],
  ['ip link sh', ['show']],
  ['ip link add x type veth peer name y txqueuel', ['txqueuelen']],
  ['ip nosuch x', []],
]

let directory: string
beforeAll(() => {
  directory = buildOurs()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe.each(Object.keys(SHELLS))('%s', (shell) => {
  const reason = lacking(shell)

  test.skipIf(reason)(
    `completes words${reason ? ` (skipped: ${reason})` : ''}`,
    () => {
      const { stdout, stderr } = spawnSync(shell, SHELLS[shell]!(LINES.map(([line]) => line)), {
        env: { ...env, PATH: `${directory}:${env.PATH}`, HOME: directory },
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      const answers = stdout.split(/^===\n/m).map((answer) => answer.split('\n').filter((word) => word !== ''))
      expect(LINES.map(([line], i) => [line, answers[i]!.sort()])).toEqual(
        LINES.map(([line, words]) => [line, [...words].sort()]),
      )
    },
    60_000,
  )
})
