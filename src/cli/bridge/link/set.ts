import { link } from '../../../rtnl/index.ts'
import { choice, type Grammar, offOn, parse, type Reader, type Run, rows, text, usage } from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed } from '../failure.ts'
import { readState } from '../state.ts'
import { findNamed, integer } from '../words.ts'
import { linkUsage } from './usage.ts'

type Port = NonNullable<link.LinkInput['protinfo']>
type Writable = { -readonly [Key in keyof Port]: Port[Key] }

interface SetDraft {
  readonly session: Session
  readonly request: Writable
  device?: string
  readonly owners: Set<'self' | 'master'>
  mode?: 'veb' | 'vepa'
}

const { option, flag } = rows<SetDraft>()

/** What iproute2 ends with after a word that is neither "on" nor "off": EINVAL as a status. */
const switched = (name: string): Reader<boolean> => offOn(name, 234)

/** As iproute2 has it in a signed variable, where a negative number means that nothing is to be changed. */
const unlessNegative = (key: keyof Writable) => (draft: SetDraft, value: number) => {
  if (value >= 0) Object.assign(draft.request, { [key]: value })
  else delete draft.request[key]
}

const state: Reader<number> = {
  hint: 'STATE',
  read({ current }) {
    const found = readState(current)
    if (found === undefined) throw failed('Error: invalid STP port state')
    return (found << 24) >> 24
  },
}

const backupPort: Reader<number, SetDraft> = {
  hint: 'DEVICE',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw failed(`Error: device ${current} does not exist`)
    return index
  },
}

const grammar: Grammar<SetDraft> = {
  keywords: [
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('guard', switched('guard'), 'guard'),
    option('hairpin', switched('hairpin'), 'mode'),
    option('fastleave', switched('fastleave'), 'fastLeave'),
    option('root_block', switched('root_block'), 'protect'),
    option('learning', switched('learning'), 'learning'),
    option('learning_sync', switched('learning_sync'), 'learningSync'),
    option('flood', switched('flood'), 'unicastFlood'),
    option('mcast_router', integer(8, 'MULTICAST_ROUTER'), unlessNegative('multicastRouter')),
    option('mcast_flood', switched('mcast_flood'), 'mcastFlood'),
    option('bcast_flood', switched('bcast_flood'), 'bcastFlood'),
    option('mcast_to_unicast', switched('mcast_to_unicast'), 'mcastToUcast'),
    option('cost', integer(32, 'COST'), ({ request }, cost) => {
      if (cost === 0) delete request.cost
      else request.cost = cost >>> 0
    }),
    option('priority', integer(16, 'PRIO'), unlessNegative('priority')),
    option('state', state, unlessNegative('state')),
    option(
      'hwmode',
      choice<'vepa' | 'veb'>({ vepa: 'vepa', veb: 'veb' }, () => {
        return failed('Mode argument must be "vepa" or "veb".')
      }),
      (draft, mode) => {
        draft.owners.clear()
        draft.owners.add('self')
        draft.mode = mode
      },
    ),
    flag('self', ({ owners }) => owners.add('self')),
    flag('master', ({ owners }) => owners.add('master')),
    option('neigh_suppress', switched('neigh_suppress'), 'neighSuppress'),
    option('vlan_tunnel', switched('vlan_tunnel'), 'vlanTunnel'),
    option('isolated', switched('isolated'), 'isolated'),
    option('locked', switched('locked'), 'locked'),
    option('backup_port', backupPort, 'backupPort'),
    flag('nobackup_port', 'backupPort', 0),
  ],
  usage: linkUsage,
  otherwise() {
    throw usage(linkUsage)
  },
}

/** `bridge link set`. */
export const set: Run<Session> = (session, words) => {
  const draft: SetDraft = { session, request: {}, owners: new Set() }
  parse(grammar, words, draft)
  const { device, request, owners, mode } = draft
  if (device === undefined) throw failed('Device is a required argument.')
  const index = findNamed(draft, 'bridge device', device)
  const flags = owners.size === 0 ? undefined : [...owners]
  const afSpec = flags === undefined && mode === undefined ? undefined : { flags, mode }
  session.route.finish(link.set({ family: 'bridge', index, protinfo: request, afSpec }))
  return 0
}
