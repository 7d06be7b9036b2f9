import { NetlinkError } from '../../../netlink/index.ts'
import { nsid } from '../../../rtnl/index.ts'
import { type Reader, wrong } from '../../grammar/index.ts'
import { openNamespaceFile } from '../../namespace.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'
import { idOf } from '../netns/ids.ts'

/** The id of a named namespace, which is given one where it has none. */
export const namespaceId: Reader<number, { readonly session: Session }> = {
  hint: 'NAME',
  read({ current }, { session }) {
    const id = idOf(session, current) ?? assign(session, current)
    if (id === undefined) throw wrong(current, 'Invalid "link-netns" value\n')
    return id
  },
}

function assign(session: Session, name: string): number | undefined {
  using file = openNamespaceFile(name)
  if (file === undefined) return undefined
  try {
    session.route.change(nsid.add({ fd: file.fd, nsid: nsid.NOT_ASSIGNED }))
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error
    session.complain(refusal(error))
  }
  return idOf(session, name)
}
