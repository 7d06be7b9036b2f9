import type { EchoAnswer } from '../../ops/index.ts'

type Fault = Extract<EchoAnswer, { kind: 'error' }>

// The meanings are those of RFC 792 and RFC 1812, the words iputils'.
const UNREACHABLE = [
  'Destination Net Unreachable',
  'Destination Host Unreachable',
  'Destination Protocol Unreachable',
  'Destination Port Unreachable',
  undefined,
  'Source Route Failed',
  'Destination Net Unknown',
  'Destination Host Unknown',
  'Source Host Isolated',
  'Destination Net Prohibited',
  'Destination Host Prohibited',
  'Destination Net Unreachable for Type of Service',
  'Destination Host Unreachable for Type of Service',
  'Packet filtered',
  'Precedence Violation',
  'Precedence Cutoff',
]
const EXCEEDED = ['Time to live exceeded', 'Frag reassembly time exceeded']

// RFC 4443.
const UNREACHABLE6 = [
  'No route',
  'Administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
]
const EXCEEDED6 = ['Hop limit', 'Defragmentation failure']
const PARAMETER6 = ['Wrong header field ', 'Unknown header ', 'Unknown option ']

/** What an ICMP error says. */
export function faultText(family: 'inet' | 'inet6', { icmpType, icmpCode, info }: Fault): string {
  if (family === 'inet') {
    // The MTU is in the lower half, the place of a wrong parameter in the highest byte.
    if (icmpType === 3 && icmpCode === 4) return `Frag needed and DF set (mtu = ${info & 0xffff})`
    if (icmpType === 3) return UNREACHABLE[icmpCode] ?? `Dest Unreachable, Bad Code: ${icmpCode}`
    if (icmpType === 11) return EXCEEDED[icmpCode] ?? `Time exceeded, Bad Code: ${icmpCode}`
    return `Parameter problem: pointer = ${info >>> 24}`
  }
  if (icmpType === 1) return `Destination unreachable: ${UNREACHABLE6[icmpCode] ?? `Unknown code ${icmpCode}`}`
  if (icmpType === 2) return `Packet too big: mtu=${info}${icmpCode === 0 ? '' : `, code=${icmpCode}`}`
  if (icmpType === 3) return `Time exceeded: ${EXCEEDED6[icmpCode] ?? `code ${icmpCode}`}`
  return `Parameter problem: ${PARAMETER6[icmpCode] ?? `code ${icmpCode} `}at ${info}`
}
