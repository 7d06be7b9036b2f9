import { existsSync, rmSync } from 'node:fs'
import process from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleLine } from '../../cli/iptables/arbitrary.ts'
import { seed } from '../../seed.ts'
import { noWorldReason } from '../world.ts'
import { buildOurs, masked, runInWorld } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/iptables') ? undefined : 'needs iptables')

const COMMANDS = Number(process.env.IPTS_RANDOM_COMMANDS ?? 160)

const TABLES = ['filter', 'nat', 'mangle']
const BAD_WORDS = [
  '!',
  '-p',
  '--dport',
  'x',
  '-j',
  '-m',
  '0',
  '70000',
  'nosuch',
  '--',
  '-n',
  '-s',
  '-f',
  '--syn',
  'tcp',
]

/** A table and what is done to one of its chains; most of them are there. */
const PLACES = [
  ['filter', '-A INPUT'],
  ['filter', '-A FORWARD'],
  ['filter', '-I FORWARD'],
  ['filter', '-I INPUT 2'],
  ['filter', '-C INPUT'],
  ['filter', '-A PREROUTING'],
  ['nat', '-A POSTROUTING'],
  ['nat', '-A PREROUTING'],
  ['mangle', '-A FORWARD'],
  ['mangle', '-A PREROUTING'],
  ['mangle', '-I INPUT'],
  ['mangle', '-A OUTPUT'],
] as const

/** The rule with a target that the table may have, and a chain that rules may jump to. */
function fitting(table: string, rule: string): string {
  const jump = rule.replace(/-([jg]) (OUTPUT|FORWARD)$/, '-$1 mine')
  return table === 'nat'
    ? jump.replace(/-j (DROP|REJECT|MARK.*)$/, '-j RETURN')
    : jump.replace(/-j (DNAT|SNAT|MASQUERADE).*$/, '-j ACCEPT')
}

/** A command line; one in three has a word too many, or lacks one. */
const command = fc
  .tuple(
    fc.constantFrom(...PLACES),
    ruleLine,
    fc.record({
      kind: fc.constantFrom('good', 'good', 'good', 'good', 'more', 'less'),
      at: fc.nat(30),
      word: fc.constantFrom(...BAD_WORDS),
    }),
  )
  .map(([[table, where], rule, { kind, at, word }]) => {
    const words = fitting(table, rule)
      .replace('-A INPUT', where)
      .split(/ +/)
      .filter((each) => each !== '')
    const place = at % words.length
    if (kind !== 'good') words.splice(place, kind === 'less' ? 1 : 0, ...(kind === 'more' ? [word] : []))
    return ['iptables', '-t', table, ...words].join(' ')
  })
  // What a shell would take apart is for the lines that people wrote, and so are names of hosts, which take seconds not to be found.
  .filter((line) => !/["'\\]/.test(line))
  .filter((line) => !/ -[sd] (?![\d.]+(\/|$| ))|10\.0\.0\.300/.test(line))

/** All that is there, as both tools tell it. */
const STATE = TABLES.flatMap((table) => [
  `iptables -t ${table} -S`,
  `iptables -t ${table} -L -n -v --line-numbers`,
  `/usr/sbin/iptables -t ${table} -S`,
])

test.skipIf(reason)(
  `random rules are to iptables what they are to ours${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const random = fc.sample(command, { seed, numRuns: COMMANDS })
    const commands = [
      ...TABLES.map((table) => `iptables -t ${table} -N mine`),
      ...random,
      ...STATE,
      '/usr/sbin/nft -j list ruleset',
      ...random.map((line) => line.replace(/-[AI] (\w+)( 2)?/, '-D $1')),
      ...STATE,
    ]
    const ours = buildOurs()
    try {
      const [real, own] = await Promise.all([runInWorld(commands, undefined), runInWorld(commands, ours)])
      const outcomes = commands.map((line, i) => ({
        line,
        expected: masked(real[i]!, false),
        actual: masked(own[i]!, false),
      }))
      const accepted = outcomes
        .slice(TABLES.length, TABLES.length + COMMANDS)
        .filter(({ expected }) => expected.status === 0).length
      const wrong = outcomes.filter(({ expected, actual }) => JSON.stringify(expected) !== JSON.stringify(actual))
      console.info(
        `seed ${seed}: ${commands.length} commands, ${accepted} of ${COMMANDS} rules made, ${wrong.length} wrong`,
      )
      expect(accepted).toBeGreaterThan(COMMANDS / 10)
      expect(wrong).toEqual([])
    } finally {
      rmSync(ours, { recursive: true, force: true })
    }
  },
  600_000,
)
