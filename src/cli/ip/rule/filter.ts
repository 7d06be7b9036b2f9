import { ORIGINATORS, type rule } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  CommandFailure,
  expectPrefix,
  type Family,
  type Grammar,
  parse,
  type Reader,
  rows,
  u32,
  u64,
  type Words,
} from '../../grammar/index.ts'
import { ipProtocol } from '../../names/ip-protocol.ts'
import { named, namedOrAll } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { isInside } from '../listing/match.ts'
import { tableOf } from './print.ts'
import { ruleUsage } from './usage.ts'
import { deviceName, firewallMark, ports, type Range, userRange } from './values.ts'

type Rule = rule.Rule

/** Which rules are meant. */
interface RuleFilter {
  priority?: number
  not?: boolean
  tos?: number
  mark?: number
  mask?: number
  iif?: string
  oif?: string
  l3mdev?: boolean
  uids?: Range
  tunId?: number | bigint
  table?: number
  src?: Address
  dst?: Address
  /** Looked at only where rules are flushed. */
  protocol?: number
  ipProto?: number
  sport?: Range
  dport?: Range
}

export interface FilterDraft {
  readonly session: Session
  readonly family: Family
  readonly request: RuleFilter
}

const { option, flag } = rows<FilterDraft>()

const anyPrefix: Reader<Address, FilterDraft> = {
  hint: 'PREFIX',
  read: ({ current }, { family }) => expectPrefix(current, family),
}

export const filterGrammar: Grammar<FilterDraft> = {
  usage: ruleUsage,
  keywords: [
    option('preference*|order*|priority*', u32('preference value is invalid\n'), 'priority'),
    flag('not', 'not', true),
    option('tos|dsfield', named('dsfield', 'TOS value is invalid\n', 'TOS'), 'tos'),
    option('fwmark', firewallMark, ({ request }, { mark, mask }) => {
      request.mark = mark
      if (mask !== undefined) request.mask = mask
    }),
    option('dev|iif', deviceName('"iif"/"dev" not a valid ifname'), 'iif'),
    option('oif', deviceName('"oif" not a valid ifname'), 'oif'),
    flag('l3mdev', 'l3mdev', true),
    option('uidrange', userRange, 'uids'),
    option('tun_id*', u64('"tun_id" value is invalid\n'), 'tunId'),
    option('lookup*|table*', named('table', 'table id value is invalid\n', 'TABLE_ID'), 'table'),
    option('from*|src*', anyPrefix, 'src'),
    option('protocol*', namedOrAll('protocol', 'invalid "protocol"\n', 'PROTO'), 'protocol'),
    option('ipproto', ipProtocol, 'ipProto'),
    option('sport', ports('invalid port range\n'), 'sport'),
    option('dport', ports('invalid dport range\n'), 'dport'),
  ],
  otherwise(words, { family, request }) {
    if (abbreviates(words.current, 'dst') || abbreviates(words.current, 'to')) words.next()
    request.dst = expectPrefix(words.current, family)
  },
}

/** Reads a filter; without a family rules of IPv4 are meant. Throws CommandFailure. */
export function readFilter(session: Session, words: Words): FilterDraft {
  const { family } = session.options
  const draft: FilterDraft = { session, family: family === 'unspec' ? 'inet' : family, request: {} }
  parse(filterGrammar, words, draft)
  return draft
}

/** Whether a rule is meant. What is asked for by 0 says nothing of a mark, a port, a table or a tunnel. */
export function matches({ family, session, request: filter }: FilterDraft, item: Rule): boolean {
  if (session.options.family !== 'unspec' && item.family !== family) return false
  if (filter.not && !item.flags.includes('invert')) return false
  if (filter.l3mdev && !item.l3mdev) return false
  const same: readonly (readonly [unknown, unknown])[] = [
    [filter.priority, item.priority ?? 0],
    [filter.tos, item.tos],
    [filter.mark || undefined, item.fwmark ?? 0],
    [filter.mask || undefined, item.fwmask ?? 0],
    [filter.iif, item.iif],
    [filter.oif, item.oif],
    [filter.ipProto || undefined, item.ipProto ?? 0],
    [filter.tunId || undefined, item.tunId],
    [filter.table || undefined, tableOf(item)],
  ]
  if (same.some(([wanted, is]) => wanted !== undefined && wanted !== is)) return false
  return (
    isFrom(filter.src, item.src, item) &&
    isFrom(filter.dst, item.dst, item) &&
    sameRange(filter.uids, item.uidRange) &&
    sameRange(filter.sport?.start ? filter.sport : undefined, item.sportRange) &&
    sameRange(filter.dport?.start ? filter.dport : undefined, item.dportRange)
  )
}

function sameRange(wanted: Range | undefined, range: Range | undefined): boolean {
  return wanted === undefined || (range?.start === wanted.start && range.end === wanted.end)
}

function isFrom(wanted: Address | undefined, prefix: string | undefined, { family }: Rule): boolean {
  if (wanted === undefined || wanted.family === 'unspec') return true
  const [address = 'all', length = '0'] = prefix?.split('/') ?? []
  if (wanted.family !== family || wanted.length > Number(length)) return false
  return wanted.length === 0 || isInside(address, wanted)
}

/** Whether a rule that is meant is of the protocol that a flush asks for. */
export function isOfProtocol({ request }: FilterDraft, { protocol }: Rule): boolean {
  if (request.protocol === undefined || protocol === undefined) return true
  return request.protocol === (typeof protocol === 'number' ? protocol : ORIGINATORS[protocol])
}

/** Refuses words that a command does not take. Throws CommandFailure. */
export function refuseWords(words: Words, verb: string): void {
  if (!words.done) throw new CommandFailure(`"ip rule ${verb}" does not take any arguments.`, 1)
}
