import { describe, expect, test } from 'vitest'
import { candidates } from '../../src/cli/completion/candidates.ts'
import { unsupportedReason } from '../../src/libc/index.ts'

type Case = readonly [line: string, expected: readonly string[]]

const LINES: readonly Case[] = [
  ['link add x type veth p', ['peer']],
  ['link add x type vxcan peer name y txqueuel', ['txqueuelen']],
  ['link add x type veth peer name y ty', []],
  ['link xstats type bridge_', ['bridge_slave']],
  ['link xstats type bridge mc', ['mcast']],
  ['tunnel add x mode ipv', ['ipv4/ipv6', 'ipv6/ip', 'ipv6/ipv6']],
  ['tunnel show tt', ['ttl']],
  ['tuntap add x mode t', ['tun', 'tap']],
  ['tuntap del mode tun u', []],
  ['token set ::1 d', ['dev']],
  ['maddress add a', ['address']],
  ['stats show group xstats_', ['xstats_slave']],
  ['stats show group xstats subgroup br', ['bridge']],
  ['stats set l3_stats o', ['on', 'off']],
  ['tcp_metrics flush so', ['source']],
  ['mroute show ii', ['iif']],
  ['ntable show n', ['name']],
  ['nexthop get i', ['id']],
  ['nexthop bucket ge', ['get']],
  ['nexthop bucket get i', ['id', 'index']],
]

const DEVICE_LINES: readonly Case[] = [
  'link afstats dev l',
  'token list dev l',
  'token set ::1 dev l',
  'maddress show dev l',
  'maddress add 33:33:00:00:00:01 dev l',
  'netconf show dev l',
  'stats show dev l',
  'stats set dev l',
  'vrf exec l',
  'nexthop bucket list dev l',
].map((line) => [line, ['lo']])

const reason = unsupportedReason()

async function complete(line: string): Promise<string[]> {
  const words = line.split(' ')
  return (await candidates(words.slice(0, -1), words.at(-1)!)).sort()
}

describe('completion', () => {
  test.each(LINES)('%s', async (line, expected) => {
    expect(await complete(line)).toEqual([...expected].sort())
  })

  test.skipIf(reason).each(DEVICE_LINES)(`%s${reason ? ` (skipped: ${reason})` : ''}`, async (line, expected) => {
    expect(await complete(line)).toEqual(expected)
  })
})
