import { ORIGINATORS, route, SCOPES } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  expectPrefix,
  type Family,
  familyNamed,
  findDevice,
  type Grammar,
  type Keyword,
  parse,
  type Reader,
  readPrefix,
  rows,
  text,
  u32,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { named, namedOrAll } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { isInside, sameBits } from '../listing/match.ts'
import { routeUsage } from './usage.ts'
import { realms, routeType, routeTypeNumber, vrfTable } from './values.ts'

type Route = route.Route

/** Routes from or to a prefix: those inside `root`, and those that hold all of `match`. */
interface Range {
  root?: Address
  match?: Address
}

/** Which routes are meant. What is asked for by one value is not shown. */
export interface RouteFilter {
  /** 0 for all tables. */
  table: number
  cloned?: boolean
  tos?: number
  protocol?: number
  scope?: number
  types?: (type: number) => boolean
  iif?: number
  oif?: number
  mark?: number
  metric?: number
  via?: Address
  prefsrc?: Address
  realm?: { readonly value: number; readonly mask: number }
  readonly to: Range
  readonly from: Range
}

export interface FilterDraft {
  readonly session: Session
  readonly family: Family
  readonly request: RouteFilter
  inputDevice?: string
  outputDevice?: string
}

const { option, flag } = rows<FilterDraft>()

const tableOrAll: Keyword<FilterDraft> = option('table*', text('TABLE_ID'), ({ session, request }, word) => {
  const table = session.names.table.id(word)
  if (table !== undefined) request.table = table
  else if (word === 'all') request.table = 0
  else if (word === 'cache') request.cloned = true
  else throw word === 'help' ? usage(routeUsage) : wrong(word, 'table id value is invalid\n')
})

const gateway: Reader<Address, FilterDraft> = {
  hint: '[ FAMILY ] PREFIX',
  read(words, { family }) {
    const named = familyNamed(words.current)
    if (named !== 'unspec') words.next()
    return expectPrefix(words.current, named === 'unspec' ? family : named)
  },
}

const anyPrefix: Reader<Address, FilterDraft> = {
  hint: 'PREFIX',
  read: ({ current }, { family }) => expectPrefix(current, family),
}

const realmFilter: Reader<{ value: number; mask: number }, FilterDraft> = {
  hint: 'REALM',
  read(words, draft) {
    const value = realms('invalid realms\n').read(words, draft)
    const { current } = words
    const anyTo = (value & 0xffff) === 0 && current.endsWith('/')
    const anyFrom = value >>> 16 === 0 && (!current.includes('/') || current.startsWith('/'))
    return { value, mask: ((anyTo ? 0 : 0xffff) | (anyFrom ? 0 : 0xffff0000)) >>> 0 }
  },
}

/** `[ root | match | exact ] PREFIX`. */
function range(words: Words, { family }: FilterDraft): Range {
  for (const word of ['root', 'match', 'exact'] as const) {
    if (!abbreviates(words.current, word)) continue
    words.next()
    const found = expectPrefix(words.current, family)
    return word === 'exact' ? { root: found, match: found } : { [word]: found }
  }
  const found = expectPrefix(words.current, family)
  return { root: found, match: found }
}

export const filterGrammar: Grammar<FilterDraft> = {
  usage: routeUsage,
  keywords: [
    tableOrAll,
    option('vrf*', vrfTable, ({ request }, table) => {
      request.table = table
      request.types = (type) => type !== route.ROUTE_TYPES.local && type !== route.ROUTE_TYPES.broadcast
    }),
    flag('cached*|cloned*', 'cloned', true),
    option('tos|dsfield*', named('dsfield', 'TOS value is invalid\n', 'TOS'), 'tos'),
    option('protocol*', namedOrAll('protocol', 'invalid "protocol"\n', 'RTPROTO'), 'protocol'),
    option('scope*', namedOrAll('scope', 'invalid "scope"\n', 'SCOPE'), 'scope'),
    option('type*', routeType, ({ request }, wanted) => {
      request.types = (type) => type === wanted
    }),
    option('dev|oif', text('STRING'), (draft, name) => {
      draft.outputDevice = name
    }),
    option('iif', text('STRING'), (draft, name) => {
      draft.inputDevice = name
    }),
    option('mark', u32('invalid mark value'), 'mark'),
    option('metric*|priority*|preference', u32('"metric" value is invalid\n'), 'metric'),
    option('via', gateway, 'via'),
    option('src', anyPrefix, 'prefsrc'),
    option('realms*', realmFilter, 'realm'),
    option('from*', { hint: '[ root | match | exact ] PREFIX', read: range }, ({ request }, found) => {
      Object.assign(request.from, found)
    }),
  ],
  otherwise(words, draft) {
    if (abbreviates(words.current, 'to')) words.next()
    Object.assign(draft.request.to, range(words, draft))
  },
}

/** Reads a filter and finds its devices. Throws CommandFailure. */
export function readFilter(session: Session, words: Words): FilterDraft {
  const draft: FilterDraft = {
    session,
    family: session.options.family,
    request: { table: route.TABLES.main, to: {}, from: {} },
  }
  parse(filterGrammar, words, draft)
  if (draft.inputDevice !== undefined) draft.request.iif = findDevice(draft, draft.inputDevice)
  if (draft.outputDevice !== undefined) draft.request.oif = findDevice(draft, draft.outputDevice)
  return draft
}

/** Whether a route is meant. */
export function matches({ request: filter, family }: FilterDraft, item: Route): boolean {
  if (family !== 'unspec' && item.family !== family) return false
  if ((filter.cloned ?? false) !== item.flags.includes('cloned')) return false
  if (filter.table !== 0 && !isInTable(filter.table, item)) return false
  const type = routeTypeNumber(item.type)
  if (filter.types !== undefined && !filter.types(type)) return false
  const numbers: readonly (readonly [number | undefined, number])[] = [
    [filter.protocol, typeof item.protocol === 'number' ? item.protocol : ORIGINATORS[item.protocol]],
    [filter.scope, typeof item.scope === 'number' ? item.scope : SCOPES[item.scope]],
    [filter.tos, item.tos],
    [filter.iif, item.iif ?? 0],
    [filter.oif, item.oif ?? 0],
    [filter.mark, item.mark ?? 0],
    [filter.metric, item.metric ?? 0],
  ]
  if (numbers.some(([wanted, is]) => wanted !== undefined && wanted !== is)) return false
  if (filter.realm !== undefined && (((item.flow ?? 0) ^ filter.realm.value) & filter.realm.mask) !== 0) return false
  return (
    isInRange(filter.to, item.dst, item.family) &&
    isInRange(filter.from, item.src, item.family) &&
    matchesHosts(filter, item)
  )
}

/** IPv6 keeps local routes in its main table where it has only one; they are of the local table all the same. */
function isInTable(table: number, item: Route): boolean {
  return item.table === table && !(item.family === 'inet6' && table === route.TABLES.main && item.type === 'local')
}

function matchesHosts({ via, prefsrc }: RouteFilter, item: Route): boolean {
  if (via !== undefined && via.family !== 'unspec') {
    const family = item.viaOther?.family ?? item.family
    const gateway = item.viaOther?.address ?? item.via
    if (family !== via.family || !isInside(gateway ?? anyOf(via.family), via)) return false
  }
  if (prefsrc === undefined || prefsrc.family === 'unspec') return true
  return item.family === prefsrc.family && isInside(item.prefsrc ?? anyOf(prefsrc.family), prefsrc)
}

const anyOf = (family: Family) => (family === 'inet6' ? '::' : '0.0.0.0')

function isInRange({ root, match }: Range, text: string | undefined, family: Route['family']): boolean {
  if (root === undefined && match === undefined) return true
  const own = text === undefined || text === 'default' ? undefined : readPrefix(text, family as Family)
  const length = own?.length ?? 0
  const bytes = own?.bytes ?? new Uint8Array(0)
  if (root !== undefined) {
    if (root.family !== 'unspec' && root.family !== family) return false
    if (
      (root.family !== 'unspec' || root.lengthGiven) &&
      (root.length > length || !sameBits(bytes, root.bytes, root.length))
    ) {
      return false
    }
  }
  if (match === undefined) return true
  if (match.family !== 'unspec' && match.family !== family) return false
  if (match.family === 'unspec' && !match.lengthGiven) return true
  return match.length >= length && sameBits(bytes, match.bytes, length)
}

/** Whether a prefix that was asked for is one whole address of the route's family, so that showing it says nothing new. */
export function isWhole(prefix: Address | undefined, { family }: Route): boolean {
  return prefix !== undefined && prefix.length === (family === 'inet6' ? 128 : 32)
}
