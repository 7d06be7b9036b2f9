import { existsSync, rmSync } from 'node:fs'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { objectNamed } from '../../../src/cli/bridge/objects.ts'
import { type CommandTable, type Grammar, spelled, Words } from '../../../src/cli/grammar/index.ts'
import { OBJECTS } from '../../../src/cli/ip/objects.ts'
import type { Session } from '../../../src/cli/session.ts'
import { testSession } from '../../cli/session.ts'
import { seed } from '../../seed.ts'
import { noWorldReason } from '../world.ts'
import type { Outcome } from './outcome.ts'
import { chanceOf } from './random/chance.ts'
import { positionalOf, randomCommand, type VerbTable } from './random/commands.ts'
import { buildOurs, masked, runInWorld } from './twin.ts'

const reason = noWorldReason() ?? (existsSync('/usr/sbin/ip') || existsSync('/sbin/ip') ? undefined : 'needs iproute2')

const COMMANDS = Number(process.env.IPTS_RANDOM_COMMANDS ?? 300)

/** The grammars that commands parse their words by, in the order in which they ask. */
const parsed = vi.hoisted(() => [] as Grammar<never>[])
vi.mock(import('../../../src/cli/grammar/parse.ts'), async (original) => {
  const actual = await original()
  const parse: typeof actual.parse = (grammar, words, draft) => {
    parsed.push(grammar as unknown as Grammar<never>)
    return actual.parse(grammar, words, draft)
  }
  return { ...actual, parse }
})

const OBJECTS_OF_IP = ['link', 'address', 'route', 'neighbour', 'rule', 'nexthop']
const OBJECTS_OF_BRIDGE = ['link', 'fdb', 'mdb', 'vni']
/** Those that read a file or a terminal, or have no grammar to speak of. */
const NO_VERBS = /^(save|restore|showdump|help|xstats|afstats|monitor|test)$/

async function tablesOf(program: string, object: string, command: CommandTable<Session>): Promise<VerbTable[]> {
  const tables: VerbTable[] = []
  for (const { spellings, run } of command.verbs) {
    if (NO_VERBS.test(spellings[0]!.text)) continue
    parsed.length = 0
    try {
      await run(testSession(), new Words(['no-such-word', 'no-such-word']))
    } catch {
      // Whatever it does with such words and without a kernel: what it parses by has been seen.
    }
    const grammar = parsed[0]
    if (grammar === undefined) continue
    const { keywords } = grammar
    tables.push({ program, object, verb: spellings, keywords, positional: positionalOf(grammar) })
  }
  return tables
}

async function allTables(): Promise<VerbTable[]> {
  const tables: VerbTable[] = []
  for (const name of OBJECTS_OF_IP) tables.push(...(await tablesOf('ip', name, await spelled(name, OBJECTS)!.load())))
  for (const name of OBJECTS_OF_BRIDGE) tables.push(...(await tablesOf('bridge', name, await objectNamed(name).load())))
  return tables
}

/** All back to the beginning, by the real tools: nothing but what a new namespace has, and then something to work on. */
const AGAIN = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin
for d in $(ip -o link | sed 's/^[0-9]*: //; s/[@:].*//'); do ip link del $d; done 2>/dev/null
ip nexthop flush; ip addr flush dev lo; ip link set lo down; ip link set lo mtu 65536 txqueuelen 1000 up
for t in 'table 77' 'table 1000' 'table main' 'table default'; do ip route flush $t; ip -6 route flush $t; done 2>/dev/null
for f in -4 -6; do ip $f rule flush; ip $f rule add pref 0 table local; ip $f rule add pref 32766 table main; done
ip -4 rule add pref 32767 table default
for f in all default lo; do echo 1 >/proc/sys/net/ipv6/conf/$f/addr_gen_mode; echo 0 >/proc/sys/net/ipv6/conf/$f/accept_dad; done 2>/dev/null
ip link add v0 index 20 address 02:00:00:00:00:10 type veth peer name v1 index 21 address 02:00:00:00:00:11
ip link add v2 index 22 address 02:00:00:00:00:12 type veth peer name v3 index 23 address 02:00:00:00:00:13
ip link add br0 index 24 address 02:00:00:00:00:b0 type bridge
ip link add ifb0 index 25 address 02:00:00:00:00:1f type ifb
ip link add vx0 index 26 address 02:00:00:00:00:e0 type vxlan external vnifilter dstport 4790
ip link set v2 master br0; echo 1 >/proc/sys/net/ipv6/conf/br0/disable_ipv6
for d in v0 v1 v2 v3 br0; do ip link set $d up; done
ip addr add 10.0.0.1/24 dev v0
ip addr add fd00::1/64 dev v0
`
  .trim()
  .replaceAll('\n', '; ')

/** What there is then, as the real tools tell it. */
const STATE = [
  '/usr/sbin/ip -j -d link',
  '/usr/sbin/ip -j addr',
  '/usr/sbin/ip -j -d route show table all',
  '/usr/sbin/ip -6 -j -d route show table all',
  '/usr/sbin/ip -j rule',
  '/usr/sbin/ip -6 -j rule',
  '/usr/sbin/ip -j neigh show nud all',
  '/usr/sbin/ip -j neigh show proxy',
  '/usr/sbin/ip -j nexthop',
  '/usr/sbin/bridge -j fdb',
  '/usr/sbin/bridge -j mdb',
  '/usr/sbin/bridge -j vni',
]
/** Commands in a row before all is put back: what follows the first difference says nothing more. */
const ROUND = 20

/** What comes a moment after a link has gone up or down: how long that takes is the kernel's matter. */
const settling = (text: string) =>
  text
    .replace(/"?NO-CARRIER"?,|,"?LOWER_UP"?|,?"linkdown"| linkdown\b/g, '')
    .replace(/("\w+_timer": ?|_timer +)[\d.]+/g, '$1')
    .replace(/("operstate": ?"|\bstate )[A-Z]+\b/g, '$1')
    .replace(/^(\S+ +)(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN) +/gm, '$1')

/** What the kernel does by itself, when it has time: it joins groups of multicast and tells of them. */
const OWN_DOINGS = /"(ff02::|224\.0\.0\.)|"type":"multicast"/

/** The entries of a table, whose order is often that of a hash. */
function inOrder(table: string): string {
  try {
    const parsed = JSON.parse(table) as [{ readonly mdb?: object[] }, ...object[]]
    const entries = parsed[0]?.mdb ?? (parsed as object[])
    const lines = entries.map((entry) => JSON.stringify(entry))
    return lines
      .filter((line) => !OWN_DOINGS.test(line))
      .sort()
      .join('\n')
  } catch {
    return table
  }
}

/** Of a table that cannot be had, the tools leave the JSON open; ours is whole. */
function isUnended(expected: Outcome, actual: Outcome): boolean {
  const [theirs, ours] = [expected, actual].map(({ stdout }) => stdout.replace(/\s/g, ''))
  return theirs === '[' && ours === '[]' && actual.status === expected.status && actual.stderr === expected.stderr
}

function steady(outcome: Outcome, command: string): Outcome {
  const stdout = STATE.includes(command) ? inOrder(outcome.stdout) : outcome.stdout
  return masked({ ...outcome, stdout: settling(stdout) }, true)
}

describe.skipIf(reason)(`any words, the same outcome (seed ${seed})${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let directory: string
  beforeAll(() => {
    directory = buildOurs()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test(`${COMMANDS} commands`, async () => {
    const chance = chanceOf(seed)
    const tables = await allTables()
    expect(tables.length).toBeGreaterThan(35)
    const lines: string[] = []
    for (let i = 0; i < COMMANDS; i++) {
      if (i % ROUND === 0) lines.push(AGAIN)
      lines.push(randomCommand(tables, chance))
      if (i % ROUND === ROUND - 1) lines.push(...STATE)
    }
    const [real, again, own] = await Promise.all([
      runInWorld(lines, undefined),
      runInWorld(lines, undefined),
      runInWorld(lines, directory),
    ])
    const wrong: object[] = []
    let compared = 0
    let done = 0
    let begun = 0
    let differs = false
    for (const [i, command] of lines.entries()) {
      if (command === AGAIN) {
        begun = i + 1
        differs = false
        continue
      }
      const [expected, repeated, actual] = [real, again, own].map((world) => steady(world[i]!, command))
      if (differs || JSON.stringify(expected) !== JSON.stringify(repeated)) continue
      compared++
      if (expected!.status === 0) done++
      differs = JSON.stringify(expected) !== JSON.stringify(actual) && !isUnended(expected!, actual!)
      if (differs) wrong.push({ seed, command, after: lines.slice(begun, i), expected, actual })
    }
    console.info(`seed ${seed}: ${compared} of ${lines.length} lines compared, ${done} of them did something`)
    expect(wrong.slice(0, 20)).toEqual([])
    expect(compared).toBeGreaterThan(lines.length * 0.8)
    expect(done).toBeGreaterThan(lines.length * 0.2)
  }, 300_000)
})
