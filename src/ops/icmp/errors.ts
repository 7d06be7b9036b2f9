/** What an ICMP error says, in errno's terms and in words. */
export interface IcmpFault {
  /** The errno that the kernel makes of it. */
  readonly code: string
  readonly reason: string
}

type Faults = Readonly<Record<number, readonly [code: string, reason: string]>>

// net/ipv4/icmp.c, icmp_err_convert; the meanings are those of RFC 792 and RFC 1812.
const unreachable4: Faults = {
  0: ['ENETUNREACH', 'network unreachable'],
  1: ['EHOSTUNREACH', 'host unreachable'],
  2: ['ENOPROTOOPT', 'protocol unreachable'],
  3: ['ECONNREFUSED', 'port unreachable'],
  4: ['EMSGSIZE', 'fragmentation needed'],
  5: ['EOPNOTSUPP', 'source route failed'],
  6: ['ENETUNREACH', 'network unknown'],
  7: ['EHOSTDOWN', 'host unknown'],
  8: ['ENONET', 'source host isolated'],
  9: ['ENETUNREACH', 'network prohibited'],
  10: ['EHOSTUNREACH', 'host prohibited'],
  11: ['ENETUNREACH', 'network unreachable for this type of service'],
  12: ['EHOSTUNREACH', 'host unreachable for this type of service'],
  13: ['EHOSTUNREACH', 'packet filtered'],
  14: ['EHOSTUNREACH', 'precedence violation'],
  15: ['EHOSTUNREACH', 'precedence cut off'],
}

// net/ipv6/icmp.c, icmpv6_err_convert; the meanings are those of RFC 4443.
const unreachable6: Faults = {
  0: ['ENETUNREACH', 'no route'],
  1: ['EACCES', 'administratively prohibited'],
  2: ['EHOSTUNREACH', 'beyond the scope of the source address'],
  3: ['EHOSTUNREACH', 'address unreachable'],
  4: ['ECONNREFUSED', 'port unreachable'],
  5: ['EACCES', 'source address failed policy'],
  6: ['EACCES', 'route rejected'],
}

const faults: Readonly<Record<'inet' | 'inet6', Readonly<Record<number, Faults>>>> = {
  inet: {
    3: unreachable4,
    11: { 0: ['EHOSTUNREACH', 'time to live exceeded'], 1: ['EHOSTUNREACH', 'reassembly time exceeded'] },
    12: { 0: ['EPROTO', 'parameter problem'] },
  },
  inet6: {
    1: unreachable6,
    2: { 0: ['EMSGSIZE', 'packet too big'] },
    3: { 0: ['EHOSTUNREACH', 'hop limit exceeded'], 1: ['EHOSTUNREACH', 'reassembly time exceeded'] },
    4: { 0: ['EPROTO', 'parameter problem'] },
  },
}

/** The types of ICMP messages that are errors about a packet. */
export const ERROR_TYPES = {
  inet: Object.keys(faults.inet).map(Number),
  inet6: Object.keys(faults.inet6).map(Number),
} as const

/** What an error of this type and code means; undefined for a type that is no error. */
export function faultOf(family: 'inet' | 'inet6', type: number, code: number): IcmpFault | undefined {
  const codes = faults[family][type]
  if (codes === undefined) return undefined
  const [name, reason] = codes[code] ?? codes[0]!
  return { code: name, reason: codes[code] === undefined ? `${reason} (code ${code})` : reason }
}
