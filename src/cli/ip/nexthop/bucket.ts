import { nexthop } from '../../../rtnl/index.ts'
import {
  device,
  dispatch,
  type Grammar,
  help,
  parse,
  type Run,
  rows,
  spelled,
  u16,
  usage,
  verb,
  type WordTable,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { dumping } from '../dump.ts'
import { refuseWord } from './list.ts'
import { printBucket } from './print.ts'
import { nexthopUsage } from './usage.ts'
import { id, vrf } from './values.ts'

interface Filter {
  id?: number
  oif?: number
  master?: number
  nhId?: number
}

interface FilterDraft {
  readonly session: Session
  readonly request: Filter
}

const { option } = rows<FilterDraft>()

const grammar: Grammar<FilterDraft> = {
  usage: nexthopUsage,
  keywords: [
    option('dev*', device('Device does not exist\n'), 'oif'),
    option('master*', device('Device does not exist\n'), 'master'),
    option('vrf*', vrf, 'master'),
    option('id', id, ({ request }, value) => {
      request.id = value || undefined
    }),
    option('nhid', id, ({ request }, value) => {
      request.nhId = value || undefined
    }),
  ],
  otherwise: refuseWord,
}

const list: Run<Session> = (session, words) => {
  const draft: FilterDraft = { session, request: {} }
  parse(grammar, words, draft)
  const { options, printer, route } = session
  const family = options.family === 'unspec' ? undefined : options.family
  dumping(session, 2, () => {
    for (const item of route.each(nexthop.listBuckets({ family, ...draft.request }))) {
      printer.object(undefined, () => printBucket(item, session))
    }
  })
  return 0
}

interface Place {
  readonly request: { id?: number; index?: number }
}

const place = rows<Place>()

const placeGrammar: Grammar<Place> = {
  usage: nexthopUsage,
  keywords: [place.option('id', id, 'id'), place.option('index', u16('invalid bucket index value'), 'index')],
  otherwise() {
    throw usage(nexthopUsage)
  },
}

const get: Run<Session> = (session, words) => {
  const draft: Place = { request: {} }
  parse(placeGrammar, words, draft)
  const { id: group, index } = draft.request
  if (!group || index === undefined) throw usage(nexthopUsage)
  const { printer, route } = session
  const found = route.ask(nexthop.getBucket({ id: group, index }))
  printer.records(() => printer.object(undefined, () => printBucket(found, session)))
  return 0
}

const table = {
  name: 'nexthop',
  otherwise: list,
  verbs: [
    verb('list*|show*|lst*', list, { words: grammar }),
    verb('get*', get, { words: placeGrammar }),
    help<Session>(nexthopUsage),
  ],
} as const

/** The verbs, and what follows them. */
export const bucketWords: WordTable = {
  keywords: table.verbs.map(({ spellings }) => ({ spellings, ends: true })),
  after: (word) => spelled(word, table.verbs)?.words,
}

/** `ip nexthop bucket`. */
export const bucket: Run<Session> = (session, words) => dispatch(table, session, words)
