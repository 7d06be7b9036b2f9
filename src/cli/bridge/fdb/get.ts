import { NetlinkError } from '../../../netlink/index.ts'
import { neighbour } from '../../../rtnl/index.ts'
import { type Grammar, parse, type Run, rows, text } from '../../grammar/index.ts'
import { refusal } from '../../report.ts'
import type { Session } from '../../session.ts'
import { failed, noLink } from '../failure.ts'
import { findNamed } from '../words.ts'
import { printEntry } from './print.ts'
import { fdbUsage } from './usage.ts'
import { givenVlan, networkId, type Owner, type StationDraft, stationAddress, stationWord, takeVlan } from './words.ts'

interface GetDraft extends StationDraft {
  readonly session: Session
  readonly request: { vni?: number }
  readonly owners: Set<Owner>
  device?: string
  bridge?: string
  dynamic: boolean
}

const { option, flag } = rows<GetDraft>()

const grammar: Grammar<GetDraft> = {
  keywords: [
    option('brport|dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('br', text('BRDEV'), (draft, name) => {
      draft.bridge = name
    }),
    option('vni', networkId('invalid VNI\n'), 'vni'),
    flag('self', ({ owners }) => owners.add('self')),
    flag('master*', ({ owners }) => owners.add('master')),
    flag('vlan*', takeVlan),
    flag('dynamic*', (draft) => {
      draft.dynamic = true
    }),
  ],
  usage: fdbUsage,
  otherwise: stationWord(),
}

/** `bridge fdb get`. */
export const get: Run<Session> = (session, words) => {
  const draft: GetDraft = { session, request: {}, owners: new Set(), dynamic: false }
  parse(grammar, words, draft)
  const { device, bridge, station, owners, request, dynamic } = draft
  if ((device === undefined && bridge === undefined) || station === undefined) {
    throw failed('Device or master and address are required arguments.')
  }
  const lladdr = stationAddress(station)
  const index = device === undefined ? undefined : session.devices.index(device)
  if (index === 0) throw noLink(device!)
  const master = bridge === undefined ? undefined : findNamed(draft, 'bridge device', bridge)
  const { printer } = session
  const found = ask(session, {
    ...request,
    family: 'bridge',
    index,
    master,
    lladdr,
    vlan: givenVlan(draft),
    flags: [...owners],
  })
  printer.records(() => {
    if (dynamic && found.state.includes('permanent')) return
    printer.object(undefined, () => printEntry(found, session, false))
  })
  return 0
}

/** A refusal ends bridge with another status here than elsewhere. Throws CommandFailure. */
function ask({ route }: Session, query: Parameters<typeof neighbour.get>[0]): neighbour.Neighbour {
  try {
    return route.ask(neighbour.get(query))
  } catch (error) {
    if (error instanceof NetlinkError) throw failed(refusal(error), 254)
    throw error
  }
}
