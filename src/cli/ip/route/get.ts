import { route } from '../../../rtnl/index.ts'
import {
  type Address,
  abbreviates,
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
import { vrfDevice } from '../link/vrf-device.ts'
import { printRoute } from './print.ts'
import { routeUsage } from './usage.ts'

interface GetDraft {
  readonly session: Session
  family: Family
  readonly request: { -readonly [K in keyof route.RouteQuery]?: route.RouteQuery[K] }
  inputDevice?: string
  outputDevice?: string
}

const { option, flag } = rows<GetDraft>()

const unsupported = (word: string) => () => {
  throw new CommandFailure(`ipts: "route get ${word}" is not supported yet.`, 1)
}

const source: Reader<Address, GetDraft> = {
  hint: 'ADDRESS',
  read(words, draft) {
    if (abbreviates(words.current, 'help')) throw usage(routeUsage)
    return prefix.read(words, draft)
  },
}

function destination(words: Words, draft: GetDraft): void {
  if (words.current === 'to') words.next()
  if (abbreviates(words.current, 'help')) throw usage(routeUsage)
  const found = expectPrefix(words.current, draft.family)
  if (draft.family === 'unspec') draft.family = found.family
  const whole = draft.family === 'inet6' ? 128 : 32
  if (found.length !== whole) {
    draft.session.complain(`Warning: /${found.length} as prefix is invalid, only /${whole} (or none) is supported.`)
  }
  draft.request.dst = addressText(found) || (draft.family === 'inet6' ? '::' : '0.0.0.0')
}

const grammar: Grammar<GetDraft> = {
  usage: routeUsage,
  keywords: [
    option('tos|dsfield*', named('dsfield', 'TOS value is invalid\n', 'TOS'), 'tos'),
    option('from*', source, ({ request }, address) => {
      if (address.bytes.length > 0) request.src = addressText(address)
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
    flag('notify*', unsupported('notify')),
    flag('connected*', unsupported('connected')),
    option('vrf*', vrfDevice, 'oif'),
    option('uid*', u32('invalid UID\n'), 'uid'),
    flag('fibmatch*', 'fibMatch', true),
    flag('as', unsupported('as')),
    option('sport*', u16('invalid sport\n'), 'sport'),
    option('dport*', u16('invalid dport\n'), 'dport'),
    option('ipproto*', ipProtocol, 'ipProto'),
  ],
  otherwise: destination,
}

/** `ip route get`. */
export const get: Run<Session> = (session, words) => {
  const draft: GetDraft = { session, family: session.options.family, request: {} }
  parse(grammar, words, draft)
  const { request, inputDevice, outputDevice } = draft
  const { dst } = request
  if (dst === undefined) throw new CommandFailure('need at least a destination address', 1)
  if (inputDevice !== undefined) request.iif = findDevice(draft, inputDevice)
  if (outputDevice !== undefined) request.oif = findDevice(draft, outputDevice)
  const family = draft.family === 'unspec' ? 'inet' : draft.family
  const found = session.route.ask(route.get({ ...request, family, dst }))
  const { printer } = session
  printer.records(() => printer.object(undefined, () => printRoute(found, session, {})))
  return 0
}
