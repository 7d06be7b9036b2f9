import type { route } from '../../../rtnl/index.ts'
import {
  addressText,
  CommandFailure,
  expectAddress,
  type Keyword,
  noDevice,
  type Reader,
  rows,
  spelled,
  text,
  u32,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import { encapKeyword } from '../encap/index.ts'
import type { RouteDraft } from './draft.ts'
import { gatewayFields, gatewayRefusal, readGateway, realms } from './values.ts'

type Hop = NonNullable<route.RouteInput['multipath']>[number]

interface HopDraft {
  readonly route: RouteDraft
  readonly session: RouteDraft['session']
  readonly request: { -readonly [K in keyof Hop]: Hop[K] }
}

const { option, flag } = rows<HopDraft>()

const weight: Reader<number> = {
  hint: 'NUMBER',
  read(words, draft) {
    const value = u32('"weight" is invalid\n', 'NUMBER', 256).read(words, draft)
    if (value === 0) throw wrong(words.current, '"weight" is invalid\n')
    return value
  },
}

const keywords: readonly Keyword<HopDraft>[] = [
  option('via', { hint: '[ FAMILY ] ADDRESS', read: gateway }, ({ request }, fields) => {
    Object.assign(request, fields)
  }),
  option('dev', text('DEV'), ({ request, session }, name) => {
    request.oif = session.devices.index(name)
    if (request.oif === 0) throw cannotParse(noDevice(name).message)
  }),
  option('weight', weight, 'weight'),
  flag('onlink', 'flags', ['onlink']),
  option('realms*', realms('"realm" value is invalid\n'), 'flow'),
  encapKeyword(),
  option('as', { hint: '[ to ] ADDRESS', read: newDestination }, ({ request, route: { family } }, labels) => {
    if (family === 'mpls') request.newdst = labels
  }),
]

function gateway(words: Words, { route }: HopDraft) {
  const found = readGateway(words, route.family)
  if (route.family === 'unspec') route.family = found.family
  route.refusal ??= gatewayRefusal(found, route.family, true)
  return gatewayFields(found, route.family)
}

function newDestination(words: Words, { route }: HopDraft): string {
  if (words.current === 'to') words.next()
  return addressText(expectAddress(words.current, route.family))
}

const cannotParse = (first: string) => new CommandFailure(`${first}\nError: cannot parse nexthop`, 255)

/** Reads `nexthop …` up to the end of the line. Throws CommandFailure. */
export function readNexthops(words: Words, route: RouteDraft): Hop[] {
  const hops: Hop[] = []
  while (!words.done) {
    if (words.current !== 'nexthop') {
      throw new CommandFailure(`Error: "nexthop" or end of line is expected instead of "${words.current}"`, 255)
    }
    if (!words.hasNext) throw new CommandFailure('Error: unexpected end of line after "nexthop"', 255)
    words.advance()
    hops.push(readHop(words, route))
  }
  return hops
}

function readHop(words: Words, route: RouteDraft): Hop {
  const draft: HopDraft = { route, session: route.session, request: { flags: [], weight: 1, oif: 0 } }
  for (; !words.done; words.advance()) {
    const keyword = spelled(words.current, keywords)
    if (keyword === undefined) break
    if (keyword.value !== undefined) words.next()
    keyword.take(words, draft)
  }
  return draft.request as Hop
}
