import type { address } from '../../../rtnl/index.ts'

export interface AddressFlagWord {
  readonly word: string
  readonly flag: address.AddressFlag
  /** The kernel sets it; it cannot be asked for. */
  readonly readonly?: boolean
  /** Only IPv6 addresses have it. */
  readonly inet6?: boolean
}

/** Flags of addresses by the words of ip-address(8), in the order in which it shows them. */
export const ADDRESS_FLAG_WORDS: readonly AddressFlagWord[] = [
  { word: 'secondary', flag: 'secondary', readonly: true },
  { word: 'temporary', flag: 'secondary', readonly: true },
  { word: 'nodad', flag: 'nodad', inet6: true },
  { word: 'optimistic', flag: 'optimistic', inet6: true },
  { word: 'dadfailed', flag: 'dadfailed', readonly: true, inet6: true },
  { word: 'home', flag: 'homeaddress', inet6: true },
  { word: 'deprecated', flag: 'deprecated', readonly: true, inet6: true },
  { word: 'tentative', flag: 'tentative', readonly: true, inet6: true },
  { word: 'permanent', flag: 'permanent', readonly: true, inet6: true },
  { word: 'mngtmpaddr', flag: 'managetempaddr', inet6: true },
  { word: 'noprefixroute', flag: 'noprefixroute' },
  { word: 'autojoin', flag: 'mcautojoin' },
  { word: 'stable-privacy', flag: 'stable-privacy', readonly: true, inet6: true },
]
