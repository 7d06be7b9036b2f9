import { neighbour } from '../../../rtnl/index.ts'
import {
  CommandFailure,
  duplicate,
  type Grammar,
  noDevice,
  parse,
  type Run,
  required,
  rows,
  text,
  u32,
  u64,
  wrong,
} from '../../grammar/index.ts'
import { ending } from '../../report.ts'
import type { Session } from '../../session.ts'
import { ntableUsage } from './usage.ts'

type Settings = neighbour.NeighbourTableInput
type Parameters = NonNullable<Settings['parms']>

interface TableDraft {
  readonly session: Session
  readonly request: { -readonly [K in keyof Settings]: Settings[K] }
  readonly parameters: { -readonly [K in keyof Parameters]: Parameters[K] }
}

const { option } = rows<TableDraft>()
const invalid = (name: string) => `"${name}" value is invalid`

/** Parameters that are times, in milliseconds, and those that are counts. */
const TIMES = {
  base_reachable: 'baseReachableTime',
  retrans: 'retransTime',
  gc_stale: 'gcStaletime',
  delay_probe: 'delayProbeTime',
  anycast_delay: 'anycastDelay',
  proxy_delay: 'proxyDelay',
  locktime: 'locktime',
} as const
const COUNTS = {
  queue: 'queueLen',
  app_probes: 'appProbes',
  ucast_probes: 'ucastProbes',
  mcast_probes: 'mcastProbes',
  proxy_queue: 'proxyQlen',
} as const

export const tableGrammar: Grammar<TableDraft> = {
  usage: ntableUsage,
  keywords: [
    option('name', text('NAME'), ({ request }, name) => {
      if (request.name !== undefined) throw duplicate('NAME', name)
      request.name = name
    }),
    ...(['thresh1', 'thresh2', 'thresh3'] as const).map((name) => option(name, u32(invalid(name), 'VAL'), name)),
    option('gc_int', u64(invalid('gc_int'), 'MSEC'), 'gcInterval'),
    option('dev', text('DEV'), ({ parameters, session }, name) => {
      parameters.ifindex = session.devices.index(name)
      if (parameters.ifindex === 0) throw noDevice(name)
    }),
    ...Object.entries(TIMES).map(([name, key]) =>
      option(name, u64(invalid(name), 'MSEC'), ({ parameters }, time) => {
        parameters[key] = time
      }),
    ),
    ...Object.entries(COUNTS).map(([name, key]) =>
      option(name, u32(invalid(name), 'VAL'), ({ parameters }, count) => {
        parameters[key] = count
      }),
    ),
  ],
  otherwise({ current }) {
    throw wrong(current, 'unknown')
  },
}

/** `ip ntable change`. */
export const change: Run<Session> = (session, words) => {
  const draft: TableDraft = { session, request: {}, parameters: {} }
  parse(tableGrammar, words, draft)
  const { request, parameters } = draft
  const { name, ...settings } = request
  if (name === undefined) throw required('NAME')
  const changed = [...Object.keys(settings), ...Object.keys(parameters).filter((key) => key !== 'ifindex')]
  if (changed.length === 0) {
    throw new CommandFailure('Not enough information: changeable attributes required.', 255)
  }
  const parms = Object.keys(parameters).length === 0 ? undefined : parameters
  const asked = neighbour.changeTable({ ...settings, family: session.options.family, name, parms })
  ending(() => session.route.change(asked))
  return 0
}
