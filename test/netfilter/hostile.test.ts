import { describe, expect, test } from 'vitest'
import * as netfilter from '../../src/netfilter/index.ts'
import { EncodeError, encodeRequest } from '../../src/netlink/index.ts'
import * as rtnl from '../../src/rtnl/index.ts'

type Maker = (...values: readonly unknown[]) => unknown

const VERBS =
  /^(add|append|change|changeTable|create|delete|destroy|flush|get|getBucket|insert|list([A-Z]\w*)?|prepend|replace|set|setGlobal|test|update|accept|drop|reject|log|dnat|snat|masquerade|redirect)$/
/** What makes a system call at once, rather than a request. */
const CALLS = /^(multicastAddress|ipv6RouteCall|tunnel)\./

function makersOf(path: string, layer: object): [string, Maker][] {
  return Object.entries(layer).flatMap(([name, member]): [string, Maker][] => {
    const there = path === '' ? name : `${path}.${name}`
    if (typeof member === 'function') return VERBS.test(name) && !CALLS.test(there) ? [[there, member as Maker]] : []
    return Object.prototype.toString.call(member) === '[object Module]' ? makersOf(there, member as object) : []
  })
}

const makers = [...makersOf('', rtnl), ...makersOf('', netfilter)]
const STRANGE: readonly unknown[] = [
  ...[undefined, null, true, 5, -1, Number.NaN, 10n, '', 'x', '10.0.0.1/24', () => {}, Symbol('s')],
  ...[[], [null], new Map(), new Uint8Array(3), new Date(), {}, Object.create(null)],
  ...['name', 'index', 'dst', 'address', 'flags', 'multipath', 'group', 'vnis', 'data', 'kind', 'family'].flatMap(
    (key) => [null, 7, 'x', {}, [], [null]].map((value) => ({ [key]: value })),
  ),
]

describe('whatever is asked for', () => {
  test('there is something to ask for', () => expect(makers.length).toBeGreaterThan(100))

  test.each(makers)('%s is a request, or an error that says what is wrong', (_, make) => {
    const wrong: unknown[] = []
    for (const thing of STRANGE) {
      for (const args of [[thing], [5, thing]]) {
        try {
          const made = make(...args) as Parameters<typeof encodeRequest>[0]
          if (made?.codec !== undefined) encodeRequest(made)
        } catch (error) {
          if (!(error instanceof EncodeError)) wrong.push([args, error])
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test.each<[string, () => unknown]>([
    ['source', () => netfilter.firewall.masquerade({ suorce: '10.0.0.0/24' } as never)],
    ['source', () => netfilter.firewall.accept({ suorce: '10.0.0.1' } as never)],
    ['port', () => netfilter.firewall.dnat({ protocol: 'tcp', prot: 80, to: '10.0.0.1' } as never)],
    ['name', () => netfilter.table.flush({ nmae: 't' } as never)],
  ])('a misspelt %s does not mean all', (_, ask) => {
    expect(ask).toThrow(/: unknown property, got /)
  })

  test.each<[string, () => unknown]>([
    ['table', () => netfilter.table.delete({ family: 'inet', name: undefined })],
    ['table', () => netfilter.table.destroy({})],
    ['rule', () => netfilter.rule.delete({ family: 'inet', table: 't', chain: 'c' })],
    ['elements', () => netfilter.element.delete({ family: 'inet', table: 't', set: 's', elements: undefined })],
    ['connection', () => netfilter.conntrack.delete({ family: 'ip' })],
  ])('no %s given does not mean all', (what, ask) => {
    expect(ask).toThrow(EncodeError)
    expect(ask).toThrow(what)
  })

  test.each<[object, string]>([
    [{ table: 't' }, 'table'],
    [{ policy: { inptu: 'drop' } }, 'policy.inptu'],
    [{ policy: { input: 'dorp' } }, 'policy.input'],
  ])('a firewall is not installed as %j', async (settings, path) => {
    const socket = { request: () => Promise.resolve([]) } as never
    const installing = netfilter.firewall.install(socket, [], settings as never)
    await expect(installing).rejects.toMatchObject({ code: 'ERR_NETLINK_ENCODE', path: path.split('.') })
  })
})
