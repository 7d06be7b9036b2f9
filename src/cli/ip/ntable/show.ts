import { neighbour } from '../../../rtnl/index.ts'
import { type Run, type Words, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { printNeighbourTable } from './print.ts'

interface Filter {
  /** The index of a link; -1 for what is of none. */
  index?: number
  name?: string
}

const OF_NO_LINK = -1

function readFilter({ devices }: Session, words: Words): Filter {
  const filter: Filter = {}
  for (; !words.done; words.advance()) {
    if (words.current === 'dev') {
      const name = words.next()
      filter.index = name === 'none' ? OF_NO_LINK : devices.index(name)
      if (filter.index === 0) throw wrong(name, '"DEV" is invalid')
    } else if (words.current === 'name') filter.name = words.next()
    else throw wrong(words.current, 'unknown')
  }
  return filter
}

function matches({ index, name }: Filter, table: neighbour.NeighbourTable): boolean {
  if (name !== undefined && table.name !== undefined && table.name !== name) return false
  return index === undefined || table.parms === undefined || (table.parms.ifindex ?? OF_NO_LINK) === index
}

/** `ip ntable show`. */
export const show: Run<Session> = (session, words) => {
  const filter = readFilter(session, words)
  const { printer, route, options } = session
  const family = options.family === 'unspec' ? undefined : options.family
  dumping(session, 1, () => {
    for (const table of route.each(neighbour.listTables({ family }))) {
      if (matches(filter, table)) printer.object(undefined, () => printNeighbourTable(table, session))
    }
  })
  return 0
}
