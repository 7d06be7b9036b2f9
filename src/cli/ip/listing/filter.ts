import type { address } from '../../../rtnl/index.ts'
import {
  type Address,
  device,
  expectPrefix,
  type Family,
  type Grammar,
  type Keyword,
  rows,
  text,
} from '../../grammar/index.ts'
import { named, namedOrAll } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { vrfDevice } from '../link/vrf-device.ts'
import { ADDRESS_FLAG_WORDS } from './address-flags.ts'

/** Which links and addresses are meant by `ip link show`, `ip address show` and `ip address flush`. */
export interface Filter {
  to?: Address
  /** The scope's number; undefined for all. */
  scope?: number
  up?: boolean
  /** Flags that an address has to have, or not to have. */
  readonly flags: Map<AddressFlag, boolean>
  /** A pattern for the label, as shells have them. */
  label?: string
  group?: number
  /** The index of the master; -1 for none. */
  master?: number
  kind?: string
  slaveKind?: string
  device?: string
  /** The index of `device`. */
  index?: number
}

type AddressFlag = address.AddressFlag

export interface FilterDraft {
  readonly session: Session
  family: Family
  readonly request: Filter
}

const { option, flag } = rows<FilterDraft>()

/** Words such as `tentative` and `-tentative`; `dynamic` is no more than `-permanent`. */
function flagKeywords(): Keyword<FilterDraft>[] {
  const words: [string, AddressFlag, boolean][] = [
    ...ADDRESS_FLAG_WORDS.map(({ word, flag }) => [word, flag, true] as [string, AddressFlag, boolean]),
    ['dynamic', 'permanent', false],
    ['primary', 'secondary', false],
  ]
  return words.flatMap(([word, of, wanted]) => [
    flag(word, ({ request }) => request.flags.set(of, wanted)),
    flag(`-${word}`, ({ request }) => request.flags.set(of, !wanted)),
  ])
}

const keywords: readonly Keyword<FilterDraft>[] = [
  option(
    'to',
    { hint: 'PREFIX', read: ({ current }, { family }) => expectPrefix(current, family) },
    (draft, prefix) => {
      draft.request.to = prefix
      if (draft.family === 'unspec') draft.family = prefix.family
    },
  ),
  option('scope', namedOrAll('scope', 'invalid "scope"\n', 'SCOPE-ID'), 'scope'),
  flag('up', 'up', true),
  ...flagKeywords(),
  option('label', text('LABEL'), 'label'),
  option('group', named('group', 'Invalid "group" value\n', 'GROUP'), 'group'),
  option('master', device('Device does not exist\n'), 'master'),
  option('vrf', vrfDevice, 'master'),
  flag('nomaster', 'master', -1),
  option('type', text('TYPE'), ({ request }, type) => {
    if (type.endsWith('_slave')) request.slaveKind = type.slice(0, -'_slave'.length)
    else request.kind = type
  }),
]

export function filterGrammar(usage: string): Grammar<FilterDraft> {
  return {
    keywords,
    usage,
    otherwise: {
      introducer: 'dev',
      name: 'dev',
      hint: 'DEVICE',
      helpBefore: true,
      given: ({ request }) => request.device !== undefined,
      take({ current }, { request }) {
        request.device = current
      },
    },
  }
}
