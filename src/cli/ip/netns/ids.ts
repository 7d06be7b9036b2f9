import { existsSync } from 'node:fs'
import { NetlinkError } from '../../../netlink/index.ts'
import { directory, list } from '../../../netns/index.ts'
import { nsid } from '../../../rtnl/index.ts'
import { openNamespaceFile } from '../../namespace.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'

/** By what a session remembers of devices, which is as old. */
const cache = new WeakMap<Session['devices'], Map<number, string>>()

/** The id by which the session's namespace calls a named one; undefined where it has none. What is no namespace is complained of. */
export function idOf({ route, complain }: Session, name: string): number | undefined {
  using file = openNamespaceFile(name)
  if (file === undefined) return undefined
  try {
    const { nsid: id = nsid.NOT_ASSIGNED } = route.ask(nsid.get({ fd: file.fd }))
    return id < 0 ? undefined : id
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    complain(refusal(error))
    return undefined
  }
}

/** The name of the namespace that has an id here, if it has one. Names are looked up once. */
export function namespaceNameOf(session: Session, id: number): string | undefined {
  return id < 0 ? undefined : namesById(session).get(id)
}

/** The names of the namespaces that have ids here, as they were when they were first asked for and there was a place for them. */
export function namesById(session: Session): Map<number, string> {
  let names = cache.get(session.devices)
  if (names === undefined) {
    names = readNames(session)
    if (existsSync(directory)) cache.set(session.devices, names)
  }
  return names
}

/** The same as they are now. */
export function readNames(session: Session): Map<number, string> {
  const names = new Map<number, string>()
  for (const name of list()) {
    const id = idOf(session, name)
    if (id !== undefined && !names.has(id)) names.set(id, name)
  }
  return names
}
