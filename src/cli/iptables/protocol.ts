import { protocolName as nameInFile, protocolNumber } from '../names/ip-protocol.ts'
import { IptablesError } from './failure.ts'
import { wholeNumber } from './number.ts'

// The names that iptables has of itself, in its order.
const NAMES: readonly (readonly [name: string, number: number])[] = [
  ['tcp', 6],
  ['sctp', 132],
  ['udp', 17],
  ['udplite', 136],
  ['icmp', 1],
  ['ipv6-icmp', 58],
  ['icmpv6', 58],
  ['esp', 50],
  ['ah', 51],
  ['mobility-header', 135],
  ['ipv6-mh', 135],
  ['mh', 135],
  ['all', 0],
]

/** A protocol of IP by number or name. */
export function parseProtocol(text: string): number {
  const number = wholeNumber(text, 0, 255) ?? NAMES.find(([name]) => name === text)?.[1] ?? protocolNumber(text)
  if (number === undefined) throw new IptablesError(`unknown protocol "${text}" specified`)
  return number
}

/** The name of a protocol; undefined where it has none. */
export function protocolName(protocol: number): string | undefined {
  return ownProtocolName(protocol) ?? nameInFile(protocol)
}

/** The name that iptables has for a protocol of itself. */
export function ownProtocolName(protocol: number): string | undefined {
  return NAMES.find(([, number]) => number === protocol)?.[0]
}
