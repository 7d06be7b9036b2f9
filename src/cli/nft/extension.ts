import { xtables } from '../../netfilter/index.ts'
import { type ConntrackInfo, conntrackText, stateText } from './conntrack-extension.ts'
import { icmpType } from './data-type.ts'
import type { Data, RuleReader } from './rule-reader.ts'
import { type Shown, shown } from './shown.ts'
import { type TcpInfo, tcpText } from './tcp-extension.ts'

type Words = readonly string[]

/** The members of the extensions' structs that are looked at below; each extension has some of them. */
interface Struct {
  readonly [name: string]: unknown
  readonly inverted: number
  readonly states: Words
  readonly source: Words
  readonly destination: Words
  readonly flags: Words
  readonly type: number
  readonly minCode: number
  readonly maxCode: number
  readonly mode: number
  readonly ttl: number
  readonly which: number
  readonly count: number
  readonly ports: readonly number[]
  readonly ranges: readonly number[]
  readonly invert: number
  readonly level: number
  readonly mark: number
  readonly mask: number
}

/** An extension of iptables: nft's JSON only names it, and its text is what would be written in its place. */
export function extensionStatement(kind: 'match' | 'target', data: Data, rule: RuleReader): Shown {
  const name = String(data.name)
  const codec = xtables.extensionCodec(kind, name, Number(data.revision))
  const say = (kind === 'match' ? MATCHES : TARGETS)[name]
  const info = data.info as Uint8Array
  const known = codec !== undefined && say !== undefined && info.length >= codec.size
  const text = known ? say(codec.at(info, 0) as unknown as Struct, rule) : undefined
  return shown(text?.trimEnd() ?? `xt ${kind} ${name}`, { xt: { type: kind, name } })
}

type Say = (info: Struct, rule: RuleReader) => string | undefined

/** The types that have names there; the others are left out. */
const ADDRESS_TYPES = xtables.ADDRESS_TYPES.slice(0, xtables.ADDRESS_TYPES.indexOf('PROHIBIT') + 1)

const MATCHES: Readonly<Record<string, Say>> = {
  conntrack: (info) => conntrackText(info as unknown as ConntrackInfo),
  state: ({ states }) => stateText(states),
  // nft shows what the comment stands for: nothing.
  comment: () => '',
  icmp({ type, minCode, maxCode, inverted }) {
    if (type === 255) return 'ip protocol icmp'
    if (minCode !== 0 || maxCode !== 255) return undefined
    const name = icmpType.show(Uint8Array.of(type)).text
    // iptables has no names for others.
    return /^(\d|info-)/.test(name) ? undefined : `icmp type ${inverted ? '!= ' : ''}${name}`
  },
  // What they could say iptables-nft writes without them, but for an option.
  tcp: (info) => tcpText(info as unknown as TcpInfo),
  udp: () => '',
  ttl: ({ mode, ttl }) => `ip ttl ${TTL_OPERATORS[mode] ?? ''}${ttl}`,
  pkttype: ({ type, invert }) => `pkttype ${invert ? '!= ' : ''}${PACKET_TYPES[type] ?? type}`,
  multiport({ which, count, ports, ranges, invert }, rule) {
    const protocol = rule.transport?.name ?? 'th'
    // Ranges are not told from their ends there.
    if (which === EITHER) return `${protocol} sport . ${protocol} dport { ${eitherPort(ports.slice(0, count))} }`
    const name = ['sport', 'dport'][which]
    if (name === undefined) return undefined
    const list = portsOf(ports, ranges, count)
    const shownPorts = list.length === 1 ? list[0] : `{ ${list.join(', ')} }`
    return `${protocol} ${name} ${invert ? '!= ' : ''}${shownPorts}`
  },
  // Where both addresses are asked for, nft is told of one.
  addrtype({ source, destination, flags }) {
    const [field, types] = source.length > 0 ? ['saddr', source] : ['daddr', destination]
    const link = flags.includes('limit-in') ? ' . iif' : flags.includes('limit-out') ? ' . oif' : ''
    const not = flags.includes('invert-source') || flags.includes('invert-destination') ? '!= ' : ''
    const words = ADDRESS_TYPES.filter((type) => types.includes(type)).map((type) => type.toLowerCase())
    const list = types.length > 1 ? `{ ${words.join(', ')} }` : words.join()
    return `fib ${field}${link} type ${not}${list}`
  },
}

const TTL_OPERATORS = ['', '!= ', 'lt ', 'gt ']
const PACKET_TYPES = ['unicast', 'broadcast', 'multicast']

const TARGETS: Readonly<Record<string, Say>> = {
  MASQUERADE: (range) => natText('masquerade', range),
  REDIRECT: (range) => natText('redirect', range),
  SNAT: (range) => natText('snat', range),
  DNAT: (range) => natText('dnat', range),
  REJECT({ with: answer }) {
    if (answer === 'icmp-port-unreachable') return 'reject'
    if (answer === 'tcp-reset') return 'reject with tcp reset'
    return `reject with icmp type ${String(answer).replace('icmp-', '').replace('proto-', 'prot-')}`
  },
  LOG({ level, flags, prefix }) {
    const names = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug']
    const name = names[level]
    return name === undefined
      ? undefined
      : [
          'log',
          ...(prefix === '' ? [] : [`prefix "${prefix}"`]),
          ...(level === 4 ? [] : [`level ${name}`]),
          ...logFlags(flags),
        ].join(' ')
  },
  MARK({ mark, mask }) {
    if (mask === 0xffffffff) return `meta mark set 0x${hexadecimal(mark)}`
    if (mark === 0) return `meta mark set mark and 0x${hexadecimal(~mask >>> 0)}`
    if (mark === mask) return `meta mark set mark or 0x${hexadecimal(mark)}`
    if (mask === 0) return `meta mark set mark xor 0x${hexadecimal(mark)}`
    return `meta mark set mark and 0x${hexadecimal(~mask >>> 0)} xor 0x${hexadecimal(mark)}`
  },
  TCPMSS: ({ mss }) => `tcp option maxseg size set ${mss === xtables.CLAMP_TO_PATH ? 'rt mtu' : mss}`,
}

const TCP_LOG_FLAGS = { 'tcp-sequence': 'sequence', 'tcp-options': 'options' } as const
const LOG_FLAGS = { 'ip-options': 'ip options', uid: 'skuid', macdecode: 'ether' } as const

function logFlags(flags: Words): string[] {
  const chosen = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).flatMap(([flag, word]) => (flags.includes(flag) ? [word] : []))
  const [tcp, others] = [chosen(TCP_LOG_FLAGS), chosen(LOG_FLAGS)]
  if (tcp.length === 2 && others.length === 3) return ['flags all']
  return [...(tcp.length === 0 ? [] : [`flags tcp ${tcp.join(',')}`]), ...others.map((word) => `flags ${word}`)]
}

const hexadecimal = (number: number) => number.toString(16)

const EITHER = 2

function eitherPort(ports: readonly number[]): string {
  return ports.map((port) => `0-65535 . ${port}, ${port} . 0-65535`).join(', ')
}

function portsOf(ports: readonly number[], ranges: readonly number[], count: number): string[] {
  const list: string[] = []
  for (let at = 0; at < count; at++) {
    if (ranges[at]) list.push(`${ports[at]}-${ports[++at]}`)
    else list.push(String(ports[at]))
  }
  return list
}

/** Both structs of NAT have these. */
function natText(name: string, range: Struct): string | undefined {
  const flags = range.flags
  if (flags.includes('offset')) return undefined
  const between = (from: unknown, to: unknown) => (from === to ? String(from) : `${from}-${to}`)
  const address = flags.includes('addresses') ? between(range.minAddress, range.maxAddress) : ''
  const ports = flags.includes('ports') ? `:${between(range.minPort, range.maxPort)}` : ''
  const words = [
    ...(flags.includes('random') ? ['random'] : []),
    ...(flags.includes('random-fully') ? ['fully-random'] : []),
    ...(flags.includes('persistent') ? ['persistent'] : []),
  ]
  return [
    name,
    ...(address + ports === '' ? [] : [`to ${address}${ports}`]),
    ...(words.length ? [words.join(',')] : []),
  ].join(' ')
}
