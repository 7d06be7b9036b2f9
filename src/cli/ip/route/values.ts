import { route } from '../../../rtnl/index.ts'
import {
  type Address,
  addressText,
  type CommandFailure,
  choice,
  cNumber,
  expectAddress,
  type Family,
  familyNamed,
  type Reader,
  spelled,
  spellings,
  type Words,
  wrong,
} from '../../grammar/index.ts'
import type { Session } from '../../session.ts'
import { emptyAddress } from '../empty-address.ts'
import { tableNamed } from '../vrf/table.ts'

interface WithSession {
  readonly session: Session
}

/** `REALM`, `FROM/TO`, or the two as one number. */
export function realms(why: string): Reader<number, WithSession> {
  return {
    hint: 'REALM',
    read({ current }, { session }) {
      const [to = '', from] = current.split('/').reverse()
      const { realm } = session.names
      const [low, high] = [to === '' ? 0 : realm.id(to), from === undefined ? 0 : realm.id(from)]
      const found =
        low === undefined || high === undefined ? cNumber(current, 0, 0xffffffff) : ((high << 16) | low) >>> 0
      if (found === undefined) throw wrong(current, why)
      return found
    },
  }
}

/** The table of a VRF. */
export const vrfTable: Reader<number, WithSession> = {
  hint: 'NAME',
  read({ current }, { session: { devices } }) {
    const table = tableNamed(devices, current)
    if (table === 0) throw wrong(current, 'Invalid VRF\n')
    return table
  },
}

/** `[FAMILY] ADDRESS`, where the family is the route's unless it is said. */
export function readGateway(words: Words, family: Family): Address {
  const named = familyNamed(words.current)
  if (named !== 'unspec') words.next()
  return expectAddress(words.current, named === 'unspec' ? family : named)
}

/** How the kernel refuses a gateway without bytes, that of a route or of one of several next hops. Undefined for any other. */
export function gatewayRefusal(
  { family: own, bytes }: Address,
  family: Family,
  ofHop = false,
): CommandFailure | undefined {
  if (bytes.length > 0) return undefined
  if (own === family) {
    return emptyAddress(ofHop ? `Invalid ${family === 'inet6' ? 'IPv6' : 'IPv4'} address in RTA_GATEWAY.` : undefined)
  }
  if (family === 'inet6') return emptyAddress('IPv6 does not support RTA_VIA attribute.')
  return own === 'inet6' ? emptyAddress('Invalid IPv6 address in RTA_VIA.') : undefined
}

/** The fields of a gateway in a request. */
export function gatewayFields(gateway: Address, family: Family) {
  const address = addressText(gateway)
  return gateway.family === family ? { via: address } : { viaOther: { family: gateway.family, address } }
}

type RouteType = keyof typeof route.ROUTE_TYPES

// In the order in which iproute2 resolves abbreviations: `b` is broadcast and `any` anycast.
const TYPE_WORDS: readonly (readonly [notation: string, RouteType])[] = [
  ['local', 'local'],
  ['nat', 'nat'],
  ['broadcast*|brd', 'broadcast'],
  ['anycast*', 'anycast'],
  ['multicast*', 'multicast'],
  ['prohibit*', 'prohibit'],
  ['unreachable*', 'unreachable'],
  ['blackhole*', 'blackhole'],
  ['xresolve*', 'xresolve'],
  ['unicast*', 'unicast'],
  ['throw', 'throw'],
]
const TYPES = TYPE_WORDS.map(([notation, type]) => ({ spellings: spellings(notation), type }))

/** The type that a word names, if it does. */
function routeTypeNamed(word: string): RouteType | undefined {
  return spelled(word, TYPES)?.type
}

/** The number of a route's type. */
export function routeTypeNumber(type: RouteType | number): number {
  return typeof type === 'number' ? type : route.ROUTE_TYPES[type]
}

/** The type that a word says, by name or number. */
export function routeTypeIn(word: string): RouteType | number | undefined {
  return routeTypeNamed(word) ?? cNumber(word, 0, 255)
}

/** A type's word, or its number where it has none or `numeric`. */
export function routeTypeText(type: RouteType | number, numeric: boolean): string {
  const number = routeTypeNumber(type)
  const name = numeric ? undefined : Object.entries(route.ROUTE_TYPES).find(([, of]) => of === number)?.[0]
  return name === 'unspec' ? 'none' : (name ?? String(number))
}

export const routeType: Reader<number> = {
  hint: 'TYPE',
  choices: TYPES.map(({ type }) => type),
  read({ current }) {
    const type = routeTypeIn(current)
    if (type === undefined) throw wrong(current, 'node type value is invalid\n')
    return routeTypeNumber(type)
  },
}

const preferences = choice({ low: 'low', medium: 'medium', high: 'high' } as const, '')

export const routerPreference: Reader<'low' | 'medium' | 'high' | number> = {
  hint: 'PREF',
  choices: preferences.choices,
  read(words, draft) {
    if (preferences.choices?.includes(words.current)) return preferences.read(words, draft)
    const number = cNumber(words.current, 0, 255)
    if (number === undefined) throw wrong(words.current, '"pref" value is invalid\n')
    return number
  },
}
