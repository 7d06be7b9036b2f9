import { formatIpv4, parseIpv4 } from '../../../netlink/index.ts'
import { isZero, lengthOf, listedMask, maskOf } from '../address.ts'
import type { Listing } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { wholeNumber } from '../number.ts'
import type { Asked } from '../values.ts'

/** Sixteen bytes each: IPv4 takes the first four. */
interface Host {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/** `address`, `address/24` or `address/255.255.255.0`. The address is not cut down to the mask. */
export function hostAndMask(text: string, { extension, option }: Asked): Host {
  const slash = text.indexOf('/')
  const address = parseIpv4(slash < 0 ? text : text.slice(0, slash))
  if (address === undefined) throw new IptablesError('getaddrinfo: Name or service not known\n')
  // Without a mask iptables sets all sixteen bytes.
  if (slash < 0) return { address: sixteen(address), mask: new Uint8Array(16).fill(255) }
  const word = text.slice(slash + 1)
  const dotted = parseIpv4(word)
  const length = wholeNumber(word, 0, 32) ?? (dotted === undefined ? undefined : lengthOf(dotted))
  if (length === undefined) {
    const range = 'neither a valid network mask nor valid CIDR (0-32).\n'
    throw new IptablesError(`${extension}: bad value for option "--${option}", ${range}`)
  }
  return { address: sixteen(address), mask: sixteen(maskOf(length)) }
}

function sixteen(four: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16)
  bytes.set(four)
  return bytes
}

/** The fields of struct xt_conntrack_mtinfo3 for one of its four hosts. */
export function hostInfo(field: string, { address, mask }: Host): Record<string, Uint8Array> {
  return { [`${field}Address`]: address, [`${field}Mask`]: mask }
}

export const savedHost = (address: Uint8Array, mask: Uint8Array) =>
  `${formatIpv4(address, 0)}${listedMask(mask.subarray(0, 4))}`

export function listedHost(address: Uint8Array, mask: Uint8Array, { numeric, host }: Listing): string {
  if (numeric) return savedHost(address, mask)
  if (isZero(address.subarray(0, 4))) return 'anywhere'
  return `${host(formatIpv4(address, 0))}${listedMask(mask.subarray(0, 4))}`
}
