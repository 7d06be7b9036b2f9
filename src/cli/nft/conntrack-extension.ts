import type { xtables } from '../../netfilter/index.ts'
import { formatIpv4 } from '../../netlink/index.ts'
import { prefixLength } from './operand.ts'

export type ConntrackInfo = ReturnType<(typeof xtables.matches.conntrack)[3]['at']>
type Fact = keyof typeof xtables.CONNTRACK_FACTS

/** In the order in which iptables' extension says them. */
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'] as const
const STATUSES = ['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const

const HOSTS = [
  ['orig-src', 'origSrc', 'original saddr', 'original proto-src'],
  ['orig-dst', 'origDst', 'original daddr', 'original proto-dst'],
  ['repl-src', 'replSrc', 'reply saddr', 'reply proto-src'],
  ['repl-dst', 'replDst', 'reply daddr', 'reply proto-dst'],
] as const

/** iptables' conntrack match as what nft would have in its place. */
export function conntrackText(info: ConntrackInfo): string {
  const { matched, inverted, states, l4proto, statuses, expiresMin, expiresMax } = info
  const direction = inverted.includes('direction') ? 'reply' : 'original'
  const not = (fact: Fact) => (inverted.includes(fact) ? '!= ' : '')
  const range = (from: number, to: number) => (from === to ? `${from}` : `${from}-${to}`)
  const says: readonly (readonly [fact: Fact, text: () => string])[] = [
    ['direction', () => `direction ${direction}`],
    ['proto', () => `${direction} protocol ${not('proto')}${l4proto}`],
    ['state', () => (isTranslated(states) ? translated(states, inverted) : named('state', states, STATES, inverted))],
    ['status', () => named('status', statuses, STATUSES, inverted)],
    ['expires', () => `expiration ${not('expires')}${range(expiresMin, expiresMax)}`],
    ...HOSTS.map(([fact, field, name]) => {
      const text = () => `${name} ${not(fact)}${network(info[`${field}Address`], info[`${field}Mask`])}`
      return [fact, text] as const
    }),
    ...HOSTS.map(([fact, field, , name]) => {
      const text = () => `${name} ${not(`${fact}-port`)}${range(info[`${field}Port`], info[`${field}PortHigh`])}`
      return [`${fact}-port`, text] as const
    }),
  ]
  return says.flatMap(([fact, text]) => (matched.includes(fact) ? [`ct ${text()}`] : [])).join(' ')
}

/** The states of the older match. */
export function stateText(states: readonly (string | number)[]): string {
  return `ct ${named('state', states, STATES, [])}`
}

function named(
  name: Fact,
  given: readonly (string | number)[],
  names: readonly string[],
  inverted: ConntrackInfo['inverted'],
): string {
  const words = names.filter((word) => given.includes(word)).map((word) => word.toLowerCase().replace('_', '-'))
  return `${name} ${inverted.includes(name) ? '! ' : ''}${words.join(',')}`
}

/** Whether addresses have been translated is a status to nft, and the only thing that is said then. */
const isTranslated = (states: ConntrackInfo['states']) => states.includes('SNAT') || states.includes('DNAT')

function translated(states: ConntrackInfo['states'], inverted: ConntrackInfo['inverted']): string {
  return `status ${inverted.includes('status') ? '!=' : ''}${states.includes('SNAT') ? 'snat' : 'dnat'}`
}

function network(address: Uint8Array, mask: Uint8Array): string {
  const four = mask.subarray(0, 4)
  const length = prefixLength(four)
  return `${formatIpv4(address, 0)}${length === 32 ? '' : `/${length ?? formatIpv4(four, 0)}`}`
}
