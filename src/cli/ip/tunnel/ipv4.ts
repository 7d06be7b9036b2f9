import type { tunnel } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  expectIpv4,
  type Grammar,
  type Keyword,
  parse,
  type Reader,
  rows,
  u8,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { keyOf } from '../link/kinds/tunnel-key.ts'
import { commonKeywords, counting, type Lookup, setFlag, settleBelow, type TunnelDraft, takeName } from './draft.ts'
import { ipv4Usage } from './usage.ts'

/** A tunnel over IPv4, to be changed as it is read. */
export type Ipv4Tunnel = { -readonly [K in keyof tunnel.Ipv4Parameters]: tunnel.Ipv4Parameters[K] }
type Draft = TunnelDraft<Ipv4Tunnel> & { isatap: boolean }

/** What tunnels carry, as IP numbers it. */
const IPIP = 4
const IPV6 = 41
const GRE = 47

/** A packet that is not to be cut into fragments: the outer header's DF bit. */
export const WHOLE = 0x4000

const NEW: Ipv4Tunnel = {
  name: '',
  link: 0,
  iflags: [],
  oflags: [],
  ikey: 0,
  okey: 0,
  version: 0x45,
  tos: 0,
  length: 0,
  id: 0,
  fragment: WHOLE,
  ttl: 0,
  protocol: 0,
  checksum: 0,
  local: '0.0.0.0',
  remote: '0.0.0.0',
}

const { option, flag } = rows<Draft>()

interface Mode {
  readonly protocol: number
  readonly special?: 'isatap' | 'vti'
}

const MODES: Readonly<Record<string, Mode>> = {
  ipip: { protocol: IPIP },
  'ip/ip': { protocol: IPIP },
  gre: { protocol: GRE },
  'gre/ip': { protocol: GRE },
  sit: { protocol: IPV6 },
  'ipv6/ip': { protocol: IPV6 },
  isatap: { protocol: IPV6, special: 'isatap' },
  vti: { protocol: IPIP, special: 'vti' },
}

const mode: Reader<Mode> = {
  hint: '{ gre | ipip | isatap | sit | vti }',
  choices: Object.keys(MODES),
  read({ current }) {
    const found = Object.hasOwn(MODES, current) ? MODES[current] : undefined
    if (found === undefined) throw new CommandFailure(`Unknown tunnel mode "${current}"`, 255)
    return found
  },
}

function setMode(draft: Draft, { protocol, special }: Mode): void {
  const { request } = draft
  if (request.protocol !== 0 && request.protocol !== protocol) {
    throw new CommandFailure('You managed to ask for more than one tunnel mode.', 255)
  }
  request.protocol = protocol
  if (special === 'isatap') draft.isatap = true
  if (special === 'vti') setFlag(request, 'i', 'special')
}

/** An IPv4 address, in the words of the error that iproute2 has where nothing else can stand. */
export const quad: Reader<string> = {
  hint: 'ADDR',
  read: ({ current }) => addressText(expectIpv4(current)) || '0.0.0.0',
}

/** 0 is inherited, which leaves what there is. */
const ttl: Reader<number | undefined> = {
  hint: 'TTL',
  read: (words, draft) => (words.current === 'inherit' ? undefined : u8('invalid TTL\n').read(words, draft)),
}

/** `inherit`, a value, or `inherit/VALUE`. */
const tos: Reader<number, Draft> = {
  hint: 'TOS',
  read({ current }, { session }) {
    const [first = '', second] = current.split(/\/(.*)/s)
    const inherits = first === 'inherit'
    const word = inherits ? second : first
    if (word === undefined) return 1
    const value = session.names.dsfield.id(word)
    if (value === undefined) throw wrong(first, 'bad TOS value')
    return value | Number(inherits)
  },
}

export const ipv4Keywords: readonly Keyword<Draft>[] = [
  option('mode', mode, setMode),
  ...(commonKeywords as readonly Keyword<Draft>[]),
  flag('nopmtudisc', ({ request }) => {
    request.fragment = 0
  }),
  flag('pmtudisc', ({ request }) => {
    request.fragment = WHOLE
  }),
  option('remote', quad, ({ request }, address) => {
    request.remote = address
  }),
  option('local', quad, ({ request }, address) => {
    request.local = address
  }),
  option('ttl|hoplimit|hlim', ttl, ({ request }, value) => {
    if (value !== undefined) request.ttl = value
  }),
  option('tos|tclass|dsfield*', tos, ({ request }, value) => {
    request.tos = value
  }),
]

/** The kind that a name begins with, where none was given. */
const NAMES: readonly (readonly [prefix: string, mode: string])[] = [
  ['gre', 'gre'],
  ['ipip', 'ipip'],
  ['sit', 'sit'],
  ['isatap', 'isatap'],
  ['vti', 'vti'],
]

const isMulticast = (address: string) => /^(22[4-9]|23\d)\./.test(address)

function settle(draft: Draft): void {
  const { request } = draft
  if (request.protocol === 0) {
    const named = NAMES.find(([prefix]) => request.name.startsWith(prefix))
    if (named !== undefined) setMode(draft, MODES[named[1]]!)
  }
  const isVti = request.iflags.includes('special') && request.protocol !== IPV6
  const keyed = request.iflags.includes('key') || request.oflags.includes('key')
  if (keyed && !isVti && request.protocol !== GRE) {
    throw new CommandFailure('Keys are not allowed with ipip and sit tunnels', 1)
  }
  settleBelow(draft)
  if (isMulticast(request.remote)) {
    const group = keyOf(Uint8Array.from(request.remote.split('.'), Number))
    for (const direction of ['i', 'o'] as const) {
      if (request[`${direction}key`] !== 0) continue
      request[`${direction}key`] = group
      setFlag(request, direction, 'key')
    }
    if (request.local === '0.0.0.0') {
      throw new CommandFailure('A broadcast tunnel requires a source address', 1)
    }
  }
  if (draft.isatap) setFlag(request, 'i', 'special')
}

/** Reads the options of a tunnel. `lookup` finds one that is to be changed, if its name comes first. Throws CommandFailure. */
export function readIpv4(session: Session, words: Words, lookup?: Lookup<Ipv4Tunnel>): Ipv4Tunnel {
  const grammar: Grammar<Draft> = {
    keywords: counting(ipv4Keywords),
    usage: ipv4Usage,
    otherwise: takeName(ipv4Usage, lookup),
  }
  const draft: Draft = { session, request: { ...NEW }, count: 0, isatap: false }
  parse(grammar, words, draft)
  settle(draft)
  return draft.request
}

/** The link that the kernel makes for each kind, by which tunnels of the kind are made; undefined for a kind not given. */
export function fallbackOf({ protocol, iflags }: Ipv4Tunnel): string | undefined {
  if (protocol === IPIP) return iflags.includes('special') ? 'ip_vti0' : 'tunl0'
  if (protocol === GRE) return 'gre0'
  return protocol === IPV6 ? 'sit0' : undefined
}

export const isIsatap = ({ protocol, iflags }: Ipv4Tunnel) => protocol === IPV6 && iflags.includes('special')
export const carriesIpv6 = ({ protocol }: Ipv4Tunnel) => protocol === IPV6
