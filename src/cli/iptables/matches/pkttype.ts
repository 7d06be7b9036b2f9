import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'

// PACKET_* of packet(7), in their order.
const TYPES = [
  ['unicast', 'to us', 'host'],
  ['broadcast', 'to all', 'bcast'],
  ['multicast', 'to group', 'mcast'],
  ['otherhost', 'to someone else'],
] as const

const named = (type: number) => TYPES[type]?.[0] ?? String(type)

export const pkttype = extension({
  name: 'pkttype',
  revision: 0,
  codec: xtables.matches.pkttype[0],
  options: [
    {
      names: ['pkt-type'],
      not: true,
      required: true,
      read({ info, value, not }) {
        const word = value.toLowerCase()
        info.type = TYPES.findIndex(([name, , other]) => word === name || word === other)
        if (info.type < 0) throw new IptablesError(`Bad packet type '${value}'`)
        if (not) info.invert = 1
      },
    },
  ],
  save: ({ type, invert }) => `${invert ? ' !' : ''} --pkt-type ${named(type)}`,
  list: ({ type, invert }) => ` PKTTYPE ${invert ? '!' : ''}= ${named(type)}`,
  help: `pkttype match options:
[!] --pkt-type packettype    match packet type
Valid packet types:
${TYPES.map(([name, meaning]) => `\t${name.padEnd(14)}\t\t${meaning}\n`).join('')}
`,
})
