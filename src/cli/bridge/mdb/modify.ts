import { parseIpv4, parseIpv6, type Request } from '../../../netlink/index.ts'
import { bridge } from '../../../rtnl/index.ts'
import {
  abbreviates,
  CommandFailure,
  type Grammar,
  lladdrBytes,
  lladdrText,
  parse,
  type Run,
  rows,
  text,
  usage,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { failed, noLink } from '../failure.ts'
import { asInteger } from '../words.ts'
import { mdbUsage } from './usage.ts'

interface GroupDraft {
  readonly session: Session
  readonly request: {
    device?: string
    port?: string
    group?: string
    source?: string
    vlan?: number
    permanent?: boolean
  }
}

const { option, flag } = rows<GroupDraft>()

const grammar: Grammar<GroupDraft> = {
  keywords: [
    option('dev', text('DEV'), 'device'),
    option('grp', text('GROUP'), 'group'),
    option('port', text('PORT'), 'port'),
    flag('permanent', 'permanent', true),
    // What it is without a word.
    flag('temp', () => {}),
    option('vid', text('VID'), ({ request }, word) => {
      request.vlan = asInteger(word, 16) & 0xffff
    }),
    option('src', text('SOURCE'), 'source'),
  ],
  usage: mdbUsage,
  otherwise({ current }) {
    if (abbreviates(current, 'help')) throw usage(mdbUsage)
  },
}

/** `bridge mdb add` and `delete`, which take the same words. */
function modify(build: (group: bridge.mdb.MulticastGroup) => Request<void>): Run<Session> {
  return (session, words) => {
    const draft: GroupDraft = { session, request: {} }
    parse(grammar, words, draft)
    const { device, port, group, source, vlan, permanent } = draft.request
    if (device === undefined || group === undefined || port === undefined) {
      throw failed('Device, group address and port name are required arguments.')
    }
    const find = (name: string) => {
      const index = session.devices.index(name)
      if (index === 0) throw noLink(name)
      return index
    }
    const [index, portIndex, address] = [find(device), find(port), groupAddress(group)]
    if (source !== undefined && !isIp(source)) throw failed(`Invalid source address "${source}"`)
    session.route.finish(build({ index, port: portIndex, group: address, source, vlan, permanent }))
    return 0
  }
}

const isIp = (word: string) => parseIpv4(word) !== undefined || parseIpv6(word) !== undefined

/** An IP address, or that of stations. Throws CommandFailure. */
function groupAddress(word: string): string {
  if (isIp(word)) return word
  // iproute2 has cut the word at its first colon by then.
  const invalid = `Invalid address "${word.includes('.') ? word : word.split(':')[0]}"`
  let station: Uint8Array
  try {
    station = lladdrBytes(word, 6)
  } catch (error) {
    if (error instanceof CommandFailure) throw failed(`${error.message}\n${invalid}`)
    throw error
  }
  if (station.length !== 6 || word.split(':').length > 6) throw failed(invalid)
  return lladdrText(station)
}

export const add = modify(bridge.mdb.add)
export const remove = modify((group) => bridge.mdb.delete({ ...group, permanent: false }))
