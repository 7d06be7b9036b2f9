import { checkRest, EncodeError, parsePrefix, within } from '../../netlink/index.ts'
import { CT_STATES, type ExpressionInput } from '../nftables/expression/index.ts'

/** IPPROTO_*. */
export const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132 } as const
export type ProtocolName = keyof typeof PROTOCOLS

/** A port, or all from one to another, both included. */
export type Ports = number | { readonly from: number; readonly to: number }

/** What packets a rule is for: all conditions hold. Names of links may end with `*`. */
export interface Conditions {
  /** The link that a packet came by. */
  readonly in?: string | undefined
  readonly notIn?: string | undefined
  /** The link that it leaves by. */
  readonly out?: string | undefined
  readonly notOut?: string | undefined
  /** Where it comes from: an address or a prefix, such as `10.0.0.0/24`. */
  readonly source?: string | undefined
  readonly notSource?: string | undefined
  /** Where it goes. */
  readonly destination?: string | undefined
  readonly notDestination?: string | undefined
  readonly protocol?: ProtocolName | number | undefined
  /** Ports want a `protocol` that has some. */
  readonly sourcePort?: Ports | undefined
  /** The port that it goes to. */
  readonly port?: Ports | undefined
  /** What its connection is: one of these. */
  readonly state?: readonly (keyof typeof CT_STATES)[] | undefined
  /** The packet's mark, as `ip rule fwmark` sees it. */
  readonly mark?: number | undefined
}

export type IpFamily = 'ip' | 'ip6'

const NFPROTO = { ip: 2, ip6: 10 } as const
const ADDRESSES = {
  ip: { source: 12, destination: 16, length: 4 },
  ip6: { source: 8, destination: 24, length: 16 },
} as const
/** The register that values are compared in. */
const REGISTER = 1
const LINK_NAME_SIZE = 16

/** The expressions that hold for such packets alone, and the family that they are bound to. Throws EncodeError. */
export function conditionsOf(conditions: Conditions): { expressions: ExpressionInput[]; family: IpFamily | undefined } {
  const { source, notSource, destination, notDestination, protocol, sourcePort, port, state, mark, ...others } =
    conditions
  const { in: by, notIn, out, notOut, ...rest } = others
  checkRest(rest)
  const addresses = [
    ['source', source, 'eq', 'source'],
    ['notSource', notSource, 'neq', 'source'],
    ['destination', destination, 'eq', 'destination'],
    ['notDestination', notDestination, 'neq', 'destination'],
  ] as const
  const matches = addresses.flatMap(([name, prefix, operator, end]) =>
    prefix === undefined ? [] : [within(name, () => address(prefix, operator, end))],
  )
  const family = matches[0]?.family
  if (matches.some((match) => match.family !== family))
    throw new EncodeError('addresses of one family, got IPv4 and IPv6')
  if (protocol === undefined && (sourcePort ?? port) !== undefined)
    throw new EncodeError('ports are of a protocol: say which').within('protocol')
  return {
    family,
    expressions: [
      ...link('in', 'iifname', by, 'eq'),
      ...link('notIn', 'iifname', notIn, 'neq'),
      ...link('out', 'oifname', out, 'eq'),
      ...link('notOut', 'oifname', notOut, 'neq'),
      ...(family === undefined ? [] : ofFamily(family)),
      ...matches.flatMap(({ expressions }) => expressions),
      ...(protocol === undefined ? [] : within('protocol', () => ofProtocol(protocol))),
      ...(sourcePort === undefined ? [] : within('sourcePort', () => portsAt(0, sourcePort))),
      ...(port === undefined ? [] : within('port', () => portsAt(2, port))),
      ...(state === undefined ? [] : within('state', () => inState(state))),
      ...(mark === undefined ? [] : within('mark', () => marked(mark))),
    ],
  }
}

/** Holds for packets of the family alone, in a table of both. */
export function ofFamily(family: IpFamily): ExpressionInput[] {
  return [{ name: 'meta', data: { key: 'nfproto', dreg: REGISTER } }, compare(Uint8Array.of(NFPROTO[family]))]
}

function compare(value: Uint8Array, operator: 'eq' | 'neq' | 'gte' | 'lte' = 'eq'): ExpressionInput {
  return { name: 'cmp', data: { sreg: REGISTER, operator, data: { value } } }
}

function masked(mask: Uint8Array): ExpressionInput {
  const { length } = mask
  const xor = { value: new Uint8Array(length) }
  return { name: 'bitwise', data: { sreg: REGISTER, dreg: REGISTER, length, mask: { value: mask }, xor } }
}

/** A name is compared with its end, as all of the sixteen bytes that the kernel has for it; one that goes on without. */
function link(
  field: string,
  key: 'iifname' | 'oifname',
  name: string | undefined,
  operator: 'eq' | 'neq',
): ExpressionInput[] {
  if (name === undefined) return []
  const open = name.endsWith('*')
  const bytes = new TextEncoder().encode(open ? name.slice(0, -1) : name)
  if (bytes.length === 0 || bytes.length >= LINK_NAME_SIZE || bytes.includes(0)) {
    throw new EncodeError(`expected the name of a link, 1 to 15 bytes, got ${JSON.stringify(name)}`).within(field)
  }
  const value = open ? bytes : new Uint8Array(LINK_NAME_SIZE)
  if (!open) value.set(bytes)
  return [{ name: 'meta', data: { key, dreg: REGISTER } }, compare(value, operator)]
}

function address(text: string, operator: 'eq' | 'neq', end: 'source' | 'destination') {
  const { address, length } = parsePrefix(text)
  const family: IpFamily = address.length === 4 ? 'ip' : 'ip6'
  const offset = ADDRESSES[family][end]
  const value = address.map((byte, i) => byte & bitsOf(length - 8 * i))
  // The bytes of the prefix are looked at, and bits only where it ends within one.
  const whole = length % 8 === 0
  const size = whole ? length / 8 : address.length
  const load: ExpressionInput = { name: 'payload', data: { dreg: REGISTER, base: 'network', offset, length: size } }
  const mask = address.map((_, i) => bitsOf(length - 8 * i))
  const comparison = compare(value.subarray(0, size), operator)
  if (length === 0 && operator === 'neq') throw new EncodeError(`no packet is outside of ${JSON.stringify(text)}`)
  return { family, expressions: length === 0 ? [] : whole ? [load, comparison] : [load, masked(mask), comparison] }
}

/** A byte whose first bits are set. */
function bitsOf(count: number): number {
  return (0xff00 >> Math.min(Math.max(count, 0), 8)) & 0xff
}

function ofProtocol(protocol: ProtocolName | number): ExpressionInput[] {
  const number = typeof protocol === 'number' ? protocol : Object.hasOwn(PROTOCOLS, protocol) ? PROTOCOLS[protocol] : -1
  if (!Number.isInteger(number) || number < 0 || number > 255) {
    throw new EncodeError(
      `expected one of ${Object.keys(PROTOCOLS).join(', ')} or a number, got ${JSON.stringify(protocol)}`,
    )
  }
  return [{ name: 'meta', data: { key: 'l4proto', dreg: REGISTER } }, compare(Uint8Array.of(number))]
}

function portsAt(offset: number, ports: Ports): ExpressionInput[] {
  const load: ExpressionInput = { name: 'payload', data: { dreg: REGISTER, base: 'transport', offset, length: 2 } }
  if (typeof ports === 'number') return [load, compare(portBytes(ports))]
  return [load, compare(portBytes(ports.from), 'gte'), compare(portBytes(ports.to), 'lte')]
}

/** In network byte order. Throws EncodeError. */
export function portBytes(port: number): Uint8Array {
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new EncodeError(`expected a port, got ${String(port)}`)
  return Uint8Array.of(port >> 8, port & 0xff)
}

function inState(states: readonly (keyof typeof CT_STATES)[]): ExpressionInput[] {
  let bits = 0
  for (const state of states) {
    if (!Object.hasOwn(CT_STATES, state)) {
      throw new EncodeError(`expected one of ${Object.keys(CT_STATES).join(', ')}, got ${JSON.stringify(state)}`)
    }
    bits |= CT_STATES[state]
  }
  const none = compare(new Uint8Array(4), 'neq')
  return [{ name: 'ct', data: { key: 'state', dreg: REGISTER } }, masked(hostBytes(bits)), none]
}

function marked(mark: number): ExpressionInput[] {
  if (!Number.isInteger(mark) || mark < 0 || mark > 0xffffffff)
    throw new EncodeError(`expected a mark, got ${String(mark)}`)
  return [{ name: 'meta', data: { key: 'mark', dreg: REGISTER } }, compare(hostBytes(mark))]
}

/** What the kernel keeps as a number of its own is in the order of the host, which is little-endian here. */
function hostBytes(number: number): Uint8Array {
  return Uint8Array.of(number, number >>> 8, number >>> 16, number >>> 24)
}
