import type { DumpRequest } from '../../../netlink/index.ts'
import { NetlinkError } from '../../../netlink/index.ts'
import { route } from '../../../rtnl/index.ts'
import type { Run } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { type FilterDraft, matches, readFilter } from './filter.ts'
import { printRoute } from './print.ts'

/** The request for the routes that a filter may mean; the kernel filters the most of it. */
export function dumpRequest({ family, request }: FilterDraft): DumpRequest<route.Route> {
  const { table, protocol, oif, cloned } = request
  // One table is of one family.
  const dumped = family === 'unspec' ? (table === 0 ? undefined : 'inet') : family
  return route.list({ family: dumped, table: table === 0 ? undefined : table, protocol, oif, cloned })
}

/** `ip route show`. */
export const show: Run<Session> = (session, words) => {
  const draft = readFilter(session, words)
  const { printer, route: requester } = session
  dumping(session, 2, () => {
    unlessEmpty(draft, () => {
      for (const item of requester.each(dumpRequest(draft))) {
        if (matches(draft, item)) printer.object(undefined, () => printRoute(item, session, draft.request))
      }
    })
  })
  return 0
}

/** Runs a dump; a main table that nothing was ever in is no error. */
export function unlessEmpty({ request }: FilterDraft, dump: () => void): void {
  try {
    dump()
  } catch (error) {
    const empty = error instanceof NetlinkError && error.code === 'ENOENT' && request.table === route.TABLES.main
    if (!empty) throw error
  }
}
