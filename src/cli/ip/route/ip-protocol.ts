import { cNumber, type Reader, wrong } from '../../grammar/index.ts'

/** Protocols of IP that routes may be looked up by, by their names in /etc/protocols. */
const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, 'ipv6-icmp': 58, sctp: 132 }

export const ipProtocol: Reader<number> = {
  hint: 'PROTOCOL',
  read({ current }) {
    const number = NUMBERS[current] ?? cNumber(current, 0, 255)
    if (number === undefined) throw wrong(current, 'Invalid "ipproto" value\n')
    return number
  },
}
