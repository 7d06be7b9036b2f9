import { route } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  CommandFailure,
  expectPrefix,
  type Family,
  findDevice,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  text,
  usage,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { isInside } from '../listing/match.ts'
import { printMulticastRoute } from './print.ts'
import { mrouteUsage } from './usage.ts'

interface Filter {
  /** 0 for all tables. */
  table: number
  iif?: number
  to?: Address
  from?: Address
}

interface FilterDraft {
  readonly session: Session
  readonly family: Family
  readonly request: Filter
  device?: string
}

const { option } = rows<FilterDraft>()

const prefix: Reader<Address, FilterDraft> = {
  hint: 'PREFIX',
  read: ({ current }, { family }) => expectPrefix(current, family),
}

const table: Reader<number, FilterDraft> = {
  hint: 'TABLE_ID',
  read({ current }, { session }) {
    const id = session.names.table.id(current)
    if (id !== undefined) return id
    if (current === 'all') return 0
    throw current === 'help' ? usage(mrouteUsage) : wrong(current, 'table id value is invalid\n')
  },
}

export const filterGrammar: Grammar<FilterDraft> = {
  usage: mrouteUsage,
  keywords: [
    option('table*', table, 'table'),
    option('iif', text('NAME'), (draft, name) => {
      draft.device = name
    }),
    option('from*', prefix, 'from'),
  ],
  otherwise(words, { request, family }) {
    if (words.current === 'to') words.next()
    if (abbreviates(words.current, 'help')) throw usage(mrouteUsage)
    request.to = expectPrefix(words.current, family)
  },
}

const FAMILIES: Partial<Record<Family, 'ipmr' | 'ip6mr'>> = { unspec: 'ipmr', inet: 'ipmr', inet6: 'ip6mr' }

/** `ip mroute show`: of IPv4 the default table's, of IPv6 all. */
export const show: Run<Session> = (session, words) => {
  const family = FAMILIES[session.options.family]
  if (family === undefined) return 0
  const request: Filter = { table: family === 'ipmr' ? route.TABLES.default : 0 }
  const draft: FilterDraft = { session, family, request }
  parse(filterGrammar, words, draft)
  if (draft.device !== undefined) request.iif = findDevice(draft, draft.device)
  const { printer, route: requester } = session
  dumping(session, 1, () => {
    for (const item of requester.each(route.list({ family, table: request.table || undefined }))) {
      if (item.type !== 'multicast') throw notMulticast(session)
      if (!matches(request, item)) continue
      printer.object(undefined, () => printMulticastRoute(item, session, request.table !== 0))
    }
  })
  return 0
}

/** A kernel without multicast routing of a family answers with its other routes. */
function notMulticast({ complain }: Session): CommandFailure {
  complain('Non multicast route received, kernel does support IP multicast?')
  return new CommandFailure('Dump terminated', 1, { ends: true })
}

function matches({ table, iif, to, from }: Filter, item: route.Route): boolean {
  if (table !== 0 && item.table !== table) return false
  if (iif !== undefined && (item.iif ?? 0) !== iif) return false
  const inside = (prefix: string | undefined, wanted: Address | undefined) =>
    wanted === undefined || prefix === undefined || isInside(prefix.split('/')[0]!, wanted)
  return inside(item.dst === 'default' ? undefined : item.dst, to) && inside(item.src, from)
}
