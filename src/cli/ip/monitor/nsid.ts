import { nsid } from '../../../rtnl/index.ts'
import { namesById, readNames } from '../netns/ids.ts'
import type { Audience, News } from './tell.ts'
import { isDeletion, printDeleted } from './tell.ts'

/** An id that a namespace was given, or has lost with its last user. */
export function tellNamespaceId(message: nsid.Nsid, news: News, { session }: Audience): void {
  const { printer } = session
  const { nsid: id = nsid.NOT_ASSIGNED, currentNsid } = message
  printDeleted(news, session)
  if (id < 0) printer.text('nsid unassigned ')
  else printer.field('nsid', id, 'nsid % ')
  if (currentNsid !== undefined) {
    if (currentNsid < 0) printer.text('current-nsid unassigned ')
    else printer.field('current-nsid', currentNsid, 'current-nsid % ')
  }
  const known = namesById(session)
  const key = currentNsid ?? id
  let name = known.get(key)
  // As ip has it: a name that is known is told once and forgotten, and one that is not is looked for.
  if (name !== undefined) known.delete(key)
  else if (!isDeletion(news)) {
    name = readNames(session).get(id)
    if (name !== undefined) known.set(id, name)
  }
  if (name !== undefined) printer.field('name', name, '(iproute2 netns name: %)')
  printer.endRecord()
}
