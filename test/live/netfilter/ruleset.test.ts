import { beforeAll, describe, expect, test } from 'vitest'
import {
  chain,
  element,
  object,
  openNetfilter,
  type Ruleset,
  readRuleset,
  readRulesetSync,
  rule,
  set,
  table,
  transactSync,
} from '../../../src/netfilter/index.ts'
import type { Request, Socket } from '../../../src/netlink/index.ts'
import { loadFixtures } from '../../fixtures.ts'
import { enterDisposableWorld } from '../world.ts'
import { nft, output, withoutReason } from './lab.ts'

const reason = withoutReason('nft')

/** Every rule set that nft printed for the fixtures, and one of each kind of element. */
const printed = loadFixtures('nft').flatMap(({ file, exchanges }) =>
  exchanges
    .filter(
      ({ command, stdout }) => /list (ruleset|table)/.test(command) && stdout !== undefined && !/-j/.test(command),
    )
    .map(({ stdout }) => [file, stdout!.replace(/ *# handle \d+/g, '').replace(/ expires [\dhms]+/g, '')] as const),
)

/** Without the time that is left of what will be forgotten. */
function steady({ sets, ...rest }: Ruleset): object {
  return { ...rest, sets: sets.map((one) => ({ ...one, elements: one.elements.map(({ expiration, ...own }) => own) })) }
}

/** The kernel numbers anonymous sets. */
function numbered(name: string): string {
  return name.replace(/\d+$/, '%d')
}

/** The same rule set with all that the kernel itself says of it left out, as changes that make it. */
function anew({ tables, chains, rules, sets, objects }: Ruleset): Request<unknown>[] {
  const ids = new Map(sets.map((one, i) => [`${one.family} ${one.table} ${one.name}`, i + 1]))
  return [
    ...tables.map(({ handle, use, ...rest }) => table.add(rest)),
    ...chains.map(({ handle, use, ...rest }) => chain.add(rest)),
    ...objects.map(({ handle, use, ...rest }) => object.add(rest as object.ObjectSettings)),
    ...sets.flatMap(({ elements, handle, type, count, ...rest }) => {
      const id = ids.get(`${rest.family} ${rest.table} ${rest.name}`)!
      const name = rest.flags?.includes('anonymous') ? numbered(rest.name!) : rest.name
      const { family, table } = rest
      // It says a time of an interval's end, too, and does not take it there.
      const own = elements.map(({ expiration, timeout, ...one }) =>
        one.flags?.includes('interval-end') ? one : { ...one, timeout },
      )
      return [
        set.add({ ...rest, name, id }),
        ...(own.length === 0
          ? []
          : [element.add({ family, table, set: name, setId: id, elements: own } as element.ElementsSettings)]),
      ]
    }),
    ...rules.map(({ handle, position, ...rest }) => {
      const expressions = rest.expressions?.map((one) => {
        const id = one.name === 'lookup' ? ids.get(`${rest.family} ${rest.table} ${one.data?.set}`) : undefined
        if (one.name === 'lookup' && id !== undefined) {
          return { ...one, data: { ...one.data, set: numbered(one.data?.set ?? ''), setId: id } }
        }
        // What the kernel says of a header that is written to, it does not take (nft_exthdr_tcp_set_init).
        if (one.name === 'exthdr' && one.data?.sreg !== undefined)
          return { ...one, data: { ...one.data, flags: undefined } }
        return one
      })
      return rule.add({ ...rest, expressions } as rule.RuleInput)
    }),
  ]
}

describe.skipIf(reason)(`the rule set${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let socket: Socket
  beforeAll(() => {
    enterDisposableWorld()
    socket = openNetfilter()
    return () => socket.close()
  })

  test.each(printed)('%s: read, and made anew from what was read, is to nft the same', async (_, text) => {
    nft(`flush ruleset\n${text}`)
    const before = output('nft', '-s', 'list', 'ruleset')
    const read = await readRuleset(socket)
    expect(steady(readRulesetSync(socket))).toEqual(steady(read))
    nft('flush ruleset')
    transactSync(socket, anew(read))
    expect(output('nft', '-s', 'list', 'ruleset')).toBe(before)
  })

  test('holds what nft lists, and of one family if so wanted', () => {
    nft(`flush ruleset
table inet t {
	counter hits { packets 7 bytes 700; }
	set nets { type ipv4_addr; flags interval; elements = { 10.0.0.0/24 }; }
	chain c { type filter hook input priority 0; policy drop; }
}
table ip6 u { }
`)
    const { tables, chains, sets, objects, rules, flowtables } = readRulesetSync(socket)
    expect(tables.map(({ family, name }) => `${family} ${name}`)).toEqual(['inet t', 'ip6 u'])
    expect(chains).toMatchObject([{ name: 'c', hook: { name: 'input', priority: 0 }, policy: 'drop', type: 'filter' }])
    expect(objects).toMatchObject([{ name: 'hits', type: 'counter', data: { packets: 7, bytes: 700 } }])
    expect(sets.map(({ name, elements }) => [name, elements.length])).toEqual([['nets', 3]])
    expect([...rules, ...flowtables]).toEqual([])
    expect(readRulesetSync(socket, { family: 'ip6' }).tables.map(({ name }) => name)).toEqual(['u'])
  })

  test('knows of other families by their own hooks', () => {
    nft(`flush ruleset
table arp a { chain in { type filter hook output priority 1; }; }
table netdev n { chain e { type filter hook ingress device lo priority 2; }; }
table bridge b { chain f { type filter hook forward priority 3; }; }
`)
    const hooks = readRulesetSync(socket).chains.map(({ family, hook }) => [family, hook?.name, hook?.priority])
    expect(hooks).toEqual([
      ['arp', 'output', 1],
      ['netdev', 'ingress', 2],
      ['bridge', 'forward', 3],
    ])
  })
})
