import type { Reader } from '../../../grammar/index.ts'
import { ethertype, ethertypeName } from '../../../names/ethertype.ts'
import type { Session } from '../../../session.ts'

type Protocol = '8021q' | '8021ad'

const NUMBERS: Readonly<Record<Protocol, number>> = { '8021q': 0x8100, '8021ad': 0x88a8 }
const names = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name as Protocol]))

export function vlanProtocol(why: string): Reader<Protocol | number> {
  const { read } = ethertype(why)
  return {
    hint: '{ 802.1Q | 802.1ad }',
    choices: ['802.1Q', '802.1ad'],
    read(words, draft) {
      const protocol = read(words, draft)
      return names.get(protocol) ?? protocol
    },
  }
}

/** The EtherType's name; a number in brackets where it has none, or where numbers are asked for. */
export function vlanProtocolName(protocol: Protocol | number, { options }: Session): string {
  return ethertypeName(typeof protocol === 'number' ? protocol : NUMBERS[protocol], options.numeric)
}
