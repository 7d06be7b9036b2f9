import fc from 'fast-check'

const number = (max: number) => fc.integer({ min: 1, max })
const address = fc.tuple(number(223), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join('.'))
const network = fc.tuple(address, fc.integer({ min: 1, max: 32 })).map(([host, length]) => `${host}/${length}`)
const not = fc.constantFrom('', '! ')
const port = number(65534)
const ports = fc.oneof(
  port.map(String),
  fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}:${Math.max(a, b) + 1}`),
)
const optional = <T extends string>(text: fc.Arbitrary<T>) => fc.option(text, { nil: '' })
const condition = (option: string, value: fc.Arbitrary<unknown>) =>
  optional(fc.tuple(not, value).map(([prefix, shown]) => `${prefix}${option} ${shown}`))
const list = (...words: string[]) => fc.subarray(words, { minLength: 1 }).map((chosen) => chosen.join(','))
const text = fc.stringMatching(/^[a-z"'\\ _-]{1,20}$/).map((given) => `"${given.replace(/["\\]/g, '\\$&')}"`)

const transport = fc.oneof(
  fc.constantFrom('', '-p icmp', '-p 47', '! -p udp'),
  fc
    .tuple(fc.constantFrom('tcp', 'udp'), condition('--sport', ports), condition('--dport', ports))
    .map(([protocol, source, destination]) => `-p ${protocol} ${source} ${destination}`),
  fc
    .tuple(not, list('SYN', 'ACK', 'FIN', 'RST'), list('SYN', 'ACK'))
    .map(([prefix, mask, flags]) => `-p tcp ${prefix}--tcp-flags ${mask} ${flags}`),
  fc.tuple(not, fc.nat(254), fc.nat(255)).map(([prefix, type, code]) => `-p icmp ${prefix}--icmp-type ${type}/${code}`),
  fc
    .tuple(not, fc.constantFrom('--sports', '--dports', '--ports'), fc.array(ports, { minLength: 1, maxLength: 7 }))
    .map(([prefix, option, given]) => `-p tcp -m multiport ${prefix}${option} ${given.join(',')}`),
)
const match = fc.oneof(
  list('NEW', 'ESTABLISHED', 'RELATED', 'INVALID').map((states) => `-m state --state ${states}`),
  fc.tuple(not, list('NEW', 'DNAT', 'SNAT', 'UNTRACKED')).map(([n, states]) => `-m conntrack ${n}--ctstate ${states}`),
  // A whole address is kept in two ways, as iptables has it: with /32 and without.
  network.map((given) => `-m conntrack --ctorigsrc ${given.replace('/32', '/31')}`),
  text.map((given) => `-m comment --comment ${given}`),
  fc.tuple(not, fc.nat(0xffff), fc.nat(0xffff)).map(([n, mark, mask]) => `-m mark ${n}--mark ${mark}/${mask}`),
  fc
    .tuple(number(50), fc.constantFrom('sec', 'min', 'hour', 'day'))
    .map(([n, unit]) => `-m limit --limit ${n}/${unit}`),
  fc.tuple(not, list('LOCAL', 'UNICAST', 'BROADCAST')).map(([n, types]) => `-m addrtype ${n}--dst-type ${types}`),
)
const action = fc.oneof(
  fc.constantFrom('', '-j ACCEPT', '-j DROP', '-j RETURN', '-j OUTPUT', '-g FORWARD', '-j REJECT', '-j MASQUERADE'),
  address.map((given) => `-j DNAT --to-destination ${given}`),
  fc.tuple(address, address).map(([from, to]) => `-j SNAT --to-source ${from}-${to}`),
  text.map((given) => `-j LOG --log-prefix ${given} --log-level 6`),
  fc.nat(0xffff).map((mark) => `-j MARK --set-mark ${mark}`),
)
/** A rule that iptables has words for, as `-A INPUT …`; whether the kernel takes it is another matter. */
export const ruleLine = fc
  .tuple(
    condition('-s', network),
    condition('-d', network),
    condition('-i', fc.constantFrom('eth0', 'veth+')),
    transport,
    fc.array(match, { maxLength: 2 }),
    action,
  )
  .map(([source, destination, input, protocol, matches, target]) =>
    ['-A INPUT', source, destination, input, protocol, ...matches, target].join(' '),
  )
