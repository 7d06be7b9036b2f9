import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { portRange } from '../values.ts'
import { ALL_PORTS, listedPorts, savedPorts } from './port-range.ts'

export const udp = extension({
  name: 'udp',
  revision: 0,
  codec: xtables.matches.udp[0],
  initially: { sourcePorts: [...ALL_PORTS], destinationPorts: [...ALL_PORTS] },
  options: [
    {
      names: ['source-port', 'sport'],
      not: true,
      read({ info, value, not, asked }) {
        info.sourcePorts = portRange(value, asked)
        if (not) info.inverted = [...info.inverted, 'source-port']
      },
    },
    {
      names: ['destination-port', 'dport'],
      not: true,
      read({ info, value, not, asked }) {
        info.destinationPorts = portRange(value, asked)
        if (not) info.inverted = [...info.inverted, 'destination-port']
      },
    },
  ],
  save: ({ sourcePorts, destinationPorts, inverted }) =>
    savedPorts('--sport', sourcePorts, inverted.includes('source-port')) +
    savedPorts('--dport', destinationPorts, inverted.includes('destination-port')),
  list: ({ sourcePorts, destinationPorts, inverted }, listing) =>
    ` udp${listedPorts('spt', sourcePorts, inverted.includes('source-port'), 'udp', listing)}${listedPorts(
      'dpt',
      destinationPorts,
      inverted.includes('destination-port'),
      'udp',
      listing,
    )}`,
  help: `udp match options:
[!] --source-port port[:port]
 --sport ...
				match source port(s)
[!] --destination-port port[:port]
 --dport ...
				match destination port(s)
`,
})
