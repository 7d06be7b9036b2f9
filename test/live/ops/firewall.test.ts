import { execFileSync, spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { InvalidValueError } from '../../../src/libc/index.ts'
import * as netns from '../../../src/netns/index.ts'
import {
  allowForward,
  deleteRulesOf,
  dropInput,
  masquerade,
  type Op,
  ownersOfRules,
  plan,
  publishPort,
  setForwardPolicy,
  snapshot,
} from '../../../src/ops/index.ts'
import { noNatReason } from '../netfilter/kernel.ts'
import { enterDisposableWorld } from '../world.ts'

const absent = ['iptables', 'nft'].find((program) => spawnSync(program, ['--version']).error)
const reason = noNatReason() ?? (absent === undefined ? undefined : `${absent} is not here`)

/** Each op, and what one types into iptables for the same. */
const pairs: readonly (readonly [command: string, op: Op])[] = [
  ['-P FORWARD DROP', setForwardPolicy('drop', { netns: 'ours' })],
  ['-t nat -A POSTROUTING -s 192.168.15.0/24 -o eth0 -j MASQUERADE', masq({ source: '192.168.15.0/24', out: 'eth0' })],
  ['-t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE', masq({ source: '192.168.15.0/24' })],
  [
    '-t nat -I POSTROUTING -s 10.0.0.0/24 ! -o br0 -j MASQUERADE',
    masq({ source: '10.0.0.0/24', notOut: 'br0', first: true }),
  ],
  ['-t nat -A POSTROUTING -s 10.100.0.1/16 ! -o br00 -j MASQUERADE', masq({ source: '10.100.0.1/16', notOut: 'br00' })],
  ['-t nat -A POSTROUTING -s 10.1.2.3 -j MASQUERADE', masq({ source: '10.1.2.3' })],
  ['-t nat -A POSTROUTING -s 172.16.0.0/12 -j MASQUERADE', masq({ source: '172.16.0.0/12' })],
  ['-t nat -A POSTROUTING -s 10.1.2.3/31 -j MASQUERADE', masq({ source: '10.1.2.3/31' })],
  ['-t nat -A POSTROUTING -j MASQUERADE', masq({})],
  [
    '-t nat -A POSTROUTING -s 10.3.0.0/16 -o br0 -m conntrack --ctstate DNAT -j MASQUERADE',
    masq({ source: '10.3.0.0/16', out: 'br0', redirected: true }),
  ],
  [
    '-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.1:80',
    publishPort({ port: 8080, to: '192.168.15.1:80', netns: 'ours' }),
  ],
  [
    '-t nat -A PREROUTING -p udp -d 10.2.3.4 --dport 53 -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.168.15.1:5353',
    publishPort({
      port: 53,
      to: '192.168.15.1:5353',
      protocol: 'udp',
      address: '10.2.3.4',
      toSelf: true,
      netns: 'ours',
    }),
  ],
  [
    '-t nat -A OUTPUT -p tcp ! -d 127.0.0.0/8 --dport 8080 -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.168.15.1:80',
    publishPort({ port: 8080, to: '192.168.15.1:80', local: true, netns: 'ours' }),
  ],
  [
    '-t nat -A OUTPUT -p tcp --dport 8081 -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.168.15.1:80',
    publishPort({ port: 8081, to: '192.168.15.1:80', local: true, loopback: true, netns: 'ours' }),
  ],
  [
    '-t nat -A OUTPUT -p tcp -d 127.0.0.1 --dport 8082 -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.168.15.1:80',
    publishPort({ port: 8082, to: '192.168.15.1:80', local: true, address: '127.0.0.1', netns: 'ours' }),
  ],
  [
    '-I INPUT -i br0 -d 127.0.0.0/8 -m state ! --state ESTABLISHED,RELATED -j DROP',
    dropInput({
      in: 'br0',
      destination: '127.0.0.0/8',
      notStates: ['established', 'related'],
      first: true,
      netns: 'ours',
    }),
  ],
  [
    '-A FORWARD -p tcp -d 192.168.15.1 --dport 80 -m state --state NEW,ESTABLISHED,RELATED -j ACCEPT',
    allowForward({
      protocol: 'tcp',
      destination: '192.168.15.1',
      port: 80,
      states: ['new', 'established', 'related'],
      netns: 'ours',
    }),
  ],
  ['-I FORWARD -i br0 -o eth0 -j ACCEPT', allowForward({ in: 'br0', out: 'eth0', first: true, netns: 'ours' })],
  ['-A FORWARD -o br0 -i eth0 -j ACCEPT', allowForward({ in: 'eth0', out: 'br0', netns: 'ours' })],
  [
    '-A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT',
    allowForward({ states: ['established', 'related'], netns: 'ours' }),
  ],
  [
    '-A FORWARD -p tcp -s 10.0.0.0/8 -d 10.64.0.0/10 --dport 65535 -j ACCEPT',
    allowForward({ protocol: 'tcp', source: '10.0.0.0/8', destination: '10.64.0.0/10', port: 65_535, netns: 'ours' }),
  ],
]

function masq(settings: Parameters<typeof masquerade>[0]): Op {
  return masquerade({ ...settings, netns: 'ours' })
}

const inside = (name: string, ...command: string[]) =>
  execFileSync('ip', ['netns', 'exec', name, ...command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const ruleset = (name: string) => inside(name, 'nft', 'list', 'ruleset')
const saved = (name: string) => inside(name, 'iptables-save').replace(/^#.*\n/gm, '')

describe.skipIf(reason)(`firewall ops${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(() => {
    enterDisposableWorld()
    netns.create('ours')
    netns.create('theirs')
  })

  test('the rules are those that iptables makes, says iptables and says nft', async () => {
    const lab = plan(
      'rules',
      pairs.map(([, op]) => op),
    )
    for (const [command] of pairs) inside('theirs', 'iptables', ...command.split(' '))
    const done = await lab.do()
    expect(saved('ours')).toBe(saved('theirs'))
    expect(ruleset('ours')).toBe(ruleset('theirs'))
    for (const [command, op] of pairs) {
      expect(await op.isDone(), command).toBe(true)
      // iptables knows each as its own, deletes it, and can add it again.
      if (command.startsWith('-P')) continue
      inside('ours', 'iptables', ...command.replace(/-[AI] /, '-C ').split(' '))
    }
    await lab.undo(done)
    expect(ruleset('ours')).toBe('')
    for (const [command, op] of pairs) expect(await op.isDone(), command).toBe(false)
  })

  test.each([true, false])(
    'on a host that has rules of its own (undone in order: %s), those are left as they are',
    async (inOrder) => {
      for (const command of [
        '-t nat -A POSTROUTING -s 10.9.0.0/16 -j MASQUERADE',
        '-A FORWARD -i x -j DROP',
        '-P FORWARD DROP',
      ]) {
        inside('ours', 'iptables', ...command.split(' '))
      }
      const [before, text] = [await snapshot(), ruleset('ours')]
      const done: unknown[] = []
      for (const [, op] of pairs) done.push(await op.do())
      const order = pairs.map((_, i) => i)
      if (inOrder) order.reverse()
      for (const i of order) await pairs[i]![1].undo(done[i])
      expect(ruleset('ours')).toBe(text)
      expect(await snapshot()).toEqual(before)
      inside('ours', 'nft', 'flush', 'ruleset')
    },
  )

  test('a rule that somebody else has deleted is no error, and what only it needed goes', async () => {
    const op = masq({ source: '10.0.0.0/8' })
    const made = await op.do()
    inside('ours', 'iptables', '-t', 'nat', '-F')
    await op.undo(made)
    expect(ruleset('ours')).toBe('')
    await op.undo(made)
  })

  test('what others put into our chain keeps it', async () => {
    const op = masq({ source: '10.0.0.0/8' })
    const made = await op.do()
    inside('ours', 'iptables', '-t', 'nat', '-A', 'POSTROUTING', '-s', '10.1.0.0/16', '-j', 'MASQUERADE')
    await op.undo(made)
    expect(inside('ours', 'iptables', '-t', 'nat', '-S', 'POSTROUTING')).toBe(
      '-P POSTROUTING ACCEPT\n-A POSTROUTING -s 10.1.0.0/16 -j MASQUERADE\n',
    )
    inside('ours', 'nft', 'flush', 'ruleset')
  })

  test('the rules of an owner are deleted by whoever knows the name', async () => {
    await masquerade({ source: '10.0.0.0/8', owner: 'a', netns: 'ours' }).do()
    await allowForward({ in: 'x', owner: 'a', netns: 'ours' }).do()
    await publishPort({ port: 80, to: '10.0.0.1:80', owner: 'b', netns: 'ours' }).do()
    expect((await ownersOfRules('ours')).sort()).toEqual(['a', 'a', 'b'])
    await deleteRulesOf('a', 'ours')
    expect(saved('ours')).toMatch(/DNAT/)
    expect(saved('ours')).not.toMatch(/MASQUERADE|ACCEPT$/m)
    await deleteRulesOf((owner) => owner > 'a', 'ours')
    expect(ruleset('ours')).toBe('')
    await deleteRulesOf('nobody', 'ours')
  })

  test.each([
    [() => masquerade({ source: '10.0.0.0/33' }), /no IPv4 prefix: "10\.0\.0\.0\/33"/],
    [() => masquerade({ source: 'fd00::/8' }), /no IPv4 prefix/],
    [() => masquerade({ out: 'a-name-that-is-too-long' }), /no name of a link/],
    [() => publishPort({ port: 0, to: '10.0.0.1:80' }), /no port: 0/],
    [() => publishPort({ port: 80, to: '10.0.0.1' }), /no port: 0/],
    [() => publishPort({ port: 80, to: 'host:80' }), /no IPv4 address with a port: "host:80"/],
    [() => allowForward({ port: 80 }), /a port is of a protocol/],
  ])('%s is refused before anything is done', (make, message) => {
    expect(make).toThrow(InvalidValueError)
    expect(make).toThrow(message)
  })
})
