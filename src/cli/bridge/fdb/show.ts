import { neighbour } from '../../../rtnl/index.ts'
import {
  abbreviates,
  cNumber,
  duplicate,
  type Grammar,
  parse,
  type Reader,
  type Run,
  rows,
  spelled,
  spellings,
  text,
  usage,
  wrong,
} from '../../grammar/index.ts'
import { dumping } from '../../ip/dump.ts'
import { rememberDevices } from '../../ip/neighbour/devices.ts'
import type { Session } from '../../session.ts'
import { noLink } from '../failure.ts'
import { asInteger, findNamed } from '../words.ts'
import { printEntry } from './print.ts'
import { stateBits } from './state.ts'
import { fdbUsage } from './usage.ts'

interface FilterDraft {
  readonly session: Session
  readonly request: object
  device?: string
  bridge?: string
  vlan: number
  /** Bits of states, of which an entry is to have any; 0 for all entries. */
  states: number
  dynamic: boolean
}

const { option, flag } = rows<FilterDraft>()
const { permanent, noarp, stale, reachable } = neighbour.NEIGHBOUR_STATES

const STATES = [
  ['permanent*', permanent],
  ['static*|temp*', noarp],
  ['stale*', stale],
  ['reachable*|dynamic*', reachable],
  ['all', 0xffffffff],
].map(([notation, bits]) => ({ spellings: spellings(notation as string), bits: bits as number }))

const state: Reader<number> = {
  hint: 'STATE',
  read({ current }) {
    const bits = spelled(current, STATES)?.bits ?? cNumber(current, 0, 0xffffffff)
    if (bits === undefined) throw wrong(current, 'invalid state')
    return bits
  },
}

const grammar: Grammar<FilterDraft> = {
  keywords: [
    option('brport|dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('br', text('BRDEV'), (draft, name) => {
      draft.bridge = name
    }),
    option('vlan', text('VID'), (draft, word) => {
      if (draft.vlan !== 0) throw duplicate('vlan', word)
      draft.vlan = asInteger(word, 32)
    }),
    option('state', state, (draft, bits) => {
      draft.states |= bits
    }),
    flag('dynamic', (draft) => {
      draft.dynamic = true
    }),
  ],
  usage: fdbUsage,
  otherwise({ current }) {
    if (abbreviates(current, 'help')) throw usage(fdbUsage)
  },
}

/** `bridge fdb show`. */
export const show: Run<Session> = (session, words) => {
  const draft: FilterDraft = { session, request: {}, vlan: 0, states: 0, dynamic: false }
  parse(grammar, words, draft)
  const { device, bridge } = draft
  rememberDevices(session)
  const master = bridge === undefined ? undefined : findNamed(draft, 'bridge device', bridge)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  dumping(session, 1, () => {
    for (const entry of session.route.each(neighbour.list({ family: 'bridge', index, master }))) {
      if (!matches(draft, entry)) continue
      session.printer.object(undefined, () => printEntry(entry, session, index !== undefined))
    }
  })
  return 0
}

function matches({ vlan, states, dynamic }: FilterDraft, entry: neighbour.Neighbour): boolean {
  const bits = stateBits(entry)
  if (states !== 0 && (bits & states) === 0) return false
  if (vlan !== 0 && vlan !== (entry.vlan ?? 0)) return false
  return !(dynamic && (bits & permanent) !== 0)
}
