import { existsSync, rmSync } from 'node:fs'
import { release } from 'node:os'
import { basename } from 'node:path'
import { execPath } from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documents, linesOf, missing, readDocument } from '../../tutorials/documents.ts'
import type { Outcome } from '../cli/outcome.ts'
import { buildOurs, masked } from '../cli/twin.ts'
import { noNatReason } from '../netfilter/kernel.ts'
import { type Host, startHost } from './host.ts'
import { type Reader, readers } from './reader.ts'
import { type Section, sectionsOf } from './reading.ts'

const TOOLS = ['ip', 'bridge', 'ping', 'arp', 'sysctl', 'brctl', 'ifconfig', 'route', 'iptables', 'iptables-save']
const real = (name: string) =>
  ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((where) => existsSync(`${where}/${name}`))
const lacking = [...TOOLS, 'bash', 'nsenter'].filter((name) => !real(name))
const reason = noNatReason() ?? missing ?? (lacking.length > 0 ? `needs ${lacking.join(', ')}` : undefined)

/** Each namespace in turn, by the real tools. */
const everywhere = (...looks: readonly string[]) => `
  for n in . $(ls $RUN/netns 2> /dev/null); do
    echo "== $n"
    for look in ${looks.map((words) => `'${words}'`).join(' ')}; do
      [ $n = . ] && $look || nsenter --net=$RUN/netns/$n $look || exit
    done
  done
`
const LINKS = everywhere('ip -j -d addr')
const STATE = everywhere(
  'ip -j -p -d addr',
  'ip route',
  'bridge link',
  'bridge vlan',
  'sysctl net.ipv4.ip_forward',
  'iptables-save',
)

/**
 * What is random, and what depends on which of the two was quicker: besides what `masked` knows, whether an IPv6 address is still being
 * tried out, timers and the addresses of bridges as brctl has them. A proxy entry without a device is shown in every namespace of the
 * machine, whoever made it. Whether a link without carrier is `LOWERLAYERDOWN` or `DOWN` is up to whether the kernel noticed before its
 * peer was moved away: `default_operstate` of net/core/link_watch.c.
 */
const settledText = (text: string) =>
  masked({ stdout: text, stderr: '', status: 0 }, false)
    .stdout.replaceAll(/\s*"tentative": ?true,?/g, '')
    .replaceAll(' tentative', '')
    .replaceAll(/(state |"operstate": ?")LOWERLAYERDOWN/g, '$1DOWN')
    .replaceAll(/LOWERLAYERDOWN(?= )/g, 'DOWN'.padEnd(14))
    .replaceAll(/("\w+_timer": *)[\d.]+/g, '$1TIME')
    .replaceAll(/\b8000\.[0-9a-f]{12}\b/g, '8000.MAC')
    .replaceAll(/^.*<from_interface> +MP +\*\n/gm, '')
    .replace(/^Address +HWtype .*\n$/, '')

const seen = ({ stdout, stderr, status }: Outcome) => ({
  stdout: settledText(stdout),
  stderr: settledText(stderr),
  status,
})

describe.skipIf(reason).concurrent(`the documents, typed as they are${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let shims = ''
  beforeAll(() => {
    shims = buildOurs()
  })
  afterAll(() => rmSync(shims, { recursive: true, force: true }))

  test('a host with shims has no other tool', async () => {
    await using host = await startHost(shims)
    const { stdout } = await host.type(
      `for t in ${TOOLS.join(' ')}; do command -v $t; done; echo /bin/* /sbin/* /usr/bin/* /usr/sbin/*`,
    )
    const own = TOOLS.map((name) => `${shims}/${name}\n`).join('')
    expect(stdout.startsWith(own)).toBe(true)
    const programs = stdout
      .slice(own.length)
      .trim()
      .split(' ')
      .map((path) => basename(path))
    expect([...new Set(programs)].filter((name) => name !== basename(execPath)).sort()).toEqual(['*', 'bash', 'sh'])
  })

  test.each(Object.keys(documents))('%s', { timeout: 600_000 }, async (name) => {
    const reader = readers[name]!
    const { sections, skipped, own } = sectionsOf(linesOf(readDocument(name)), reader)
    let report = await typeDocument(sections, reader)
    for (let again = 0; report.disturbed && again < 2; again++) report = await typeDocument(sections, reader)
    console.info(`${name}: ${report}; ${own} of the lines are the reader's; not typed: ${skipped.join('; ') || 'none'}`)
    expect(report.wrong).toEqual([])
    expect(report.pings).toEqual(reader.pings)
  })

  async function typeDocument(sections: readonly Section[], reader: Reader): Promise<Report> {
    const report = new Report()
    for (const part of parts(sections, reader)) {
      await using own = await startHost(shims)
      await using theirs = await startHost()
      await typeAll(part, { theirs, own }, report)
    }
    return report
  }
})

/** A document may begin anew, on a fresh machine. */
function parts(sections: readonly Section[], { freshAt = [] }: Reader): Section[][] {
  const all: Section[][] = [[]]
  for (const section of sections) {
    if (freshAt.includes(section.title)) all.push([])
    all.at(-1)!.push(section)
  }
  return all
}

class Report {
  lines = 0
  inScripts = 0
  equal = 0
  states = 0
  readonly wrong: object[] = []
  /** Whether a ping has lost some of its packets, and not all: a machine that is too busy. Nothing here loses any by itself. */
  disturbed = false
  readonly pings = { answered: 0, lost: 0, refused: 0 }

  toString() {
    const { answered, lost, refused } = this.pings
    return (
      `${this.equal} of ${this.lines} lines equal (and ${this.inScripts} lines in scripts), ${this.states} states compared, ` +
      `pings answered ${answered}, lost ${lost}, refused ${refused}`
    )
  }

  /** Of the real tools: that ours do the same is compared elsewhere. */
  count([{ stdout, stderr }, own]: readonly [Outcome, Outcome]) {
    this.disturbed ||= / (?!0%|100%)[\d.]+% packet loss/.test(stdout + own.stdout)
    this.pings.answered += [...stdout.matchAll(/ 0% packet loss/g)].length
    this.pings.lost += [...stdout.matchAll(/ 100% packet loss/g)].length
    this.pings.refused += [...stderr.matchAll(/^ping: connect: /gm)].length
  }
}

const CHANGING = / (add|set|del|-A|-I|-w) /

interface Hosts {
  readonly theirs: Host
  readonly own: Host
}

async function typeAll(sections: readonly Section[], { theirs, own }: Hosts, report: Report): Promise<void> {
  const both = <T>(act: (host: Host) => Promise<T>) => Promise.all([act(theirs), act(own)])
  for (const { title, scripts, lines } of sections) {
    for (const { name, text } of scripts) {
      for (const host of [theirs, own]) host.script(name, text)
      report.inScripts += text.trim().split('\n').length
    }
    for (const line of lines) {
      if (!CHANGING.test(line)) await settle(both)
      const outcomes = await both((host) => host.type(line))
      const [expected, actual] = outcomes.map(seen)
      report.lines++
      report.count(outcomes)
      if (JSON.stringify(expected) === JSON.stringify(actual)) report.equal++
      else report.wrong.push({ title, line, expected, actual })
    }
    await settle(both)
    const [expected, actual] = (await both((host) => host.look(STATE))).map(settledText)
    report.states++
    if (expected !== actual) report.wrong.push({ title, state: differing(expected!, actual!) })
  }
}

/**
 * The kernel takes up to so many milliseconds to notice that a cable has both its ends up, or no longer has: none at all where it does so
 * for being asked.
 */
const CARRIER = release().localeCompare('6.8', 'en', { numeric: true }) < 0 ? 1100 : 0
/** For what else the kernel does when it comes to it, as taking down what was in a deleted namespace. */
const PATIENCE = 5000

/**
 * Waits until both hosts have the same links, or it is no use to wait; and where a link without carrier may be about to get it, until
 * that would have happened.
 */
async function settle(both: (act: (host: Host) => Promise<string>) => Promise<[string, string]>): Promise<void> {
  const begun = Date.now()
  let since = begun
  let last = ''
  while (Date.now() < begun + PATIENCE) {
    await both(async (host) => {
      host.noticeCarriers()
      return ''
    })
    const [expected, actual] = (await both((host) => host.look(LINKS))).map(settledText) as [string, string]
    if (expected !== last) {
      since = Date.now()
      last = expected
    }
    const quiet = !expected.includes('NO-CARRIER') || Date.now() >= since + CARRIER
    if (expected === actual && quiet) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What is between the lines that both begin with and those that both end with. */
function differing(expected: string, actual: string) {
  const [before, after] = [expected.split('\n'), actual.split('\n')] as const
  const from = before.findIndex((line, i) => line !== after[i])
  while (before.length > from && after.length > from && before.at(-1) === after.at(-1)) {
    before.pop()
    after.pop()
  }
  return { expected: before.slice(Math.max(from, 0)), actual: after.slice(Math.max(from, 0)) }
}
