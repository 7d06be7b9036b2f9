import type { Request } from '../../../netlink/index.ts'
import { neighbour } from '../../../rtnl/index.ts'
import {
  type Address,
  addressText,
  cInteger,
  expectAddress,
  type Grammar,
  garbage,
  noDevice,
  parse,
  type Reader,
  type Run,
  rows,
  text,
  u32,
  wrong,
} from '../../grammar/index.ts'
import { servicePort } from '../../names/services.ts'
import type { Session } from '../../session.ts'
import { failed, noLink } from '../failure.ts'
import { fdbUsage } from './usage.ts'
import { givenVlan, networkId, type StationDraft, stationAddress, stationWord, takeVlan } from './words.ts'

interface EntryDraft extends StationDraft {
  readonly session: Session
  readonly request: { nhId?: number; port?: number; vni?: number; srcVni?: number; ifindex?: number }
  readonly flags: Set<keyof typeof neighbour.NEIGHBOUR_FLAGS>
  readonly states: Set<keyof typeof neighbour.NEIGHBOUR_STATES>
  device?: string
  far?: Address
}

const { option, flag } = rows<EntryDraft>()

const farEnd: Reader<Address, EntryDraft> = {
  hint: 'IPADDR',
  read({ current }, { session, far }) {
    if (far !== undefined) throw garbage('dst', current)
    return expectAddress(current, session.options.family)
  },
}

/** A port's number, or the name that it has for UDP. */
const port: Reader<number> = {
  hint: 'PORT',
  read({ current }) {
    const value = current === '' ? 0n : cInteger(current)
    const found = value === undefined ? servicePort(current, 'udp') : Number(BigInt.asUintN(64, value))
    if (found === undefined || found > 0xffff) throw wrong(current, 'invalid port\n')
    return found
  },
}

const via: Reader<number, EntryDraft> = {
  hint: 'DEV',
  read({ current }, { session }) {
    const index = session.devices.index(current)
    if (index === 0) throw noDevice(current, 255)
    return index
  },
}

const grammar: Grammar<EntryDraft> = {
  keywords: [
    option('dev', text('DEV'), (draft, name) => {
      draft.device = name
    }),
    option('dst', farEnd, (draft, address) => {
      draft.far = address
    }),
    option('nhid', u32('"id" value is invalid\n', 'NHID'), 'nhId'),
    option('port', port, 'port'),
    option('vni', networkId('invalid VNI\n'), 'vni'),
    option('src_vni', networkId('invalid src VNI\n'), 'srcVni'),
    option('via', via, 'ifindex'),
    flag('self', ({ flags }) => flags.add('self')),
    flag('master*', ({ flags }) => flags.add('master')),
    flag('router*', ({ flags }) => flags.add('router')),
    flag('local*|permanent*', ({ states }) => states.add('permanent')),
    flag('temp*|static*', ({ states }) => states.add('reachable')),
    flag('dynamic*', ({ states }) => {
      states.add('reachable')
      states.delete('noarp')
    }),
    flag('vlan*', takeVlan),
    flag('use*', ({ flags }) => flags.add('use')),
    flag('extern_learn*', ({ flags }) => flags.add('ext-learned')),
    flag('sticky*', ({ flags }) => flags.add('sticky')),
  ],
  usage: fdbUsage,
  otherwise: stationWord(),
}

/** `bridge fdb add`, `append`, `replace` and `delete`, which take the same words. */
function modify(build: (settings: neighbour.NeighbourSettings) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: EntryDraft = { session, request: {}, flags: new Set(), states: new Set(['noarp']) }
    parse(grammar, words, draft)
    const { device, station, far, flags, states, request } = draft
    if (device === undefined || station === undefined) {
      throw failed('Device and address are required arguments.')
    }
    const { nhId, port, vni, ...rest } = request
    if (nhId && (far !== undefined || port || vni !== undefined)) {
      throw failed('dst, port, vni are mutually exclusive with nhid')
    }
    if (!flags.has('self') && !flags.has('master')) flags.add('self')
    if (!states.has('permanent') && !states.has('reachable')) states.add('permanent')
    const lladdr = stationAddress(station)
    const index = session.devices.index(device)
    if (index === 0) throw noLink(device)
    session.route.finish(
      build({
        ...rest,
        family: 'bridge',
        index,
        lladdr,
        dst: far && addressText(far),
        vlan: givenVlan(draft),
        nhId: nhId || undefined,
        port: port || undefined,
        vni,
        flags: [...flags],
        state: [...states],
      }),
    )
    return 0
  }
}

export const add = modify(neighbour.add)
export const append = modify(neighbour.append)
export const replace = modify(neighbour.replace)
export const remove = modify(neighbour.delete)
