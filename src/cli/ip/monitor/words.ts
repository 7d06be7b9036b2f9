import {
  CommandFailure,
  device,
  type Grammar,
  type Keyword,
  parse,
  rows,
  text,
  usage,
  type Words,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import type { Topic } from './topics.ts'
import { monitorUsage } from './usage.ts'

/** What is to be watched, and how it is told. */
export interface MonitorRequest {
  /** Only this device; what is told of others is cut short. */
  index?: number
  file?: string
  /** Each message begins with what it is about. */
  labels?: boolean
  allNamespaces?: boolean
}

export interface MonitorDraft {
  readonly session: Session
  readonly request: MonitorRequest
  /** None for all. */
  readonly topics: Set<Topic>
}

const { option, flag } = rows<MonitorDraft>()

const topic = (notation: string, name: Topic): Keyword<MonitorDraft> => {
  return flag(notation, ({ topics }) => topics.add(name))
}

export const monitorGrammar: Grammar<MonitorDraft> = {
  usage: monitorUsage,
  keywords: [
    option('file*', text('FILENAME'), 'file'),
    flag('label*', 'labels', true),
    topic('link*', 'link'),
    topic('address*', 'address'),
    topic('route*', 'route'),
    topic('mroute*', 'mroute'),
    topic('prefix*', 'prefix'),
    topic('neigh*', 'neigh'),
    topic('netconf*', 'netconf'),
    topic('rule*', 'rule'),
    topic('nsid*', 'nsid'),
    topic('nexthop*', 'nexthop'),
    topic('stats', 'stats'),
    flag('all', 'labels', true),
    flag('all-nsid*', 'allNamespaces', true),
    flag('help*', () => {
      throw usage(monitorUsage)
    }),
    option('dev', device('Device does not exist\n'), 'index'),
  ],
  otherwise({ current }) {
    throw new CommandFailure(`Argument "${current}" is unknown, try "ip monitor help".`, 255)
  },
}

/** Throws CommandFailure. */
export function readWords(session: Session, words: Words): MonitorDraft {
  const draft: MonitorDraft = { session, request: {}, topics: new Set() }
  parse(monitorGrammar, words, draft)
  return draft
}
