import type { Request } from '../../../netlink/index.ts'
import { route } from '../../../rtnl/index.ts'
import { telling } from '../../echo.ts'
import {
  type Address,
  abbreviates,
  address,
  addressText,
  CommandFailure,
  choice,
  expectPrefix,
  findDevice,
  type Grammar,
  garbage,
  type Keyword,
  parse,
  prefix,
  type Reader,
  type Run,
  rows,
  text,
  u32,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { emptyAddress } from '../empty-address.ts'
import { encapKeyword } from '../encap/index.ts'
import type { RouteDraft } from './draft.ts'
import { fastOpenKeyword, metricKeywords } from './metrics.ts'
import { readNexthops } from './nexthops.ts'
import { printRoute } from './print.ts'
import { routeUsage } from './usage.ts'
import {
  gatewayFields,
  gatewayRefusal,
  readGateway,
  realms,
  routerPreference,
  routeTypeIn,
  vrfTable,
} from './values.ts'

const { option, flag } = rows<RouteDraft>()

const addressWord: Reader<string, RouteDraft> = {
  hint: 'ADDRESS',
  read: (words, draft) => addressText(address.read(words, draft)),
}

const newDestination: Reader<string, RouteDraft> = {
  hint: '[ to ] ADDRESS',
  read(words, draft) {
    if (words.current === 'to') words.next()
    return addressWord.read(words, draft)
  },
}

/** The gateway. The keyword itself is looked at before its value: a second one is refused whatever follows it. */
const gateway: Keyword<RouteDraft> = {
  ...option('via', text('[ FAMILY ] ADDRESS'), () => {}),
  value: undefined,
  take(words, draft) {
    if (draft.gatewayGiven) throw wrong(words.current, 'use nexthop syntax to specify multiple via\n')
    draft.gatewayGiven = true
    words.next()
    const found = readGateway(words, draft.family)
    if (draft.family === 'unspec') draft.family = found.family
    draft.refusal ??= gatewayRefusal(found, draft.family)
    Object.assign(draft.request, gatewayFields(found, draft.family))
  },
}

const ttlPropagate = choice({ 'enabled*': 1, 'disabled*': 0 }, '"ttl-propagate" value is invalid\n')

/** The options of a route, in the order in which iproute2 resolves abbreviations. */
const keywords: readonly Keyword<RouteDraft>[] = [
  option('src', addressWord, (draft, text) => {
    if (text === '') draft.refusal ??= emptyAddress()
    else draft.request.prefsrc = text
  }),
  option('as', newDestination, ({ request, family }, labels) => {
    // No kernel looks at what other families have there.
    if (family === 'mpls') request.newdst = labels
  }),
  gateway,
  option('from', prefix, ({ request }, source) => {
    if (source.bytes.length > 0) request.src = `${addressText(source)}/${source.length}`
  }),
  option('tos|dsfield*', named('dsfield', '"tos" value is invalid\n', 'TOS'), 'tos'),
  option('expires', u32('"expires" value is invalid\n', 'NUMBER'), 'expires'),
  option('metric*|priority*|preference', u32('"metric" value is invalid\n', 'METRIC'), 'metric'),
  option('scope', named('scope', 'invalid "scope" value\n', 'SCOPE'), 'scope'),
  ...metricKeywords,
  option('realms*', realms('"realm" value is invalid\n'), 'flow'),
  flag('onlink', 'flags', ['onlink']),
  flag(
    'nexthop',
    (draft, words) => {
      draft.nexthops = true
      words.back()
    },
    { ends: true },
  ),
  option('nhid', u32('"id" value is invalid\n', 'ID'), 'nhId'),
  option('protocol*', named('protocol', '"protocol" value is invalid\n', 'RTPROTO'), 'protocol'),
  option('table*', named('table', '"table" value is invalid\n', 'TABLE_ID'), 'table'),
  option('vrf*', vrfTable, 'table'),
  option('dev|oif', text('STRING'), (draft, name) => {
    draft.device = name
  }),
  option('pref*', routerPreference, 'pref'),
  encapKeyword(),
  option('ttl-propagate', ttlPropagate, 'ttlPropagate'),
  fastOpenKeyword,
]

/** `[to] [TYPE] PREFIX`. */
function destination(words: Words, draft: RouteDraft): void {
  if (words.current === 'to') words.next()
  const type = /^\d/.test(words.current) ? undefined : routeTypeIn(words.current)
  if (type !== undefined) {
    words.next()
    draft.request.type = type
  }
  if (abbreviates(words.current, 'help')) throw usage(routeUsage)
  if (draft.destinationGiven) throw garbage('to', words.current)
  const found = expectPrefix(words.current, draft.family)
  if (draft.family === 'unspec') draft.family = found.family
  draft.destinationGiven = true
  // A default route has no address, in whichever way it was written.
  draft.request.dst = found.bytes.length === 0 ? 'default' : prefixText(found)
}

/** Of MPLS a label, which has no length. */
function prefixText(found: Address): string {
  const text = addressText(found)
  return found.family === 'mpls' ? text : `${text}/${found.length}`
}

export const routeGrammar: Grammar<RouteDraft> = { keywords, usage: routeUsage, otherwise: destination }

const echo = (session: Session) => {
  return telling(session, (message: route.RouteMessage) => printRoute(route.listed(message), session, {}))
}

/** `ip route add` and its kin, which take the same words. */
function modify(build: (settings: route.RouteSettings) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: RouteDraft = {
      session,
      family: session.options.family,
      request: {},
      gatewayGiven: false,
      destinationGiven: false,
      nexthops: false,
    }
    parse(routeGrammar, words, draft)
    if (!draft.destinationGiven) throw usage(routeUsage)
    const { request, device } = draft
    if (device !== undefined) request.oif = findDevice(draft, device)
    if (draft.nexthops) request.multipath = readNexthops(words, draft)
    request.family = draft.family === 'unspec' ? 'inet' : draft.family
    const { nhId, oif, via, viaOther, multipath, encap } = request
    if (nhId !== undefined && [oif, via, viaOther, multipath, encap].some((hop) => hop !== undefined)) {
      throw new CommandFailure('Error: Nexthop specification and nexthop id are mutually exclusive.', 2)
    }
    if (draft.refusal !== undefined) throw draft.refusal
    session.route.finish(build(request as route.RouteSettings), echo(session))
    return 0
  }
}

export const add = modify(route.add)
export const change = modify(route.change)
export const replace = modify(route.replace)
export const prepend = modify(route.prepend)
export const append = modify(route.append)
export const test = modify(route.test)
export const remove = modify(route.delete)
