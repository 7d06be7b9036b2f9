import type { Request } from '../../../netlink/index.ts'
import { route } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
  address,
  addressText,
  CommandFailure,
  expectPrefix,
  type Family,
  findDevice,
  type Grammar,
  parse,
  prefix,
  type Reader,
  type Run,
  rows,
  text,
  u16,
  u32,
  usage,
  type Words,
} from '../../grammar/index.ts'
import { ipProtocol } from '../../names/ip-protocol.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { vrf } from '../nexthop/values.ts'
import { printRoute } from './print.ts'
import { routeUsage } from './usage.ts'

/** The kernel's own words for labels in a question about addresses, which is not even sent. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  inet: 'Error: ipv4: Unsupported attribute in route get request.',
  inet6: 'Error: ipv6: Unsupported attribute in get route request.',
}

interface GetDraft {
  readonly session: Session
  family: Family
  readonly request: { -readonly [K in keyof route.RouteQuery]?: route.RouteQuery[K] }
  fromGiven: boolean
  connected: boolean
  inputDevice?: string
  outputDevice?: string
}

const { option, flag } = rows<GetDraft>()

const source: Reader<Address, GetDraft> = {
  hint: 'ADDRESS',
  read(words, draft) {
    if (abbreviates(words.current, 'help')) throw usage(routeUsage)
    return prefix.read(words, draft)
  },
}

const newDestination: Reader<string, GetDraft> = {
  hint: '[ to ] ADDRESS',
  read(words, draft) {
    if (words.current === 'to') words.next()
    return addressText(address.read(words, draft))
  },
}

function destination(words: Words, draft: GetDraft): void {
  if (words.current === 'to') words.next()
  if (abbreviates(words.current, 'help')) throw usage(routeUsage)
  const found = expectPrefix(words.current, draft.family)
  if (draft.family === 'unspec') draft.family = found.family
  const whole = draft.family === 'inet6' ? 128 : 32
  if ((draft.family === 'inet' || draft.family === 'inet6') && found.length !== whole) {
    draft.session.complain(`Warning: /${found.length} as prefix is invalid, only /${whole} (or none) is supported.`)
  }
  draft.request.dst = addressText(found) || (draft.family === 'inet6' ? '::' : '0.0.0.0')
}

export const getGrammar: Grammar<GetDraft> = {
  usage: routeUsage,
  keywords: [
    option('tos|dsfield*', named('dsfield', 'TOS value is invalid\n', 'TOS'), 'tos'),
    option('from*', source, (draft, address) => {
      draft.fromGiven = true
      if (address.bytes.length > 0) draft.request.src = `${addressText(address)}/${address.length}`
    }),
    option('iif*', text('STRING'), (draft, name) => {
      draft.inputDevice = name
    }),
    option('mark*', u32('invalid mark value'), ({ request }, mark) => {
      if (mark !== 0) request.mark = mark
    }),
    option('oif*|dev', text('STRING'), (draft, name) => {
      draft.outputDevice = name
    }),
    flag('notify*', 'notify', true),
    flag('connected*', (draft) => {
      draft.connected = true
    }),
    option('vrf*', vrf, 'oif'),
    option('uid*', u32('invalid UID\n'), 'uid'),
    flag('fibmatch*', 'fibMatch', true),
    option('as', newDestination, 'newdst'),
    option('sport*', u16('invalid sport\n'), 'sport'),
    option('dport*', u16('invalid dport\n'), 'dport'),
    option('ipproto*', ipProtocol, 'ipProto'),
  ],
  otherwise: destination,
}

/** `ip route get`. */
export const get: Run<Session> = (session, words) => {
  const draft: GetDraft = { session, family: session.options.family, request: {}, fromGiven: false, connected: false }
  parse(getGrammar, words, draft)
  const { request, inputDevice, outputDevice } = draft
  const { dst } = request
  if (dst === undefined) throw new CommandFailure('need at least a destination address', 1)
  if (inputDevice !== undefined) request.iif = findDevice(draft, inputDevice)
  if (outputDevice !== undefined) request.oif = findDevice(draft, outputDevice)
  const family = draft.family === 'unspec' ? 'inet' : draft.family
  if (request.newdst !== undefined && family !== 'mpls') throw new CommandFailure(UNSUPPORTED[family] ?? '', 2)
  const query = route.get({ ...request, family, dst })
  if (draft.connected && !draft.fromGiven) {
    const first = show(session, query)
    if (first.prefsrc === undefined && first.src === undefined) {
      throw new CommandFailure('Failed to connect the route', 1)
    }
  }
  show(session, query)
  return 0
}

function show(session: Session, query: Request<route.Route>): route.Route {
  const found = session.route.ask(query)
  const { printer } = session
  printer.records(() => printer.object(undefined, () => printRoute(found, session, {})))
  return found
}
