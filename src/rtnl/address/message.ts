import {
  attributes,
  bits,
  bitsValue,
  cstring,
  enumeration,
  type Infer,
  type InferInput,
  i32,
  ip,
  message,
  prefix,
  struct,
  u8,
  u32,
} from '../../netlink/index.ts'
import { family } from '../family.ts'
import { lengthOf } from '../prefix.ts'
import { scope } from '../scope.ts'

/** IFA_F_* (include/uapi/linux/if_addr.h). `secondary` of an IPv4 address is `temporary` of an IPv6 one. */
export const ADDRESS_FLAGS = {
  secondary: 0x01,
  nodad: 0x02,
  optimistic: 0x04,
  dadfailed: 0x08,
  homeaddress: 0x10,
  deprecated: 0x20,
  tentative: 0x40,
  permanent: 0x80,
  managetempaddr: 0x100,
  noprefixroute: 0x200,
  mcautojoin: 0x400,
  'stable-privacy': 0x800,
} as const
export type AddressFlag = keyof typeof ADDRESS_FLAGS

/** IFAPROT_*: who made the address. */
export const ADDRESS_ORIGINATORS = { unspec: 0, 'kernel-lo': 1, 'kernel-ra': 2, 'kernel-ll': 3 } as const

/** Seconds left, 4294967295 for ever; `created` and `updated` in hundredths of a second since the machine's start. */
export const addressLifetimes = struct({ preferred: u32, valid: u32, created: u32, updated: u32 })

/** struct ifaddrmsg. The low byte of `flags` stands in the header too. */
export const addressHeader = struct({ family, prefixLength: u8, headerFlags: u8, scope, index: u32 })

export const addressAttributes = attributes({
  address: [1, prefix(1)],
  local: [2, ip],
  label: [3, cstring],
  broadcast: [4, ip],
  anycast: [5, ip],
  cacheinfo: [6, addressLifetimes],
  multicast: [7, ip],
  flags: [8, bits(u32, ADDRESS_FLAGS)],
  metric: [9, u32],
  targetNetnsid: [10, i32],
  proto: [11, enumeration(u8, ADDRESS_ORIGINATORS)],
})

/** RTM_NEWADDR, RTM_DELADDR, RTM_GETADDR, and those of multicast and anycast addresses. */
export const addressMessage = message(addressHeader, addressAttributes, {
  prefixLength: { from: 'address', absent: 0, of: lengthOf },
  headerFlags: { from: 'flags', absent: 0, of: (flags: readonly string[]) => bitsValue(ADDRESS_FLAGS, flags) & 0xff },
})

/**
 * An address of a link. `address` has the prefix's length: `10.0.0.1/24`. On a point-to-point link it is the peer's, and `local` is
 * the link's own.
 */
export interface Address extends Infer<typeof addressMessage> {}
/** What may be said about an address in a request, attribute by attribute. */
export type AddressInput = InferInput<typeof addressMessage>
