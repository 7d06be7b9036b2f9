import { errnoMessage } from '../../../libc/index.ts'
import { NetlinkError } from '../../../netlink/index.ts'
import { neighbour, ORIGINATORS } from '../../../rtnl/index.ts'
import {
  type Address,
  CommandFailure,
  device,
  expectPrefix,
  type Family,
  findDevice,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  text,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { namedOrAll } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { complainOfTable, dumping } from '../dump.ts'
import { vrfDevice } from '../link/vrf-device.ts'
import { isInside } from '../listing/match.ts'
import { rememberDevices } from './devices.ts'
import { printNeighbour } from './print.ts'
import { ALL_STATES, readState, type State } from './state.ts'
import { neighbourUsage } from './usage.ts'

type Neighbour = neighbour.Neighbour

interface Filter {
  master?: number
  unused?: boolean
  proxy?: boolean
  protocol?: number
  /** The states that are meant; `none` is that of entries without any. */
  states: Set<State | 'none'>
}

interface FilterDraft {
  readonly session: Session
  readonly request: Filter
  readonly flushing: boolean
  family: Family
  statesGiven: boolean
  device?: string
  index?: number
  to?: Address
}

const { option, flag } = rows<FilterDraft>()

const states: Reader<readonly (State | 'none')[], FilterDraft> = {
  hint: 'STATE',
  read({ current }, { flushing }) {
    const found = readState(current)
    if (found !== undefined) return found.length === 0 ? ['none'] : found
    if (current !== 'all') throw wrong(current, 'nud state is bad')
    return flushing ? [...ALL_STATES.filter((state) => state !== 'noarp'), 'none'] : [...ALL_STATES, 'none']
  },
}

export const filterGrammar: Grammar<FilterDraft> = {
  keywords: [
    option(
      'dev',
      text('DEV'),
      (draft, name) => {
        draft.device = name
      },
      { once: 'dev' },
    ),
    option('master', device('Device does not exist\n'), 'master'),
    option('vrf', vrfDevice, 'master'),
    // The kernel filters by "no master" where it is given an index that no device has.
    flag('nomaster', 'master', 0xffffffff),
    flag('unused', 'unused', true),
    option('nud', states, (draft, found) => {
      if (!draft.statesGiven) draft.request.states.clear()
      draft.statesGiven = true
      for (const state of found) draft.request.states.add(state)
    }),
    flag('proxy', 'proxy', true),
    option('protocol*', namedOrAll('protocol', 'invalid "protocol"\n', 'PROTO'), 'protocol'),
  ],
  usage: neighbourUsage,
  otherwise: {
    introducer: 'to',
    name: 'to',
    hint: 'PREFIX',
    given: () => false,
    take({ current }, draft) {
      draft.to = expectPrefix(current, draft.family)
      if (draft.family === 'unspec') draft.family = draft.to.family
    },
  },
}

/** States that are shown, or flushed, where none is asked for. */
const SHOWN: readonly State[] = ALL_STATES.filter((state) => state !== 'noarp')
const FLUSHED: readonly (State | 'none')[] = [...SHOWN.filter((state) => state !== 'permanent'), 'none']

function readFilter(session: Session, words: Words, flushing: boolean): FilterDraft {
  const draft: FilterDraft = {
    session,
    flushing,
    family: session.options.family,
    statesGiven: false,
    request: { states: new Set(flushing ? FLUSHED : SHOWN) },
  }
  parse(filterGrammar, words, draft)
  rememberDevices(session)
  if (draft.device !== undefined) draft.index = findDevice(draft, draft.device)
  return draft
}

function list({ session, family, index, request }: FilterDraft): Iterable<Neighbour> {
  const { master, proxy } = request
  return session.route.each(neighbour.list({ family: family === 'unspec' ? undefined : family, index, master, proxy }))
}

function matches({ family, index, request: filter, to }: FilterDraft, entry: Neighbour): boolean {
  if (family !== 'unspec' && entry.family !== family) return false
  if (index !== undefined && entry.index !== index) return false
  const special = entry.flags.includes('proxy') || entry.flags.includes('ext-learned')
  if (!special && !hasState(filter, entry)) return false
  if (to !== undefined && entry.dst !== undefined && !isInside(entry.dst, to)) return false
  const { protocol = 0 } = entry
  if (filter.protocol && filter.protocol !== (typeof protocol === 'string' ? ORIGINATORS[protocol] : protocol)) {
    return false
  }
  return !(filter.unused && entry.cacheinfo !== undefined && entry.cacheinfo.refcnt !== 0)
}

function hasState({ states }: Filter, { state }: Neighbour): boolean {
  return state.length === 0 ? states.has('none') : ALL_STATES.some((item) => states.has(item) && state.includes(item))
}

/** `ip neigh show`. */
export const show: Run<Session> = (session, words) => {
  const draft = readFilter(session, words, false)
  const { printer } = session
  dumping(session, 1, () => {
    for (const entry of list(draft)) {
      if (!matches(draft, entry)) continue
      printer.object(undefined, () => printNeighbour(entry, session, draft.index !== undefined))
    }
  })
  return 0
}

function listed(draft: FilterDraft): Neighbour[] {
  try {
    return [...list(draft)]
  } catch (error) {
    complainOfTable(draft.session, error)
    throw new CommandFailure('Flush terminated', 1, { ends: true })
  }
}

const ROUNDS = 10

/** `ip neigh flush`. */
export const flush: Run<Session> = (session, words) => {
  if (words.done) throw new CommandFailure('Flush requires arguments.', 1)
  const { options, out, route } = session
  const draft = readFilter(session, words, true)
  for (let round = 0; round < ROUNDS; round++) {
    const found = listed(draft).filter((entry) => matches(draft, entry))
    if (found.length === 0 || (options.dryRun && round > 0)) {
      if (options.stats > 0) out.write(summary(round))
      return 0
    }
    for (const entry of found) {
      try {
        route.change(neighbour.delete(entry))
      } catch (error) {
        if (!(error instanceof NetlinkError)) throw error
        throw new CommandFailure(`Failed to send flush request: ${errnoMessage(error.errno)}`, 1)
      }
      if (options.stats > 1) printNeighbour(entry, session, draft.index !== undefined)
    }
    if (options.stats > 0) out.write(`\n*** Round ${round + 1}, deleting ${found.length} entries ***\n`)
    // What was deleted stays for a while as failed.
    draft.request.states.delete('failed')
  }
  out.write(`*** Flush not complete bailing out after ${ROUNDS} rounds\n`)
  return 1
}

function summary(rounds: number): string {
  if (rounds === 0) return 'Nothing to flush.\n'
  return `*** Flush is complete after ${rounds} round${rounds > 1 ? 's' : ''} ***\n`
}
