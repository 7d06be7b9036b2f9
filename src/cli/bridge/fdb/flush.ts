import { neighbour } from '../../../rtnl/index.ts'
import { type Grammar, garbage, type Keyword, parse, type Run, rows, text } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed } from '../failure.ts'
import { checkVlan, findNamed, passOverHelp } from '../words.ts'
import { fdbUsage } from './usage.ts'
import { givenVlan, type Owner, type StationDraft, takeVlan } from './words.ts'

type State = 'permanent' | 'noarp'
type Flag = 'use' | 'ext-learned' | 'sticky' | 'offloaded'

interface FlushDraft extends StationDraft {
  readonly session: Session
  readonly request: object
  readonly owners: Set<Owner>
  readonly states: Set<State>
  readonly stateMask: Set<State>
  readonly flags: Set<Flag>
  readonly flagsMask: Set<Flag>
  device?: string
  port?: string
}

const { option, flag } = rows<FlushDraft>()

/** `WORD` and `noWORD`: entries that have a flag, and those that have not. */
function either(word: string, name: Flag): Keyword<FlushDraft>[] {
  return [
    flag(word, ({ flags, flagsMask }) => {
      flags.add(name)
      flagsMask.add(name)
    }),
    flag(`no${word}`, ({ flags, flagsMask }) => {
      flags.delete(name)
      flagsMask.add(name)
    }),
  ]
}

/** What a word does to the states: those an entry is to have, to lack, and which of them are looked at. */
function state(word: string, { has, lacks, looks }: Partial<Record<'has' | 'lacks' | 'looks', readonly State[]>>) {
  return flag(word, ({ states, stateMask }) => {
    for (const item of has ?? []) states.add(item)
    for (const item of lacks ?? []) states.delete(item)
    for (const item of looks ?? []) stateMask.add(item)
  })
}

const grammar: Grammar<FlushDraft> = {
  keywords: [
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    flag('master', ({ owners }) => owners.add('master')),
    flag('self', ({ owners }) => owners.add('self')),
    state('permanent', { has: ['permanent'], looks: ['permanent'] }),
    state('nopermanent', { lacks: ['permanent'], looks: ['permanent'] }),
    state('static', { has: ['noarp'], looks: ['noarp', 'permanent'] }),
    state('nostatic', { lacks: ['noarp'], looks: ['noarp'] }),
    state('dynamic', { lacks: ['noarp'], looks: ['noarp', 'permanent'] }),
    state('nodynamic', { has: ['noarp'], looks: ['noarp'] }),
    ...either('added_by_user', 'use'),
    ...either('extern_learn', 'ext-learned'),
    ...either('sticky', 'sticky'),
    ...either('offloaded', 'offloaded'),
    flag('brport', (draft, words) => {
      if (draft.port !== undefined) throw garbage('brport', words.current)
      draft.port = words.next()
    }),
    flag('vlan', takeVlan),
  ],
  usage: fdbUsage,
  otherwise: passOverHelp((word) => word === 'help'),
}

/** `bridge fdb flush`. */
export const flush: Run<Session> = (session, words) => {
  const draft: FlushDraft = {
    session,
    request: {},
    owners: new Set(),
    states: new Set(),
    stateMask: new Set(),
    flags: new Set(),
    flagsMask: new Set(),
  }
  parse(grammar, words, draft)
  const { device, port, owners, states, stateMask, flags, flagsMask } = draft
  if (device === undefined) throw failed('Device is a required argument.')
  const index = findNamed(draft, 'bridge device', device)
  const portIndex = port === undefined ? undefined : findNamed(draft, 'bridge port device', port)
  const vlan = givenVlan(draft)
  if (vlan !== undefined) checkVlan(vlan)
  session.route.finish(
    neighbour.flush({
      index,
      port: portIndex,
      vlan,
      owner: owners.size === 0 ? ['self'] : [...owners],
      state: [...states],
      stateMask: stateMask.size === 0 ? undefined : [...stateMask],
      flags: [...flags],
      flagsMask: flagsMask.size === 0 ? undefined : [...flagsMask],
    }),
  )
  return 0
}
