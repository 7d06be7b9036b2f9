import { type bridge, type GroupName, type link, link as links, type neighbour } from '../../rtnl/index.ts'
import {
  CommandFailure,
  type CommandTable,
  type Grammar,
  parse,
  type Run,
  rows,
  text,
  usage,
} from '../grammar/index.ts'
import { readKept } from '../ip/monitor/index.ts'
import { newsroom } from '../ip/monitor/newsroom.ts'
import { type News, printDeleted, type Teller } from '../ip/monitor/tell.ts'
import type { Session } from '../session.ts'
import { failed } from './failure.ts'
import { printEntry } from './fdb/print.ts'
import { printPort } from './link/print.ts'
import { printGroups, printNewRouter } from './mdb/print.ts'
import { printOptions } from './vlan/print-options.ts'
import { printVnis } from './vni/print.ts'

const monitorUsage = 'Usage: bridge monitor [file | link | fdb | mdb | vlan | vni | all]'

/** What can be watched, and by which multicast group. */
const TOPICS = { link: 'link', fdb: 'neigh', mdb: 'mdb', vlan: 'brvlan', vni: 'tunnel' } as const satisfies Record<
  string,
  GroupName
>
type Topic = keyof typeof TOPICS

/** What is watched where nothing is said; with `all`, and any other word after it, these are taken back or put in their place. */
const USUAL: readonly Topic[] = ['link', 'fdb', 'mdb']

interface MonitorDraft {
  readonly session: Session
  readonly request: { file?: string; labels?: boolean }
  readonly topics: Set<Topic>
  usual: boolean
}

const { option, flag } = rows<MonitorDraft>()

const topic = (notation: string, name: Topic) => {
  return flag(notation, (draft) => {
    draft.topics.add(name)
    draft.usual = false
  })
}

const grammar: Grammar<MonitorDraft> = {
  keywords: [
    option('file*', text('FILE'), 'file'),
    topic('link*', 'link'),
    topic('fdb*', 'fdb'),
    topic('mdb*', 'mdb'),
    topic('vlan*', 'vlan'),
    topic('vni', 'vni'),
    flag('all', (draft) => {
      draft.usual = true
      draft.topics.add('vlan').add('vni')
      draft.request.labels = true
    }),
    flag('help*', () => {
      throw usage(monitorUsage)
    }),
  ],
  usage: monitorUsage,
  otherwise({ current }) {
    throw new CommandFailure(`Argument "${current}" is unknown, try "bridge monitor help".`, 255)
  },
}

const isBridge = ({ family }: { readonly family: unknown }) => family === 'bridge'

/** By the noun of the message's name. */
const TELLERS: Readonly<Record<string, Teller>> = {
  LINK: {
    label: '[LINK]',
    concerns: (item: link.Link) => item.family === 'bridge' || item.family === 'unspec',
    tell(item: link.Link, news, { session }) {
      printDeleted(news, session)
      printPort(item, session)
    },
  },
  NEIGH: {
    label: '[NEIGH]',
    concerns: isBridge,
    tell(entry: neighbour.Neighbour, news, { session }) {
      printDeleted(news, session)
      printEntry(entry, session, false)
    },
  },
  MDB: {
    label: '[MDB]',
    tell(database: bridge.mdb.MulticastDatabase, news, { session }) {
      printDeleted(news, session)
      if (database.mdb !== undefined) session.printer.array('mdb', () => printGroups(database, session, 0))
      if (database.router !== undefined) printNewRouter(database, session)
    },
  },
  VLAN: {
    label: '[VLAN]',
    concerns: isBridge,
    tell(vlans: bridge.vlan.BridgeVlans, news, { session }) {
      printDeleted(news, session)
      session.printer.array('ports', () => printOptions(vlans, session, 0, false))
    },
  },
  TUNNEL: {
    label: '[TUNNEL]',
    concerns: isBridge,
    tell(vnis: bridge.vni.Vnis, news, { session }) {
      printDeleted(news, session)
      session.printer.array('devices', () => printVnis(vnis, session))
    },
  },
}

/** The kernel tells of more than bridges to those who watch links and neighbours. */
const NOBODY: Teller = { label: '', concerns: () => false, tell() {} }

function tellerOf({ name = '' }: News): Teller {
  const noun = /^RTM_(?:NEW|DEL)(.*)$/.exec(name)?.[1] ?? ''
  return Object.hasOwn(TELLERS, noun) ? TELLERS[noun]! : NOBODY
}

/** `bridge monitor`: tells what changes until it is ended. With `-j`, which bridge does not have here, an object a line. */
const monitor: Run<Session> = async (session, words) => {
  const draft: MonitorDraft = { session, request: {}, topics: new Set(), usual: true }
  parse(grammar, words, draft)
  const { request, topics, usual } = draft
  const tell = newsroom({ session, request }, tellerOf)
  if (request.file !== undefined) {
    try {
      for (const event of readKept(request.file)) tell(event)
    } catch (error) {
      if (error instanceof CommandFailure) throw failed(error.message)
      throw error
    }
    return 0
  }
  const watched = new Set([...(usual ? USUAL : []), ...topics])
  using subscription = session.watch([...watched].map((name) => TOPICS[name]))
  for (const item of session.route.each(links.list())) session.devices.remember(item)
  for await (const event of subscription) tell(event)
  return 0
}

export const command: CommandTable<Session> = { name: 'monitor', verbs: [], otherwise: monitor, unknown: monitor }
