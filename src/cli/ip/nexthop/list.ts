import { NetlinkError } from '../../../netlink/index.ts'
import { nexthop, ORIGINATORS } from '../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  device,
  type Family,
  type Grammar,
  parse,
  type Run,
  rows,
  u32,
  usage,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printNexthop } from './print.ts'
import { nexthopUsage } from './usage.ts'
import { id, vrf } from './values.ts'

type Nexthop = nexthop.Nexthop

interface Filter {
  oif?: number
  master?: number
  groups?: true
  fdb?: true
  protocol?: number
  /** One next hop alone: what follows is not looked at. */
  id?: number
}

interface FilterDraft {
  readonly session: Session
  readonly request: Filter
}

const { option, flag } = rows<FilterDraft>()

/** What a line that is no selector gets. */
export function refuseWord({ current }: Words): never {
  throw abbreviates(current, 'help') ? usage(nexthopUsage) : wrong(current, '')
}

export const filterGrammar: Grammar<FilterDraft> = {
  usage: nexthopUsage,
  keywords: [
    option('dev*', device('Device does not exist\n'), 'oif'),
    flag('groups*', 'groups', true),
    option('master*', device('Device does not exist\n'), 'master'),
    option('vrf*', vrf, 'master'),
    option('id', id, 'id', { ends: true }),
    option('protocol*', u32('invalid protocol value'), 'protocol'),
    flag('fdb*', 'fdb', true),
  ],
  otherwise: refuseWord,
}

function readFilter(session: Session, words: Words): Filter {
  const draft: FilterDraft = { session, request: {} }
  parse(filterGrammar, words, draft)
  return draft.request
}

function isOfProtocol({ protocol }: Filter, item: Nexthop): boolean {
  const number = typeof item.protocol === 'number' ? item.protocol : ORIGINATORS[item.protocol]
  return !protocol || protocol === number
}

const familyOf = ({ options }: Session): Family | undefined =>
  options.family === 'unspec' ? undefined : options.family

/** What the kernel filters itself. */
const askedOf = ({ oif, master, groups, fdb }: Filter, session: Session) => {
  return { oif, master, groups, fdb, family: familyOf(session) }
}

function showOne(session: Session, filter: Filter, id: number): number {
  const { printer, route } = session
  const found = route.ask(nexthop.get({ id }))
  printer.records(() => {
    if (isOfProtocol(filter, found)) printer.object(undefined, () => printNexthop(found, session))
  })
  return 0
}

/** `ip nexthop list`. */
export const list: Run<Session> = (session, words) => {
  const filter = readFilter(session, words)
  if (filter.id !== undefined) return showOne(session, filter, filter.id)
  const { printer, route } = session
  dumping(session, 2, () => {
    for (const item of route.each(nexthop.list(askedOf(filter, session)))) {
      if (isOfProtocol(filter, item)) printer.object(undefined, () => printNexthop(item, session))
    }
  })
  return 0
}

export const getGrammar: Grammar<FilterDraft> = {
  usage: nexthopUsage,
  keywords: [option('id', id, 'id')],
  otherwise() {
    throw usage(nexthopUsage)
  },
}

/** `ip nexthop get id ID`. */
export const get: Run<Session> = (session, words) => {
  const draft: FilterDraft = { session, request: {} }
  parse(getGrammar, words, draft)
  const { id: wanted } = draft.request
  if (!wanted) throw usage(nexthopUsage)
  return showOne(session, {}, wanted)
}

/** `ip nexthop flush`. */
export const flush: Run<Session> = (session, words) => {
  const all = words.done
  const filter = readFilter(session, words)
  if (filter.id !== undefined) {
    if (!remove(session, filter.id)) throw new CommandFailure('', 1)
    return 0
  }
  let flushed = 0
  // Groups first: without its members a group is gone unasked.
  for (const round of all ? [{ ...filter, groups: true } as const, filter] : [filter]) {
    for (const item of session.route.ask(nexthop.list(askedOf(round, session)))) {
      if (isOfProtocol(filter, item) && item.id !== undefined && remove(session, item.id)) flushed++
    }
  }
  session.out.write(flushed === 0 ? 'Nothing to flush\n' : `Flushed ${flushed} nexthops\n`)
  return 0
}

/** Deletes one; a refusal is said. */
function remove(session: Session, id: number): boolean {
  try {
    session.route.change(nexthop.delete({ id }))
    return true
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    session.complain(refusal(error))
    return false
  }
}
