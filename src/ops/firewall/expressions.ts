import { isIPv4 } from 'node:net'
import { InvalidValueError } from '../../libc/index.ts'
import { type rule, xtables } from '../../netfilter/index.ts'
import { checkRest, Writer } from '../../netlink/index.ts'

type Expression = NonNullable<NonNullable<rule.RuleInput['expressions']>[number]>

export type Protocol = 'tcp' | 'udp'
const PROTOCOLS: Readonly<Record<Protocol, number>> = { tcp: 6, udp: 17 }

/** What a packet must be like. The expressions are those that iptables-nft makes of the same words, in its order. */
export interface Selector {
  /** The name of the link that it came by. */
  readonly in?: string | undefined
  /** The name of the link that it leaves by. */
  readonly out?: string | undefined
  /** The name of the link that it does not leave by. */
  readonly notOut?: string | undefined
  readonly protocol?: Protocol | undefined
  /** An address or a prefix, `10.0.0.0/24`. */
  readonly source?: string | undefined
  readonly destination?: string | undefined
  /** What it is not for. */
  readonly notDestination?: string | undefined
  /** The port that it goes to. */
  readonly port?: number | undefined
}

/** Throws InvalidValueError for what is no address, prefix, port or link's name. */
export function selecting(selector: Selector): Expression[] {
  const { in: from, out, notOut, protocol, source, destination, notDestination, port, ...rest } = selector
  checkRest(rest)
  if (port !== undefined && protocol === undefined) throw new InvalidValueError('a port is of a protocol')
  return [
    ...(from === undefined ? [] : byLink('iifname', from, 'eq')),
    ...(out === undefined ? [] : byLink('oifname', out, 'eq')),
    ...(notOut === undefined ? [] : byLink('oifname', notOut, 'neq')),
    ...(protocol === undefined ? [] : byProtocol(protocol)),
    ...(source === undefined ? [] : byAddress(12, source)),
    ...(destination === undefined ? [] : byAddress(16, destination)),
    ...(notDestination === undefined ? [] : byAddress(16, notDestination, 'neq')),
    ...(port === undefined ? [] : byPort(port)),
  ]
}

/** The number that iptables' extensions are told in a rule's compat attribute. */
export function protocolNumber(protocol: Protocol | undefined): number {
  return protocol === undefined ? 0 : PROTOCOLS[protocol]
}

function byLink(key: 'iifname' | 'oifname', name: string, operator: 'eq' | 'neq'): Expression[] {
  if (name === '' || Buffer.byteLength(name) > 15)
    throw new InvalidValueError(`no name of a link: ${JSON.stringify(name)}`)
  return [{ name: 'meta', data: { key, dreg: 1 } }, compare(Buffer.from(`${name}\0`), operator)]
}

function byProtocol(protocol: Protocol): Expression[] {
  return [{ name: 'meta', data: { key: 'l4proto', dreg: 1 } }, compare(new Uint8Array([PROTOCOLS[protocol]]))]
}

/** By the bytes of the prefix, and by the bits of the last one where it ends within a byte. */
function byAddress(offset: number, prefix: string, operator: 'eq' | 'neq' = 'eq'): Expression[] {
  const [address = '', text = '32'] = prefix.split('/')
  const length = Number(text)
  if (!isIPv4(address) || !/^\d+$/.test(text) || length > 32)
    throw new InvalidValueError(`no IPv4 prefix: ${JSON.stringify(prefix)}`)
  if (length === 0) return []
  const mask = Uint8Array.from({ length: 4 }, (_, i) => (0xff00 >> Math.min(Math.max(length - 8 * i, 0), 8)) & 0xff)
  const value = Uint8Array.from(address.split('.'), (part, i) => Number(part) & mask[i]!)
  const whole = length % 8 === 0
  const bytes = whole ? length / 8 : 4
  const load: Expression = { name: 'payload', data: { dreg: 1, base: 'network', offset, length: bytes } }
  if (whole) return [load, compare(value.subarray(0, bytes), operator)]
  const masking: Expression = {
    name: 'bitwise',
    data: { sreg: 1, dreg: 1, length: 4, mask: { value: mask }, xor: { value: new Uint8Array(4) } },
  }
  return [load, masking, compare(value, operator)]
}

function byPort(port: number): Expression[] {
  checkPort(port)
  const load: Expression = { name: 'payload', data: { dreg: 1, base: 'transport', offset: 2, length: 2 } }
  return [load, compare(new Uint8Array([port >> 8, port & 0xff]))]
}

export function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 0xffff) throw new InvalidValueError(`no port: ${port}`)
}

function compare(value: Uint8Array, operator: 'eq' | 'neq' = 'eq'): Expression {
  return { name: 'cmp', data: { sreg: 1, operator, data: { value } } }
}

export const counted: Expression = { name: 'counter', data: { bytes: 0, packets: 0 } }
export const accepted = verdict('accept')
export const dropped = verdict('drop')

function verdict(code: 'accept' | 'drop'): Expression {
  return { name: 'immediate', data: { dreg: 0, data: { verdict: { code } } } }
}

export type ConnectionState = 'new' | 'established' | 'related'

const STATES = { new: 'NEW', established: 'ESTABLISHED', related: 'RELATED' } as const

/** `-m state --state …`, with the bit that says that it was written so. */
export function inState(states: readonly ConnectionState[]): Expression {
  return byConnection({ matched: ['state', 'state-alias'], states: states.map((state) => STATES[state]) })
}

/** `-m state ! --state …`. */
export function notInState(states: readonly ConnectionState[]): Expression {
  return byConnection({
    matched: ['state', 'state-alias'],
    inverted: ['state'],
    states: states.map((state) => STATES[state]),
  })
}

/** `-m conntrack --ctstate DNAT`: what was sent to another address than the one that it goes to. */
export function translated(): Expression {
  return byConnection({ matched: ['state'], states: ['DNAT'] })
}

function byConnection(info: object): Expression {
  return { name: 'match', data: { name: 'conntrack', revision: 3, info: infoOf(xtables.matches.conntrack[3], info) } }
}

/** `-m addrtype --dst-type LOCAL`: for an address of this host. */
export function toThisHost(): Expression {
  const info = { destination: ['LOCAL'] }
  return { name: 'match', data: { name: 'addrtype', revision: 1, info: infoOf(xtables.matches.addrtype[1], info) } }
}

export function masqueraded(): Expression {
  const info = infoOf(xtables.targets.MASQUERADE[0], { ranges: 1 })
  return { name: 'target', data: { name: 'MASQUERADE', revision: 0, info } }
}

/** `-j DNAT --to-destination ADDRESS:PORT`. */
export function redirected(address: string, port: number): Expression {
  const range = { minAddress: address, maxAddress: address, minPort: port, maxPort: port }
  const info = infoOf(xtables.targets.DNAT[2], { flags: ['addresses', 'ports'], ...range })
  return { name: 'target', data: { name: 'DNAT', revision: 2, info } }
}

interface InfoCodec {
  readonly size: number
  at(bytes: Uint8Array, offset: number): object
  write(writer: Writer, value: never, parent: object): void
}

/** An extension's struct, of which everything is zero that is not said. */
function infoOf(codec: InfoCodec, said: object): Uint8Array {
  const writer = new Writer(codec.size)
  codec.write(writer, { ...codec.at(new Uint8Array(codec.size), 0), ...said } as never, {})
  return writer.finish()
}
