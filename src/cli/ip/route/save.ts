import { route } from '../../../rtnl/index.ts'
import { type Run, Words } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { beginFile, readSavedFile, restoreItem, savedItems, saveItems } from '../saved.ts'
import { matches, readFilter } from './filter.ts'
import { printRoute } from './print.ts'
import { dumpRequest, unlessEmpty } from './show.ts'

type Route = route.Route

const FILE = { magic: 0x45311224, what: 'route' } as const

/** `ip route save`, with the words of `show`. */
export const save: Run<Session> = (session, words) => {
  beginFile(FILE)
  const draft = readFilter(session, words)
  dumping(session, 2, () => {
    unlessEmpty(draft, () => saveItems(session, dumpRequest(draft), (item) => matches(draft, item)))
  })
  return 0
}

/** In which round a route is made again: a host's own addresses, then its networks, then what is reached through them. */
function roundOf({ via, prefsrc, dst }: Route): number {
  if (via !== undefined) return 2
  return prefsrc === undefined || prefsrc === dst.replace(/\/(?:32|128)$/, '') ? 0 : 1
}

/** `ip route restore`. */
export const restore: Run<Session> = (session) => {
  const file = readSavedFile(FILE, 1)
  for (const round of [0, 1, 2]) {
    for (const saved of savedItems(file, route.list(), 2)) {
      if (roundOf(saved.item) === round) restoreItem(session, saved, FILE.what, 2)
    }
  }
  return 0
}

/** `ip route showdump`. */
export const showDump: Run<Session> = (session) => {
  const { printer } = session
  const draft = readFilter(session, new Words(['table', 'all']))
  const file = readSavedFile(FILE, 1)
  printer.records(() => {
    for (const { item } of savedItems(file, route.list(), 2)) {
      if (!matches(draft, item)) continue
      printer.object(undefined, () => printRoute(item, session, {}))
    }
  })
  return 0
}
