import { cNumber, type Reader, wrong } from '../../../grammar/index.ts'
import type { Session } from '../../../session.ts'

type Protocol = '8021q' | '8021ad'

// Names of EtherTypes as iproute2 takes them, in any case.
const NAMES: Readonly<Record<string, Protocol>> = { '802.1q': '8021q', '802.1ad': '8021ad' }

export function vlanProtocol(why: string): Reader<Protocol | number> {
  return {
    hint: '{ 802.1Q | 802.1ad }',
    choices: ['802.1Q', '802.1ad'],
    read({ current }) {
      const protocol = NAMES[current.toLowerCase()] ?? cNumber(current, 0, 0xffff)
      if (protocol === undefined) throw wrong(current, why)
      return protocol
    },
  }
}

/** The EtherType's name; a number in brackets where it has none, or where numbers are asked for. */
export function vlanProtocolName(protocol: Protocol | number, { options }: Session): string {
  if (protocol === '8021q') return options.numeric ? '[33024]' : '802.1Q'
  if (protocol === '8021ad') return options.numeric ? '[34984]' : '802.1ad'
  return `[${protocol}]`
}
