import type { Request } from '../../../netlink/index.ts'
import { route, rule } from '../../../rtnl/index.ts'
import { telling } from '../../echo.ts'
import {
  type Address,
  abbreviates,
  addressText,
  CommandFailure,
  expectIpv4,
  expectPrefix,
  type Family,
  type Grammar,
  i32,
  parse,
  type Reader,
  type Run,
  rows,
  u32,
  u64,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { ipProtocol } from '../../names/ip-protocol.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { realms, routeTypeIn, routeTypeNumber } from '../route/values.ts'
import { printRule } from './print.ts'
import { ruleUsage } from './usage.ts'
import { deviceName, firewallMark, ports, userRange } from './values.ts'

interface RuleDraft {
  readonly session: Session
  readonly family: Family
  readonly request: { -readonly [K in keyof rule.RuleInput]: rule.RuleInput[K] }
  readonly prefixes: { src?: Address; dst?: Address }
  tableGiven: boolean
}

const { option, flag } = rows<RuleDraft>()

const prefix: Reader<Address, RuleDraft> = {
  hint: 'PREFIX',
  read: ({ current }, { family }) => expectPrefix(current, family),
}

const length: Reader<number> = {
  hint: 'NUMBER',
  read(words, draft) {
    const why = 'suppress_prefixlength value is invalid\n'
    const value = i32(why).read(words, draft)
    if (value < 0) throw wrong(words.current, why)
    return value
  },
}

/** What a rule would translate to, if kernels still did that. */
const gateway: Reader<Address, RuleDraft> = {
  hint: 'ADDRESS',
  read({ current }, { session }) {
    session.complain('Warning: route NAT is deprecated')
    return expectIpv4(current)
  },
}

const keywords: Grammar<RuleDraft>['keywords'] = [
  flag('not', 'flags', ['invert']),
  option('from', prefix, ({ prefixes }, found) => {
    prefixes.src = found
  }),
  option('to', prefix, ({ prefixes }, found) => {
    prefixes.dst = found
  }),
  option('preference*|order*|priority*', u32('preference value is invalid\n'), 'priority'),
  option('tos|dsfield*', named('dsfield', 'TOS value is invalid\n', 'TOS'), 'tos'),
  option('fwmark', firewallMark, ({ request }, { mark, mask }) => {
    request.fwmark = mark
    if (mask !== undefined) request.fwmask = mask
  }),
  option('realms*', realms('invalid realms\n'), 'flow'),
  option('protocol*', named('protocol', '"protocol" value is invalid\n', 'PROTO'), 'protocol'),
  option('tun_id*', u64('"tun_id" value is invalid\n'), 'tunId'),
  option('table*|lookup', named('table', 'invalid table ID\n', 'TABLE_ID'), (draft, table) => {
    draft.request.table = table
    draft.tableGiven = true
  }),
  option('suppress_prefixlength*|sup_pl', length, 'suppressPrefixlen'),
  option(
    'suppress_ifgroup*|sup_group',
    named('group', 'Invalid "suppress_ifgroup" value\n', 'DEVGROUP'),
    'suppressIfgroup',
  ),
  option('dev|iif', deviceName('"iif"/"dev" not a valid ifname'), 'iif'),
  option('oif', deviceName('"oif" not a valid ifname'), 'oif'),
  flag('l3mdev', (draft) => {
    draft.request.l3mdev = 1
    draft.tableGiven = true
  }),
  option('uidrange', userRange, 'uidRange'),
  option('nat|map-to*', gateway, ({ request }, { bytes }) => {
    request.unused2 = bytes
    request.action = routeTypeNumber('nat')
  }),
  option('ipproto', ipProtocol, 'ipProto'),
  option('sport', ports('invalid port range\n'), 'sportRange'),
  option('dport', ports('invalid dport range\n'), 'dportRange'),
]

/** `[type] TYPE`, or `goto NUMBER`: what a rule does in place of looking up a table. */
function action(words: Words, draft: RuleDraft): void {
  if (words.current === 'type') words.next()
  const { request } = draft
  if (abbreviates(words.current, 'help')) throw usage(ruleUsage)
  if (abbreviates(words.current, 'goto')) {
    words.next()
    request.goto = u32('invalid target\n').read(words, draft)
    request.action = 'goto'
  } else if (abbreviates(words.current, 'nop')) request.action = 'nop'
  else request.action = typeNumber(words.current)
  draft.tableGiven = true
}

function typeNumber(word: string): number {
  const type = routeTypeIn(word)
  if (type === undefined) throw wrong(word, 'Failed to parse rule type')
  return routeTypeNumber(type)
}

export const ruleGrammar: Grammar<RuleDraft> = { keywords, usage: ruleUsage, otherwise: action }

/** A prefix that the kernel is asked about; of another family than the rule's it would be refused. */
function prefixText(prefix: Address | undefined, family: Family, name: string): string | undefined {
  if (prefix === undefined) return undefined
  if (prefix.bytes.length === 0) return 'all'
  // Of an address without a length the kernel does not look at the family.
  if (prefix.family !== family && prefix.length === 0) return 'all'
  if (prefix.family !== family) throw new CommandFailure(`Error: Invalid ${name} address.`, 2)
  return `${addressText(prefix)}/${prefix.length}`
}

function modify(verb: string, build: (settings: rule.RuleSettings) => Request<void>): Run<Session> {
  return (session, words) => {
    if (words.done) throw new CommandFailure(`"ip rule ${verb}" requires arguments.`, 1)
    const { family } = session.options
    const draft: RuleDraft = { session, family, request: {}, prefixes: {}, tableGiven: false }
    parse(ruleGrammar, words, draft)
    const { request, prefixes, tableGiven } = draft
    if (request.l3mdev && request.table) {
      throw new CommandFailure('table can not be specified for l3mdev rules', 22)
    }
    request.family = family === 'unspec' ? 'inet' : family
    request.src = prefixText(prefixes.src, request.family as Family, 'source')
    request.dst = prefixText(prefixes.dst, request.family as Family, 'dst')
    if (tableGiven) request.table ??= 0
    else if (verb === 'add') request.table = route.TABLES.main
    session.route.finish(
      build(request),
      telling(session, (item: rule.Rule) => printRule(item, session)),
    )
    return 0
  }
}

export const add = modify('add', rule.add)
export const remove = modify('del', rule.delete)
