/** An ICMP type, or one code of it, by name. */
export interface NamedIcmpType {
  readonly name: string
  readonly type: number
  readonly minCode: number
  readonly maxCode: number
}

const whole = (name: string, type: number): NamedIcmpType => ({ name, type, minCode: 0, maxCode: 255 })
const code = (name: string, type: number, number: number): NamedIcmpType => ({
  name,
  type,
  minCode: number,
  maxCode: number,
})

/** The names that iptables has, in its order: a type, other names of it, its codes. */
export const ICMP_TYPES: readonly NamedIcmpType[] = [
  whole('any', 255),
  whole('echo-reply', 0),
  whole('pong', 0),
  whole('destination-unreachable', 3),
  code('network-unreachable', 3, 0),
  code('host-unreachable', 3, 1),
  code('protocol-unreachable', 3, 2),
  code('port-unreachable', 3, 3),
  code('fragmentation-needed', 3, 4),
  code('source-route-failed', 3, 5),
  code('network-unknown', 3, 6),
  code('host-unknown', 3, 7),
  code('network-prohibited', 3, 9),
  code('host-prohibited', 3, 10),
  code('TOS-network-unreachable', 3, 11),
  code('TOS-host-unreachable', 3, 12),
  code('communication-prohibited', 3, 13),
  code('host-precedence-violation', 3, 14),
  code('precedence-cutoff', 3, 15),
  whole('source-quench', 4),
  whole('redirect', 5),
  code('network-redirect', 5, 0),
  code('host-redirect', 5, 1),
  code('TOS-network-redirect', 5, 2),
  code('TOS-host-redirect', 5, 3),
  whole('echo-request', 8),
  whole('ping', 8),
  whole('router-advertisement', 9),
  whole('router-solicitation', 10),
  whole('time-exceeded', 11),
  whole('ttl-exceeded', 11),
  code('ttl-zero-during-transit', 11, 0),
  code('ttl-zero-during-reassembly', 11, 1),
  whole('parameter-problem', 12),
  code('ip-header-bad', 12, 0),
  code('required-option-missing', 12, 1),
  whole('timestamp-request', 13),
  whole('timestamp-reply', 14),
  whole('address-mask-request', 17),
  whole('address-mask-reply', 18),
]

/** The names as `-p icmp -h` shows them: other names of a type in parentheses, its codes below it. */
export function helpOfTypes(): string {
  return ICMP_TYPES.map(({ name, type, minCode, maxCode }, i) => {
    const before = ICMP_TYPES[i - 1]
    if (before?.type !== type) return `\n${name}`
    return before.minCode === minCode && before.maxCode === maxCode ? ` (${name})` : `\n   ${name}`
  }).join('')
}
