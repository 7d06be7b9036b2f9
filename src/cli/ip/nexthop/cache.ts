import { NetlinkError } from '../../../netlink/index.ts'
import { nexthop } from '../../../rtnl/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'

const known = new WeakMap<Session, Map<number, nexthop.Nexthop>>()

/** A next hop by its id, asked for once. That there is none is said; undefined then. */
export function nexthopNamed(session: Session, id: number): nexthop.Nexthop | undefined {
  const cache = known.get(session) ?? new Map<number, nexthop.Nexthop>()
  known.set(session, cache)
  const found = cache.get(id) ?? ask(session, id)
  if (found !== undefined) cache.set(id, found)
  return found
}

function ask(session: Session, id: number): nexthop.Nexthop | undefined {
  try {
    return session.route.ask(nexthop.get({ id }))
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    session.complain(refusal(error))
    return undefined
  }
}
