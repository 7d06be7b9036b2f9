import {
  acknowledged,
  answered,
  asObject,
  type Bits,
  bitsValue,
  checkObject,
  checkRest,
  type DumpRequest,
  dumped,
  EncodeError,
  formatIpv4,
  NLM_F_CREATE,
  NLM_F_EXCL,
  NLM_F_REPLACE,
  parseIpv4,
  type Request,
  within,
} from '../../netlink/index.ts'
import type { Family } from '../family.ts'
import { checkFamily, familyOf, hostOf, lengthOf, sameFamily } from '../prefix.ts'
import { ADDRESS_FLAGS, type Address, type AddressInput, addressMessage } from './message.ts'
import { RTM_DELADDR, RTM_GETADDR, RTM_GETANYCAST, RTM_GETMULTICAST, RTM_NEWADDR } from './messages.ts'

/**
 * What is wanted of an address: anything an address message holds, where
 *
 * - `address` is the link's own address with its prefix's length (`10.0.0.1/24`; without one, of the whole address);
 * - `peer`, with its own length, is the other end of a point-to-point link, and `address` then needs none;
 * - `broadcast` may be `+` or `-`, the last or first address of an IPv4 prefix (none where it is longer than 30);
 * - `scope` is `host` for 127.0.0.0/8, else `global`, where it is not given;
 * - `cacheinfo` holds `preferred` and `valid` in seconds, each for ever where only the other is given.
 *
 * Addresses as `list` gives them are taken as they are; what only the kernel may say of them is left out.
 */
export type AddressSettings = (
  | Omit<AddressInput, 'address' | 'index'>
  | Omit<Address, 'address' | 'index' | 'family' | 'scope'>
) & {
  readonly index: number
  readonly address?: string | undefined
  readonly peer?: string | undefined
}

/** Which addresses are listed. */
export interface AddressFilter {
  readonly family?: Family | undefined
  /** The index of a link. */
  readonly index?: number | undefined
  /** Another network namespace, by the id that this one has given it. */
  readonly targetNetnsid?: number | undefined
}

const FOREVER = 0xffffffff
/** What the kernel says of an address and does not take. */
const STATES: readonly (string | number)[] = [
  'secondary',
  'dadfailed',
  'deprecated',
  'tentative',
  'permanent',
  'stable-privacy',
]

/** Gives a link an address. Fails with EEXIST where the link has it. Throws EncodeError. */
export function add(settings: AddressSettings): Request<void> {
  return make('add', NLM_F_CREATE | NLM_F_EXCL, settings)
}

/** Changes lifetimes, flags or metric of an address. Fails with ENOENT where the link lacks it. Throws EncodeError. */
export function change(settings: AddressSettings): Request<void> {
  return make('change', NLM_F_REPLACE, settings)
}

/** Gives a link an address, or changes it where the link has it. Throws EncodeError. */
export function replace(settings: AddressSettings): Request<void> {
  return make('replace', NLM_F_CREATE | NLM_F_REPLACE, settings)
}

function make(verb: string, flags: number, settings: AddressSettings): Request<void> {
  checkObject(settings)
  const operation = `${verb} address ${describe(settings)}`
  return acknowledged({ operation, type: RTM_NEWADDR, flags, codec: addressMessage, value: addressValue(settings) })
}

/** Takes an address from a link. Fails with EADDRNOTAVAIL where the link lacks it. Throws EncodeError. */
export function remove(settings: AddressSettings): Request<void> {
  checkObject(settings)
  const { label, scope } = settings as AddressInput
  const value: AddressInput = { ...ownValue(settings), scope, label }
  return acknowledged({
    operation: `delete address ${describe(settings)}`,
    type: RTM_DELADDR,
    codec: addressMessage,
    value,
  })
}

/** Asks for one IPv6 address of a link, or of any where no `index` is given. Throws EncodeError. */
export function get(query: { address: string; index?: number }): Request<Address> {
  const { address, index = 0 } = asObject(query)
  checkFamily('address', address, 'inet6')
  // The kernel's strict checking wants no prefix length in this question.
  const value = { family: 'inet6' as const, index, address: hostOf(address), prefixLength: 0 }
  return answered(
    { operation: `get address ${address}`, type: RTM_GETADDR, codec: addressMessage, value },
    addressMessage,
  )
}

/** Asks for addresses. The kernel filters where it checks strictly; older ones leave it to this. Throws EncodeError. */
export function list(filter: AddressFilter = {}): DumpRequest<Address> {
  return listing('list addresses', RTM_GETADDR, filter)
}

/** Asks for the multicast addresses that links have joined: IPv6, and IPv4 from Linux 6.14. */
export function listMulticast(filter: AddressFilter = {}): DumpRequest<Address> {
  checkObject(filter)
  return listing('list multicast addresses', RTM_GETMULTICAST, { ...filter, family: filter.family ?? 'inet6' })
}

/** Asks for the anycast addresses of links (IPv6). */
export function listAnycast(filter: AddressFilter = {}): DumpRequest<Address> {
  checkObject(filter)
  return listing('list anycast addresses', RTM_GETANYCAST, { ...filter, family: filter.family ?? 'inet6' })
}

function listing(operation: string, type: number, filter: AddressFilter) {
  const { family, index, targetNetnsid, ...rest } = asObject(filter)
  checkRest(rest)
  const wanted = (address: Address) =>
    (index === undefined || address.index === index) &&
    (family === undefined || sameFamily(family, 'unspec') || sameFamily(address.family, family))
  return dumped(
    { operation, type, codec: addressMessage, value: { family, index, targetNetnsid } },
    addressMessage,
    (address: Address) => (wanted(address) ? address : undefined),
  )
}

/** How errors call an address. */
function describe({ address, local, peer }: { address?: unknown; local?: unknown; peer?: unknown }): string {
  return peer === undefined ? String(address ?? local) : `${String(address ?? local)} peer ${peer}`
}

/** The fields that say which address it is. */
function ownValue(settings: AddressSettings): AddressInput {
  const { family, address, local, peer, index, targetNetnsid } = settings as AddressInput & { peer?: string }
  // Listed from another namespace. The kernel would not heed it, and change the socket's own.
  if (targetNetnsid !== undefined) {
    throw new EncodeError('addresses change only in the namespace of the socket').within('targetNetnsid')
  }
  const own = local ?? (address === undefined ? undefined : within('address', () => hostOf(address)))
  const other = peer ?? address ?? own
  if (own === undefined || other === undefined) throw new EncodeError('no address is given').within('address')
  if (!Number.isInteger(index)) throw new EncodeError('no link is given').within('index')
  checkFamily(local === undefined ? 'address' : 'local', own, family)
  checkFamily(peer === undefined ? 'address' : 'peer', other, familyOf(own))
  return { family: family ?? familyOf(own), index, local: own, address: other }
}

function addressValue(settings: AddressSettings): AddressInput {
  const { peer, broadcast, scope, flags, headerFlags, cacheinfo, prefixLength, multicast, anycast, ...rest } =
    settings as AddressInput & { peer?: string }
  void prefixLength
  void multicast
  const own = ownValue(settings)
  const loopback = sameFamily(own.family ?? 0, 'inet') && own.local?.startsWith('127.') === true
  return {
    ...own,
    ...flagsValue(flags ?? headerFlags),
    scope: scope ?? (loopback ? 'host' : 'global'),
    broadcast: broadcast === '+' || broadcast === '-' ? edgeOf(own.address!, broadcast) : broadcast,
    ...without(rest),
    anycast,
    cacheinfo: cacheinfo === undefined ? undefined : lifetimes(cacheinfo),
  }
}

function without({ family, index, address, local, ...rest }: AddressInput): AddressInput {
  return rest
}

/** Flags of the low byte go into the header, as iproute2 sends them, and all of them into IFA_FLAGS where there are others. */
function flagsValue(flags: Bits<string> | number | undefined): Pick<AddressInput, 'flags' | 'headerFlags'> {
  if (flags === undefined) return {}
  const wanted = typeof flags === 'number' ? flags : flags.filter((flag) => !STATES.includes(flag))
  const value = within('flags', () => bitsValue(ADDRESS_FLAGS, wanted))
  return { headerFlags: value & 0xff, flags: value > 0xff ? value : undefined }
}

function lifetimes({ preferred, valid }: NonNullable<AddressInput['cacheinfo']>): AddressInput['cacheinfo'] {
  if (preferred === undefined && valid === undefined) return undefined
  return { preferred: preferred ?? Math.min(FOREVER, valid ?? FOREVER), valid: valid ?? FOREVER }
}

/** The last (`+`) or first (`-`) address of an IPv4 prefix. */
function edgeOf(prefix: string, edge: '+' | '-'): string | undefined {
  const address = parseIpv4(hostOf(prefix))
  if (address === undefined) throw new EncodeError('only IPv4 has broadcast addresses').within('broadcast')
  const length = lengthOf(prefix)
  if (length > 30) return undefined
  for (let bit = length; bit < 32; bit++) {
    const mask = 0x80 >> (bit & 7)
    if (edge === '+') address[bit >> 3]! |= mask
    else address[bit >> 3]! &= ~mask
  }
  return formatIpv4(address, 0)
}
