import { formatIpv6 } from '../../../netlink/index.ts'
import { link } from '../../../rtnl/index.ts'
import { lladdrBytes } from '../../grammar/index.ts'

type HardwareType = keyof typeof link.HARDWARE_TYPES | number

// Types younger than iproute2 6.1, which shows them as numbers.
const UNNAMED: readonly HardwareType[] = ['eui64', 'mctp', 'rawip', 'vsockmon']

/** The word after `link/`; a number in brackets where it has none, or where numbers are asked for. */
export function hardwareTypeText(type: HardwareType, numeric: boolean): string {
  if (typeof type === 'string' && !numeric && !UNNAMED.includes(type)) return type
  return `[${typeof type === 'string' ? link.HARDWARE_TYPES[type] : type}]`
}

const IPV4_TUNNELS: readonly HardwareType[] = ['ipip', 'sit', 'gre']
const IPV6_TUNNELS: readonly HardwareType[] = ['tunnel6', 'gre6']

/** A link-layer address as its hardware type writes it: a tunnel's is an IP address. */
export function hardwareAddressText(address: string, type: HardwareType): string {
  const length = (address.length + 1) / 3
  if (length === 4 && IPV4_TUNNELS.includes(type)) return lladdrBytes(address).join('.')
  if (length === 16 && IPV6_TUNNELS.includes(type)) return formatIpv6(lladdrBytes(address), 0)
  return address
}
