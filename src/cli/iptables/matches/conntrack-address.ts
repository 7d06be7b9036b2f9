import { HostLookupError, hostAddress } from '../../../libc/index.ts'
import { formatIpv4 } from '../../../netlink/index.ts'
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

const ALL_BITS = new Uint8Array(16).fill(255)

/**
 * `address`, `address/24` or `address/255.255.255.0`, of which the address may be a name. It is not cut down to the mask. Where there is
 * no mask, or one that is no length, all sixteen bytes are compared, as iptables has it.
 */
export function hostAndMask(text: string, { extension, option }: Asked): Host {
  const slash = text.indexOf('/')
  const name = slash < 0 ? text : text.slice(0, slash)
  const address = numericAddress(name) ?? namedAddress(name)
  if (slash < 0) return { address: sixteen(address), mask: ALL_BITS }
  const word = text.slice(slash + 1)
  const mask = numericAddress(word)
  const length = wholeNumber(word, 0, 32) ?? (mask === undefined ? undefined : lengthOf(mask))
  if (length !== undefined) return { address: sixteen(address), mask: sixteen(maskOf(length)) }
  if (mask !== undefined) return { address: sixteen(address), mask: ALL_BITS }
  const range = 'neither a valid network mask nor valid CIDR (0-32).\n'
  throw new IptablesError(`${extension}: bad value for option "--${option}", ${range}`)
}

function namedAddress(name: string): Uint8Array {
  try {
    return hostAddress(name)
  } catch (error) {
    if (error instanceof HostLookupError) throw new IptablesError(`getaddrinfo: ${error.message}\n`)
    throw error
  }
}

/** An address as inet_aton(3) takes it: up to four numbers, of which the last fills what is left. */
function numericAddress(text: string): Uint8Array | undefined {
  if (!/^[\da-fx.]+$/i.test(text)) return undefined
  const numbers = text.split('.').map((part) => wholeNumber(part, 0, 0xffffffff))
  const last = numbers.pop()
  if (last === undefined || numbers.length > 3 || numbers.some((number) => number === undefined || number > 255)) {
    return undefined
  }
  const room = 4 - numbers.length
  if (last >= 256 ** room) return undefined
  const rest = Array.from({ length: room }, (_, i) => Math.floor(last / 256 ** (room - 1 - i)) % 256)
  return Uint8Array.from([...(numbers as number[]), ...rest])
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
