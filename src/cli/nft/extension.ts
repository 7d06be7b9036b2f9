import { xtables } from '../../netfilter/index.ts'
import { icmpType } from './data-type.ts'
import type { Data, RuleReader } from './rule-reader.ts'
import { type Shown, shown } from './shown.ts'

type Words = readonly string[]

/** The members of the extensions' structs that are looked at below; each extension has some of them. */
interface Struct {
  readonly [name: string]: unknown
  readonly matched: Words
  readonly inverted: Words & number
  readonly states: Words
  readonly source: Words
  readonly destination: Words
  readonly flags: Words
  readonly type: number
  readonly minCode: number
  readonly maxCode: number
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
  return shown(text ?? `xt ${kind} ${name}`, { xt: { type: kind, name } })
}

type Say = (info: Struct, rule: RuleReader) => string | undefined

/** In the order in which iptables' extension says them. */
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'] as const
const ADDRESS_TYPES: readonly string[] = [
  'UNICAST',
  'LOCAL',
  'BROADCAST',
  'ANYCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
]

const MATCHES: Readonly<Record<string, Say>> = {
  conntrack({ matched, inverted, states }) {
    const facts = matched.filter((fact) => fact !== 'state-alias')
    if (facts.length !== 1 || facts[0] !== 'state') return undefined
    const words = orderedStates(states)
    return `ct state ${inverted.includes('state') ? '! ' : ''}${words.join(',')}`
  },
  state: ({ states }) => `ct state ${orderedStates(states).join(',')}`,
  // nft shows what the comment stands for: nothing.
  comment: () => '',
  icmp({ type, minCode, maxCode, inverted }) {
    if (minCode !== 0 || maxCode !== 255 || type === 255) return undefined
    return `icmp type ${inverted ? '!= ' : ''}${icmpType.show(Uint8Array.of(type)).text}`
  },
  multiport({ which, count, ports, ranges, invert }, rule) {
    const list = portsOf(ports, ranges, count)
    const name = ['sport', 'dport'][which]
    if (name === undefined) return undefined
    const single = list.length === 1 && !invert ? list[0] : `{ ${list.join(', ')} }`
    return `${rule.transport?.name ?? 'th'} ${name} ${invert ? '!= ' : ''}${single}`
  },
  addrtype({ source, destination, flags }) {
    const part = (field: string, types: readonly string[], invert: string) => {
      const words = types.filter((type) => ADDRESS_TYPES.includes(type)).map((type) => type.toLowerCase())
      if (words.length === 0) return []
      const not = flags.includes(invert) ? '!= ' : ''
      return [`fib ${field} type ${not}${words.length === 1 ? words[0] : `{ ${words.join(', ')} }`}`]
    }
    return [...part('saddr', source, 'invert-source'), ...part('daddr', destination, 'invert-destination')].join(' ')
  },
}

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
    const words = flags.flatMap((flag) => LOG_FLAGS[flag] ?? [])
    return [
      'log',
      ...(prefix === '' ? [] : [`prefix "${prefix}"`]),
      ...(level === 4 ? [] : [`level ${names[level]}`]),
      ...(words.length === 0 ? [] : [`flags ${words.join(',')}`]),
    ].join(' ')
  },
  MARK({ mark, mask }) {
    if (mask === 0xffffffff) return `meta mark set 0x${hexadecimal(mark)}`
    if (mask === 0) return `meta mark set mark xor 0x${hexadecimal(mark)}`
    if (mark === mask) return `meta mark set mark or 0x${hexadecimal(mark)}`
    if (mark === 0) return `meta mark set mark and 0x${hexadecimal(~mask >>> 0)}`
    return `meta mark set mark and 0x${hexadecimal(~mask >>> 0)} xor 0x${hexadecimal(mark)}`
  },
  TCPMSS: ({ mss }) => `tcp option maxseg size set ${mss === xtables.CLAMP_TO_PATH ? 'rt mtu' : mss}`,
}

const LOG_FLAGS: Readonly<Record<string, string>> = {
  'tcp-sequence': 'tcp sequence',
  'tcp-options': 'tcp options',
  'ip-options': 'ip options',
  uid: 'skuid',
  macdecode: 'ether',
}

const hexadecimal = (number: number) => number.toString(16)

function orderedStates(states: readonly string[]): string[] {
  return STATES.filter((state) => states.includes(state)).map((state) => state.toLowerCase())
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
function natText(name: string, range: Struct): string {
  const flags = range.flags
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
