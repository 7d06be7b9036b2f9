import type { rule } from '../../netfilter/index.ts'
import { xtables } from '../../netfilter/index.ts'
import { isZero, type Network } from './address.ts'
import { IptablesError } from './failure.ts'
import { rateOf } from './matches/limit.ts'
import type { Instance, Interface, Specification } from './specification.ts'

export type Expressions = NonNullable<rule.Rule['expressions']>
type Expression = Expressions[number]
type Operator = 'eq' | 'neq' | 'lte' | 'gt'

// Where things are in an IPv4 header, and in one of TCP or UDP.
const FRAGMENT_OFFSET = 6
const SOURCE = 12
const DESTINATION = 16
const SOURCE_PORT = 0
const DESTINATION_PORT = 2
const TCP_FLAGS = 13
const TCP = 6
const UDP = 17

/** The expressions of a rule, in the order and form in which iptables-nft writes them. Throws IptablesError. */
export function compose(specification: Specification): Expressions {
  const { source, destination, protocol, fragment, inverted, matches, packets, bytes } = specification
  const operator = (condition: Parameters<typeof inverted.has>[0]) => (inverted.has(condition) ? 'neq' : 'eq')
  return [
    ...interfaceName('iifname', specification.input, operator('input')),
    ...interfaceName('oifname', specification.output, operator('output')),
    ...(protocol === 0 ? [] : [meta('l4proto'), compare(Uint8Array.of(protocol), operator('protocol'))]),
    ...network(SOURCE, source, operator('source')),
    ...network(DESTINATION, destination, operator('destination')),
    ...(fragment ? fragments(inverted.has('fragment') ? 'eq' : 'neq') : []),
    ...matches.flatMap((match) => matchExpressions(match, protocol)),
    { name: 'counter', data: { bytes, packets } },
    ...action(specification),
  ]
}

const meta = (key: 'iifname' | 'oifname' | 'l4proto' | 'mark'): Expression => ({ name: 'meta', data: { key, dreg: 1 } })

const payload = (base: 'network' | 'transport', offset: number, length: number): Expression => ({
  name: 'payload',
  data: { dreg: 1, base, offset, length },
})

const compare = (value: Uint8Array, operator: Operator = 'eq'): Expression => ({
  name: 'cmp',
  data: { sreg: 1, operator, data: { value } },
})

const masked = (mask: Uint8Array): Expression => ({
  name: 'bitwise',
  data: { sreg: 1, dreg: 1, length: mask.length, mask: { value: mask }, xor: { value: new Uint8Array(mask.length) } },
})

const u16be = (value: number) => Uint8Array.of(value >>> 8, value)
const u32 = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)

function interfaceName(key: 'iifname' | 'oifname', name: Interface | undefined, operator: Operator): Expression[] {
  if (name === undefined) return []
  const text = Buffer.from(name.name)
  if (!name.prefix) return [meta(key), compare(Uint8Array.from([...text, 0]), operator)]
  if (text.length > 0) return [meta(key), compare(Uint8Array.from(text), operator)]
  // Any interface; none at all is one that cannot be.
  return operator === 'eq' ? [meta(key)] : [meta(key), compare(Uint8Array.from(Buffer.from('INVAL/D\0')))]
}

function network(offset: number, { address, mask }: Network, operator: Operator): Expression[] {
  if (isZero(address) && isZero(mask) && operator === 'eq') return []
  const whole = mask.findIndex((byte) => byte !== 255)
  const length = whole < 0 ? 4 : whole
  // Whole bytes are compared as such.
  if (isZero(mask.subarray(length))) {
    return [payload('network', offset, length), compare(address.slice(0, length), operator)]
  }
  return [payload('network', offset, 4), masked(mask), compare(address, operator)]
}

function fragments(operator: Operator): Expression[] {
  return [payload('network', FRAGMENT_OFFSET, 2), masked(u16be(0x1fff)), compare(u16be(0), operator)]
}

function matchExpressions({ extension, info }: Instance, protocol: number): Expression[] {
  const { name, revision } = extension
  const native = NATIVE[name]?.(info, protocol)
  return native ?? [{ name: 'match', data: { name, revision, info } }]
}

/** The matches that iptables-nft writes as expressions of nf_tables, where it can. */
const NATIVE: Readonly<Record<string, (info: Uint8Array, protocol: number) => Expression[] | undefined>> = {
  tcp(info, protocol) {
    const { option, flagsMask, flags, inverted, sourcePorts, destinationPorts } = xtables.matches.tcp[0].at(info, 0)
    const anyFlags = flagsMask.length > 0 || flags.length > 0
    const saysNothing = !anyFlags && inverted.length === 0 && isAll(sourcePorts) && isAll(destinationPorts)
    if (option !== 0 || saysNothing || inverted.some((fact) => fact === 'option' || typeof fact === 'number')) {
      return undefined
    }
    if (protocol !== TCP) throw new IptablesError("TCP match requires '-p tcp'")
    const [mask, value] = [bitsOf(flagsMask), bitsOf(flags)]
    const operator = inverted.includes('flags') ? 'neq' : 'eq'
    const compared = [payload('transport', TCP_FLAGS, 1), masked(mask), compare(value, operator)]
    return [
      ...(flagsMask.length > 0 ? compared : []),
      ...ports(sourcePorts, inverted.includes('source-port'), destinationPorts, inverted.includes('destination-port')),
    ]
  },
  udp(info, protocol) {
    const { inverted, sourcePorts, destinationPorts } = xtables.matches.udp[0].at(info, 0)
    const saysNothing = inverted.length === 0 && isAll(sourcePorts) && isAll(destinationPorts)
    if (saysNothing || inverted.some((fact) => typeof fact === 'number')) return undefined
    if (protocol !== UDP) throw new IptablesError("UDP match requires '-p udp'")
    return ports(sourcePorts, inverted.includes('source-port'), destinationPorts, inverted.includes('destination-port'))
  },
  mark(info) {
    const { mark, mask, invert } = xtables.matches.mark[1].at(info, 0)
    const isWhole = mask === 0xffffffff
    return [meta('mark'), ...(isWhole ? [] : [masked(u32(mask))]), compare(u32(mark), invert ? 'neq' : 'eq')]
  },
  limit(info) {
    const { average, burst } = xtables.matches.limit[0].at(info, 0)
    const { rate, seconds } = rateOf(average)
    return [{ name: 'limit', data: { rate, unit: seconds, burst, type: 'packets', flags: [] } }]
  },
}

const isAll = ([from, to]: readonly number[]) => from === 0 && to === 0xffff
const bitsOf = (flags: readonly (keyof typeof xtables.TCP_FLAGS | number)[]) =>
  Uint8Array.of(
    flags.reduce<number>((sum, flag) => sum | (typeof flag === 'number' ? flag : xtables.TCP_FLAGS[flag]), 0),
  )

type Range = readonly number[]

function ports(source: Range, notSource: boolean, destination: Range, notDestination: boolean): Expression[] {
  const single = ([from, to]: Range) => (from === to && from !== 0 ? from : undefined)
  const [from, to] = [single(source), single(destination)]
  if (from !== undefined && to !== undefined && notSource === notDestination) {
    const both = Uint8Array.from([...u16be(from), ...u16be(to)])
    return [payload('transport', SOURCE_PORT, 4), compare(both, notSource ? 'neq' : 'eq')]
  }
  return [
    ...(isAll(source) ? [] : [payload('transport', SOURCE_PORT, 2), portRange(source, notSource)]),
    ...(isAll(destination) ? [] : [payload('transport', DESTINATION_PORT, 2), portRange(destination, notDestination)]),
  ]
}

function portRange([from, to]: Range, not: boolean): Expression {
  if (from === to) return compare(u16be(from!), not ? 'neq' : 'eq')
  if (from === 0) return compare(u16be(to!), not ? 'gt' : 'lte')
  const ends = { from: { value: u16be(from!) }, to: { value: u16be(to!) } }
  return { name: 'range', data: { sreg: 1, operator: not ? 'neq' : 'eq', ...ends } }
}

const CODES = { ACCEPT: 'accept', DROP: 'drop', RETURN: 'return' } as const

function action({ action }: Specification): Expression[] {
  if (action === undefined) return []
  if ('target' in action) {
    const { extension, info } = action.target
    return [{ name: 'target', data: { name: extension.name, revision: extension.revision, info } }]
  }
  const verdict =
    'chain' in action
      ? { code: action.goto ? ('goto' as const) : ('jump' as const), chain: action.chain }
      : { code: CODES[action.verdict as keyof typeof CODES] }
  return [{ name: 'immediate', data: { dreg: 0, data: { verdict } } }]
}
