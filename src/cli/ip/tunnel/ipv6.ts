import type { tunnel } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  expectAddress,
  type Grammar,
  type Keyword,
  parse,
  type Reader,
  rows,
  u8,
  type Words,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { withBit } from '../link/kinds/bit-names.ts'
import {
  classReader,
  FLOW_LABEL,
  inheritOnly,
  labelReader,
  looseLimitReader,
  or,
  TRAFFIC_CLASS,
} from '../link/kinds/outer-ipv6.ts'
import { commonKeywords, counting, type Lookup, setFlag, settleBelow, type TunnelDraft, takeName } from './draft.ts'
import { ipv6Usage } from './usage.ts'

/** A tunnel over IPv6, to be changed as it is read. */
export type Ipv6Tunnel = { -readonly [K in keyof tunnel.Ipv6Parameters]: tunnel.Ipv6Parameters[K] }
type Draft = TunnelDraft<Ipv6Tunnel>
type Flag = Exclude<Ipv6Tunnel['flags'][number], number>

const IPV6 = 41
const GRE = 47

const NONE: Ipv6Tunnel = {
  name: '',
  link: 0,
  protocol: IPV6,
  encapLimit: 0,
  hopLimit: 0,
  flowinfo: 0,
  flags: [],
  local: '::',
  remote: '::',
  iflags: [],
  oflags: [],
  ikey: 0,
  okey: 0,
}

/** What a new tunnel has where nothing else is said. */
export const NEW: Ipv6Tunnel = { ...NONE, hopLimit: 64, encapLimit: 4 }

/** What is looked for where nothing is said. */
export const ANYTHING: Ipv6Tunnel = { ...NONE, protocol: 0 }

const { option, flag } = rows<Draft>()

const MODES: Readonly<Record<string, number | 'vti6'>> = {
  'ipv6/ipv6': IPV6,
  ip6ip6: IPV6,
  vti6: 'vti6',
  'ip/ipv6': 4,
  'ipv4/ipv6': 4,
  ipip6: 4,
  ip4ip6: 4,
  ip6gre: GRE,
  'gre/ipv6': GRE,
  'any/ipv6': 0,
  any: 0,
}

/** Whether a mode is one of a tunnel over IPv6. */
export const isIpv6Mode = (word: string) => Object.hasOwn(MODES, word)

const mode: Reader<number | 'vti6'> = {
  hint: '{ ip6ip6 | ipip6 | ip6gre | vti6 | any }',
  choices: Object.keys(MODES),
  read({ current }) {
    if (!isIpv6Mode(current)) throw new CommandFailure(`Unknown tunnel mode "${current}"`, 255)
    return MODES[current]!
  },
}

const address: Reader<string> = {
  hint: 'ADDR',
  read: ({ current }) => addressText(expectAddress(current, 'inet6')) || '::',
}

function set(request: Ipv6Tunnel, name: Flag, on: boolean): void {
  request.flags = withBit(request.flags, name, on)
}

function setFlow(request: Ipv6Tunnel, part: number, shift: number, inherited: Flag, value: number | undefined): void {
  request.flowinfo = ((request.flowinfo & ~part) | ((value ?? 0) << shift)) >>> 0
  set(request, inherited, value === undefined)
}

export const ipv6Keywords: readonly Keyword<Draft>[] = [
  option('mode', mode, ({ request }, value) => {
    request.protocol = value === 'vti6' ? IPV6 : value
    if (value === 'vti6') setFlag(request, 'i', 'special')
  }),
  option('remote', address, ({ request }, value) => {
    request.remote = value
  }),
  option('local', address, ({ request }, value) => {
    request.local = value
  }),
  option('encaplimit', or('none', looseLimitReader), ({ request }, value) => {
    if (value !== undefined) request.encapLimit = value
    set(request, 'ign-encap-limit', value === undefined)
  }),
  option('hoplimit|ttl|hlim', u8('invalid TTL', 'TTL'), ({ request }, value) => {
    request.hopLimit = value
  }),
  option('tclass|tc|tos|dsfield*', or('inherit', classReader), ({ request }, value) => {
    setFlow(request, TRAFFIC_CLASS, 20, 'use-orig-tclass', value)
  }),
  option('flowlabel|fl', or('inherit', labelReader), ({ request }, value) => {
    setFlow(request, FLOW_LABEL, 0, 'use-orig-flowlabel', value)
  }),
  option('dscp', inheritOnly, ({ request }) => set(request, 'rcv-dscp-copy', true)),
  flag('allow-localremote', ({ request }) => set(request, 'allow-local-remote', true)),
  flag('noallow-localremote', ({ request }) => set(request, 'allow-local-remote', false)),
  ...(commonKeywords as readonly Keyword<Draft>[]),
]

/** Reads the options of a tunnel over those of `base`. `lookup` finds one that is to be changed, if its name comes first. */
export function readIpv6(session: Session, words: Words, base: Ipv6Tunnel, lookup?: Lookup<Ipv6Tunnel>): Ipv6Tunnel {
  const grammar: Grammar<Draft> = {
    keywords: counting(ipv6Keywords),
    usage: ipv6Usage,
    otherwise: takeName(ipv6Usage, lookup),
  }
  const draft: Draft = { session, request: { ...base }, count: 0 }
  parse(grammar, words, draft)
  settleBelow(draft)
  return draft.request
}

/** The link that the kernel makes for each kind, by which tunnels of the kind are made. */
export function fallbackOf({ protocol, iflags }: Ipv6Tunnel): string {
  if (protocol === GRE) return 'ip6gre0'
  return iflags.includes('special') ? 'ip6_vti0' : 'ip6tnl0'
}
