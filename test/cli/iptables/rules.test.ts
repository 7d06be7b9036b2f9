import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../src/cli/iptables/arguments.ts'
import { compose } from '../../../src/cli/iptables/compose.ts'
import { IptablesError } from '../../../src/cli/iptables/failure.ts'
import { recognise } from '../../../src/cli/iptables/recognise.ts'
import { isSameRule, type Specification } from '../../../src/cli/iptables/specification.ts'
import { splitLine } from '../../../src/cli/iptables/split-line.ts'
import { rule } from '../../../src/netfilter/index.ts'
import { encodeRequest, HEADER_SIZE } from '../../../src/netlink/index.ts'
import { ruleLine as line } from './arbitrary.ts'
import { Rehearsal } from './commands.ts'

async function specificationOf(line: string): Promise<Specification> {
  const parsed = await parseArguments(splitLine(line), { program: 'iptables', warn: () => {} })
  if (parsed.is !== 'command') throw new Error(line)
  return parsed.command.rules[0]!
}

/** A rule as it is when it has been in the kernel. */
function throughKernel(specification: Specification): Specification {
  const expressions = compose(specification) as rule.RuleInput['expressions']
  const request = rule.add({ family: 'ip', table: 'filter', chain: 'INPUT', expressions })
  const bytes = encodeRequest(request)
  const read = request.codec.read(bytes, HEADER_SIZE, bytes.length, HEADER_SIZE, {}) as rule.Rule
  const { specification: recognised, errors } = recognise(read, () => '')
  expect(errors).toEqual([])
  return recognised
}

describe('a rule', () => {
  test('is in the kernel what it was on the command line', async () => {
    await fc.assert(
      fc.asyncProperty(line, async (given) => {
        const specification = await specificationOf(given)
        const back = throughKernel(specification)
        expect(isSameRule(back, specification)).toBe(true)
      }),
    )
  })

  test('is saved as a command line that makes it again', async () => {
    await fc.assert(
      fc.asyncProperty(line, async (given) => {
        const rehearsal = new Rehearsal()
        await rehearsal.perform(splitLine(given))
        const saved = (await rehearsal.print('iptables -S INPUT')).split('\n')[1]!
        const again = new Rehearsal()
        await again.perform(splitLine(saved))
        expect(await again.print('iptables -S INPUT')).toBe(await rehearsal.print('iptables -S INPUT'))
        await again.perform(splitLine(saved.replace('-A', '-C')))
        await again.perform(splitLine(given.replace('-A', '-D')))
        expect(await again.print('iptables -S INPUT')).toBe('-P INPUT ACCEPT\n')
      }),
    )
  })

  test.each([
    ['-A INPUT -p tcp --dport 80 -j ACCEPT', '-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT'],
    ['-A INPUT -s 10.0.0.9/24', '-A INPUT -s 10.0.0.0/24'],
    ['-A INPUT ! -s 10.0.0.0/255.0.255.0 -g OUTPUT', '-A INPUT ! -s 10.0.0.0/255.0.255.0 -g OUTPUT'],
    ['-A INPUT ! -i + ! -f', '-A INPUT ! -i + ! -f'],
    ['-A INPUT -m state --state NEW,EST -j LOG', '-A INPUT -m state --state NEW,ESTABLISHED -j LOG'],
    ['-A INPUT -m limit --limit 120/hour', '-A INPUT -m limit --limit 2/min'],
    ['-A INPUT -j REJECT', '-A INPUT -j REJECT --reject-with icmp-port-unreachable'],
    ['-A INPUT -m comment --comment "a b"', '-A INPUT -m comment --comment "a b"'],
    ['-A INPUT -j MARK --and-mark 0xf', '-A INPUT -j MARK --set-xmark 0x0/0xfffffff0'],
  ])('%s is saved as %s', async (given, saved) => {
    const rehearsal = new Rehearsal()
    await rehearsal.perform(splitLine(given))
    expect(await rehearsal.print('iptables -S INPUT')).toBe(`-P INPUT ACCEPT\n${saved}\n`)
  })
})

describe('a rule of somebody else', () => {
  const meta = (key: 'l4proto' | 'iifname' | 'oif') => ({ name: 'meta', data: { key, dreg: 1 } }) as const
  const cmp = (...value: number[]) =>
    ({ name: 'cmp', data: { sreg: 1, operator: 'eq', data: { value: Uint8Array.from(value) } } }) as const

  test('names an interface by 16 bytes or by index', () => {
    const name = [...Buffer.from('eth0'), ...Array(12).fill(0)]
    const { specification } = recognise({ expressions: [meta('iifname'), cmp(...name)] }, () => '')
    expect(specification.input).toEqual({ name: 'eth0', prefix: false })
    const byIndex = recognise({ expressions: [meta('oif'), cmp(7, 0, 0, 0)] }, (index) => `if${index}`)
    expect(byIndex.specification.output).toEqual({ name: 'if7', prefix: false })
  })

  test('has a comment', () => {
    const userdata = Uint8Array.from([0, 3, ...Buffer.from('hi\0')])
    const { specification } = recognise({ expressions: [], userdata }, () => '')
    expect(specification.matches[0]?.extension.name).toBe('comment')
  })

  test.each([
    ['cmp sreg undef', [cmp(6)]],
    ['match extension not found', [{ name: 'match', data: { name: 'owner', revision: 1, info: new Uint8Array(8) } }]],
    ['unknown ipv4 meta key', [{ name: 'meta', data: { key: 'skuid', dreg: 1 } }, cmp(0)]],
    [
      'unsupported layer 4 protocol value',
      [{ name: 'payload', data: { dreg: 1, base: 'transport', offset: 2, length: 2 } }, cmp(0, 80)],
    ],
    ['meta sreg key not supported', [{ name: 'meta', data: { key: 'mark', sreg: 1 } }]],
  ] as const)('%s', (error, expressions) => {
    expect(recognise({ expressions: [...expressions] as never }, () => '').errors).toEqual([error])
  })
})

test('whatever a rule is made of, it is shown, or refused with a reason', async () => {
  const value = fc.uint8Array({ maxLength: 20 }).map((bytes) => ({ value: bytes }))
  const register = fc.nat(24)
  const operator = fc.constantFrom('eq', 'neq', 'lt', 'lte', 'gt', 'gte', 77)
  const key = fc.constantFrom('l4proto', 'iifname', 'oif', 'mark', 'pkttype', 'skuid', 99)
  const base = fc.constantFrom('link', 'network', 'transport', 9)
  const length = fc.nat(20)
  const offset = fc.constantFrom(0, 1, 2, 6, 8, 9, 12, 13, 16, 40)
  const code = fc.constantFrom('accept', 'drop', 'return', 'jump', 'goto', 'queue', 5)
  const info = fc.uint8Array({ maxLength: 300 })
  const word = fc.constantFrom(
    'conntrack',
    'comment',
    'tcp',
    'icmp',
    'multiport',
    'nosuch',
    'MASQUERADE',
    'DNAT',
    'LOG',
  )
  const say = <Data>(name: string, data: fc.Arbitrary<Data>) => data.map((said) => ({ name, data: said }))
  const one = fc.oneof(
    say('meta', fc.record({ key, dreg: register }, { requiredKeys: [] })),
    say('payload', fc.record({ dreg: register, base, offset, length }, { requiredKeys: [] })),
    say('bitwise', fc.record({ sreg: register, dreg: register, mask: value, xor: value }, { requiredKeys: [] })),
    say('cmp', fc.record({ sreg: register, operator, data: value }, { requiredKeys: [] })),
    say('range', fc.record({ sreg: register, operator, from: value, to: value }, { requiredKeys: [] })),
    say('immediate', fc.record({ dreg: register, data: fc.record({ verdict: fc.record({ code, chain: word }) }) })),
    say('match', fc.record({ name: word, revision: fc.nat(4), info }, { requiredKeys: [] })),
    say('target', fc.record({ name: word, revision: fc.nat(4), info }, { requiredKeys: [] })),
    say('limit', fc.record({ rate: fc.nat(), unit: fc.nat(1e6), burst: fc.nat() }, { requiredKeys: [] })),
    say('constructor', fc.constant({})),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 8 }), fc.uint8Array({ maxLength: 30 }), async (made, userdata) => {
      const expressions = made as rule.Rule['expressions'] & {}
      const rehearsal = new Rehearsal()
      const table = rehearsal.tables.get('filter')!
      table.pretend()
      table.find('INPUT')!.rules.push({ expressions, userdata })
      const { errors } = recognise({ expressions, userdata }, String)
      for (const command of ['iptables -S INPUT', 'iptables -L INPUT -v', 'iptables -L -n']) {
        const outcome: unknown = await rehearsal.print(command).catch((error: unknown) => error)
        if (errors.length > 0 || typeof outcome !== 'string') expect(outcome).toBeInstanceOf(IptablesError)
      }
    }),
  )
})

test('a match that needs a protocol says so', async () => {
  const specification = await specificationOf('-A INPUT -m tcp --dport 80')
  expect(() => compose(specification)).toThrow(IptablesError)
})
