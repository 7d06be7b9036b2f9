import { bridge } from '../../../rtnl/index.ts'
import {
  abbreviates,
  type Grammar,
  type Keyword,
  parse,
  type Reader,
  type Run,
  rows,
  u8,
  u32,
  u64,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed } from '../failure.ts'
import { readState } from '../state.ts'
import { checkVlan, findNamed, invalidRange, passOverHelp, type RangeOfVlans, vlanRange } from '../words.ts'
import { vlanUsage } from './usage.ts'

interface OptionsDraft<Options extends object> {
  readonly session: Session
  readonly request: Options
  index?: number
  vlans?: RangeOfVlans
}

type Draft = OptionsDraft<object>

const { option } = rows<Draft>()

/** `dev` and `vid`, which are looked at where they stand. */
const TARGET: readonly Keyword<Draft>[] = [
  option(
    'dev',
    { hint: 'DEV', read: ({ current }, draft: Draft) => findNamed(draft, 'network device', current) },
    (draft, index) => {
      draft.index = index
    },
  ),
  option('vid', vlanRange, (draft, vlans) => {
    const { first, last } = vlans
    if (last !== undefined && (first >= last || last >= 4096)) throw invalidRange(vlans)
    checkVlan(first)
    draft.vlans = vlans
  }),
]

/** Both, at the end of a command. Throws CommandFailure. */
function target({ index, vlans }: Draft): { index: number; first: number; range: number | undefined } {
  if (index === undefined || vlans === undefined || vlans.first === -1) {
    throw failed('Device and VLAN ID are required arguments.')
  }
  return { index, first: vlans.first & 0xffff, range: vlans.last === undefined ? undefined : vlans.last & 0xffff }
}

type PortOptions = { -readonly [Key in 'state' | 'mcastRouter']?: bridge.vlan.VlanSettings[Key] }

const state: Reader<number> = {
  hint: 'STP_STATE',
  read({ current }) {
    const found = readState(current) ?? -1
    if (found === -1) throw failed('Error: invalid STP state')
    return found & 0xff
  },
}

const port = rows<OptionsDraft<PortOptions>>()

const portGrammar: Grammar<OptionsDraft<PortOptions>> = {
  keywords: [
    ...TARGET,
    port.option('state', state, 'state'),
    port.option('mcast_router', u8('invalid mcast_router', 'MULTICAST_ROUTER'), 'mcastRouter'),
  ],
  usage: vlanUsage,
  otherwise: passOverHelp((word) => abbreviates(word, 'help')),
}

/** `bridge vlan set`: options of a port's VLANs. */
export const setOptions: Run<Session> = (session, words) => {
  const draft: OptionsDraft<PortOptions> = { session, request: {} }
  parse(portGrammar, words, draft)
  const { index, first, range } = target(draft)
  session.route.finish(bridge.vlan.set({ index, vid: first, range, ...draft.request }))
  return 0
}

type GlobalOptions = { -readonly [Key in keyof bridge.vlan.GlobalVlanSettings]?: bridge.vlan.GlobalVlanSettings[Key] }

const global = rows<OptionsDraft<GlobalOptions>>()

const globalGrammar: Grammar<OptionsDraft<GlobalOptions>> = {
  keywords: [
    ...TARGET,
    global.option('mcast_snooping', u8('invalid mcast_snooping'), 'mcastSnooping'),
    global.option('mcast_querier', u8('invalid mcast_querier'), 'mcastQuerier'),
    global.option('mcast_igmp_version', u8('invalid mcast_igmp_version'), 'mcastIgmpVersion'),
    global.option('mcast_mld_version', u8('invalid mcast_mld_version'), 'mcastMldVersion'),
    global.option('mcast_last_member_count', u32('invalid mcast_last_member_count'), 'mcastLastMemberCnt'),
    global.option('mcast_startup_query_count', u32('invalid mcast_startup_query_count'), 'mcastStartupQueryCnt'),
    global.option('mcast_last_member_interval', u64('invalid mcast_last_member_interval'), 'mcastLastMemberIntvl'),
    global.option('mcast_membership_interval', u64('invalid mcast_membership_interval'), 'mcastMembershipIntvl'),
    global.option('mcast_querier_interval', u64('invalid mcast_querier_interval'), 'mcastQuerierIntvl'),
    global.option('mcast_query_interval', u64('invalid mcast_query_interval'), 'mcastQueryIntvl'),
    global.option(
      'mcast_query_response_interval',
      u64('invalid mcast_query_response_interval'),
      'mcastQueryResponseIntvl',
    ),
    global.option(
      'mcast_startup_query_interval',
      u64('invalid mcast_startup_query_interval'),
      'mcastStartupQueryIntvl',
    ),
  ],
  usage: vlanUsage,
  otherwise: passOverHelp((word) => word === 'help'),
}

/** `bridge vlan global set`: what holds for VLANs on a whole bridge. */
export const setGlobal: Run<Session> = (session, words) => {
  const draft: OptionsDraft<GlobalOptions> = { session, request: {} }
  parse(globalGrammar, words, draft)
  const { index, first, range } = target(draft)
  session.route.finish(bridge.vlan.setGlobal({ ...draft.request, index, id: first, range }))
  return 0
}
