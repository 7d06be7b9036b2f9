import { neighbour } from '../../../rtnl/index.ts'
import { type Grammar, parse, type Reader, type Run, rows, text, wrong } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { rememberDevices } from '../neighbour/devices.ts'
import { printNeighbourTable } from './print.ts'
import { ntableUsage } from './usage.ts'

interface Filter {
  /** The index of a link; -1 for what is of none. */
  index?: number
  name?: string
}

const OF_NO_LINK = -1

interface FilterDraft {
  readonly session: Session
  readonly request: Filter
}

const device: Reader<number, FilterDraft> = {
  hint: 'DEVICE',
  read({ current }, { session }) {
    const index = current === 'none' ? OF_NO_LINK : session.devices.index(current)
    if (index === 0) throw wrong(current, '"DEV" is invalid')
    return index
  },
}

const { option } = rows<FilterDraft>()

export const filterGrammar: Grammar<FilterDraft> = {
  usage: ntableUsage,
  keywords: [option('dev', device, 'index'), option('name', text('NAME'), 'name')],
  otherwise({ current }) {
    throw wrong(current, 'unknown')
  },
}

function matches({ index, name }: Filter, table: neighbour.NeighbourTable): boolean {
  if (name !== undefined && table.name !== undefined && table.name !== name) return false
  return index === undefined || table.parms === undefined || (table.parms.ifindex ?? OF_NO_LINK) === index
}

/** `ip ntable show`. */
export const show: Run<Session> = (session, words) => {
  const draft: FilterDraft = { session, request: {} }
  parse(filterGrammar, words, draft)
  const { printer, route, options } = session
  // First, as ip has it: the kernel gives a table again at the beginning of each part of its answer, and how long the first part
  // may be is by what was received before.
  rememberDevices(session)
  const family = options.family === 'unspec' ? undefined : options.family
  dumping(session, 1, () => {
    for (const table of route.each(neighbour.listTables({ family }))) {
      if (matches(draft.request, table)) printer.object(undefined, () => printNeighbourTable(table, session))
    }
  })
  return 0
}
