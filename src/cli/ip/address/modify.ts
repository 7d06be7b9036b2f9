import type { Request } from '../../../netlink/index.ts'
import { address as addresses } from '../../../rtnl/index.ts'
import { telling } from '../../echo.ts'
import {
  type Address,
  address,
  addressText,
  CommandFailure,
  cNumber,
  type Family,
  findDevice,
  type Grammar,
  isMulticast,
  type Keyword,
  parse,
  prefix,
  type Reader,
  type Run,
  rows,
  text,
  u32,
  wrong,
} from '../../grammar/index.ts'
import { named } from '../../names/reader.ts'
import type { Session } from '../../session.ts'
import { ADDRESS_FLAG_WORDS } from '../listing/address-flags.ts'
import { printAddress } from './print.ts'
import { addressUsage } from './usage.ts'

type Settings = addresses.AddressSettings

interface AddressDraft {
  readonly session: Session
  family: Family
  readonly request: { scope?: number; label?: string; metric?: number }
  readonly flags: Set<addresses.AddressFlag>
  device?: string
  local?: Address
  /** The local address as it was written. */
  localWord?: string
  peer?: Address
  broadcast?: Address | '+' | '-'
  anycast?: Address
  valid?: number
  preferred?: number
}

const { option, flag } = rows<AddressDraft>()

const FOREVER = 0xffffffff

const broadcast: Reader<Address | '+' | '-', AddressDraft> = {
  hint: 'ADDR',
  read(words, draft) {
    if (words.current === '+' || words.current === '-') return words.current
    return address.read(words, draft)
  },
}

const lifetime = (name: string): Reader<number> => ({
  hint: 'LFT',
  read({ current }) {
    const seconds = current === 'forever' ? FOREVER : cNumber(current, 0, FOREVER)
    if (seconds === undefined) throw wrong(current, `${name} value`)
    return seconds
  },
})

/** A word for a flag. What cannot be set is only warned of. */
function flagKeywords(): Keyword<AddressDraft>[] {
  return ADDRESS_FLAG_WORDS.map(({ word, flag: of, readonly, inet6 }) =>
    flag(word, ({ session, family, flags }) => {
      if (readonly) session.complain(`Warning: ${word} option is not mutable from userspace`)
      else if (inet6 && family !== 'inet6') {
        session.complain(`Warning: ${word} option can be set only for IPv6 addresses`)
      } else flags.add(of)
    }),
  )
}

const keywords: readonly Keyword<AddressDraft>[] = [
  option(
    'peer|remote',
    prefix,
    (draft, value) => {
      draft.peer = value
    },
    { once: 'peer' },
  ),
  option(
    'broadcast*|brd',
    broadcast,
    (draft, value) => {
      draft.broadcast = value
    },
    { once: 'broadcast' },
  ),
  option(
    'anycast',
    address,
    (draft, value) => {
      draft.anycast = value
    },
    { once: 'anycast' },
  ),
  option('scope', named('scope', 'invalid scope value.', 'SCOPE-ID'), 'scope'),
  option('dev', text('IFNAME'), (draft, name) => {
    draft.device = name
  }),
  option('label', text('LABEL'), 'label'),
  option('metric*|priority*|preference*', u32('"metric" value is invalid\n', 'METRIC'), 'metric'),
  option(
    'valid_lft*',
    lifetime('valid_lft'),
    (draft, seconds) => {
      draft.valid = seconds
    },
    { once: 'valid_lft', early: true },
  ),
  option(
    'preferred_lft*',
    lifetime('preferred_lft'),
    (draft, seconds) => {
      draft.preferred = seconds
    },
    { once: 'preferred_lft', early: true },
  ),
  ...flagKeywords(),
]

export const addressGrammar: Grammar<AddressDraft> = {
  keywords,
  usage: addressUsage,
  otherwise: {
    introducer: 'local',
    name: 'local',
    hint: 'IFADDR',
    given: ({ local }) => local !== undefined && local.bytes.length > 0,
    take(words, draft) {
      draft.localWord = words.current
      draft.local = prefix.read(words, draft)
    },
  },
}

/** `ip address add`, `change`, `replace` and `delete`, which take the same words. */
function modify(build: (settings: Settings) => Request<void>, deletes = false): Run<Session> {
  return (session, words) => {
    const draft: AddressDraft = { session, family: session.options.family, request: {}, flags: new Set() }
    parse(addressGrammar, words, draft)
    if (draft.device === undefined) {
      throw new CommandFailure('Not enough information: "dev" argument is required.', 1)
    }
    const wildcard = deletes && isWildcard(draft)
    if (wildcard) warnOfWildcard(draft)
    const edge = deletes ? undefined : broadcastOf(draft)
    const index = findDevice(draft, draft.device)
    checkLifetimes(draft)
    if (draft.flags.has('mcautojoin') && !(draft.local && isMulticast(draft.local))) {
      throw new CommandFailure('autojoin needs multicast address', 1)
    }
    takePeerForLocal(draft)
    const first = deletes && draft.local === undefined && draft.family === 'inet'
    if (!first && !draft.local?.bytes.length) throw withoutAddress(draft)
    if (hasEmptyAddress(draft)) throw new CommandFailure(WITHOUT_BYTES, 2)
    const settings = { ...settingsOf(draft), index, broadcast: edge } as Settings
    const request = first ? ofAnyAddress(build({ ...settings, address: NO_ADDRESS }), draft) : build(settings)
    session.route.finish(
      wildcard ? ofAnyPrefix(request) : request,
      telling(session, (address: addresses.Address) => printAddress(address, session, { named: true })),
    )
    return 0
  }
}

/** IPv6 has one address for both ends, where only the peer's is given. */
function takePeerForLocal(draft: AddressDraft): void {
  if (draft.family !== 'inet6' || draft.local !== undefined) return
  draft.local = draft.peer
  delete draft.peer
}

const WITHOUT_BYTES = 'Error: Attribute failed policy validation.'

/** Whether another address is one without bytes (`any`), of which the kernel makes nothing. IPv6 knows no broadcast address. */
function hasEmptyAddress({ peer, broadcast, family }: AddressDraft): boolean {
  const edge = family === 'inet' && typeof broadcast === 'object' ? broadcast : undefined
  return peer?.bytes.length === 0 || edge?.bytes.length === 0
}

/** What the kernel says where there is no address, or one without bytes. */
function withoutAddress({ family, local }: AddressDraft): CommandFailure {
  const refused = (text: string) => new CommandFailure(text, 2)
  if (family !== 'inet' && family !== 'inet6') return refused('RTNETLINK answers: Operation not supported')
  if (local !== undefined) return refused(WITHOUT_BYTES)
  return refused(
    family === 'inet' ? 'Error: ipv4: Local address is not supplied.' : 'RTNETLINK answers: Invalid argument',
  )
}

/** Old scripts leave the length out where they delete, and mean every prefix. */
function isWildcard({ local, peer }: AddressDraft): boolean {
  return peer === undefined && local?.family === 'inet' && !local.lengthGiven && local.bytes.length > 0
}

function warnOfWildcard({ session, localWord }: AddressDraft): void {
  session.complain(`Warning: Executing wildcard deletion to stay compatible with old scripts.
         Explicitly specify the prefix length (${localWord}/32) to avoid this warning.
         This special behaviour is likely to disappear in further releases,
         fix your scripts!`)
}

/** The request without the prefix that the address is in: the local address alone says which is meant. */
function ofAnyPrefix(request: Request<void>): Request<void> {
  return { ...request, value: { ...request.value, address: undefined, prefixLength: 32 } }
}

const NO_ADDRESS = '0.0.0.0'

/** The request without an address: of IPv4 the first that the rest is true of is meant. */
function ofAnyAddress(request: Request<void>, { peer }: AddressDraft): Request<void> {
  const none = peer === undefined ? { address: undefined } : {}
  return { ...request, value: { ...request.value, local: undefined, ...none } }
}

/** The broadcast address; `+` and `-` are for the request to work out. Throws CommandFailure. */
function broadcastOf({ broadcast, family }: AddressDraft): string | undefined {
  if (typeof broadcast !== 'string') return (broadcast && addressText(broadcast)) || undefined
  if (family !== 'inet') throw new CommandFailure('Broadcast can be set only for IPv4 addresses', 1)
  return broadcast
}

function checkLifetimes({ valid, preferred }: AddressDraft): void {
  if (valid === undefined && preferred === undefined) return
  if (valid === 0) throw new CommandFailure('valid_lft is zero', 1)
  if ((valid ?? FOREVER) < (preferred ?? FOREVER)) {
    throw new CommandFailure('preferred_lft is greater than valid_lft', 1)
  }
}

function settingsOf({ request, local, peer, anycast, flags, valid, preferred }: AddressDraft): Partial<Settings> {
  const lifetimes =
    valid === undefined && preferred === undefined
      ? undefined
      : { valid: valid ?? FOREVER, preferred: preferred ?? FOREVER }
  return {
    ...request,
    address: local && withLength(local),
    // A length of 0 counts as none.
    peer: peer && withLength(peer.length === 0 && local !== undefined ? { ...peer, length: local.length } : peer),
    anycast: (anycast && addressText(anycast)) || undefined,
    flags: flags.size === 0 ? undefined : [...flags],
    cacheinfo: lifetimes as Settings['cacheinfo'],
  } as Partial<Settings>
}

const withLength = (prefix: Address) => `${addressText(prefix)}/${prefix.length}`

export const add = modify((settings) => addresses.add(settings))
export const change = modify((settings) => addresses.change(settings))
export const replace = modify((settings) => addresses.replace(settings))
export const remove = modify((settings) => addresses.delete(settings), true)
