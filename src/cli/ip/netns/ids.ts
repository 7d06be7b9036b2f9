import { NetlinkError } from '../../../netlink/index.ts'
import { list } from '../../../netns/index.ts'
import { nsid } from '../../../rtnl/index.ts'
import { findNamespace } from '../../namespace.ts'
import type { Session } from '../../session.ts'

const cache = new WeakMap<Session, ReadonlyMap<number, string>>()

/** The id by which the session's namespace calls a named one; undefined where it has none. */
export function idOf({ route }: Session, name: string): number | undefined {
  using namespace = findNamespace(name)
  if (namespace === undefined) return undefined
  try {
    const { nsid: id = nsid.NOT_ASSIGNED } = route.ask(nsid.get({ fd: namespace.fd }))
    return id < 0 ? undefined : id
  } catch (error) {
    if (error instanceof NetlinkError) return undefined
    throw error
  }
}

/** The name of the namespace that has an id here, if it has one. Names are looked up once. */
export function namespaceNameOf(session: Session, id: number): string | undefined {
  if (id < 0) return undefined
  let names = cache.get(session)
  if (names === undefined) {
    names = namesById(session)
    cache.set(session, names)
  }
  return names.get(id)
}

function namesById(session: Session): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const name of list()) {
    const id = idOf(session, name)
    if (id !== undefined && !names.has(id)) names.set(id, name)
  }
  return names
}
