import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { integer } from '../values.ts'

const IPV4_HEADER = 20

export const tcpmss = extension({
  name: 'TCPMSS',
  revision: 0,
  codec: xtables.targets.TCPMSS[0],
  options: [
    {
      names: ['set-mss'],
      read({ info, value, asked }) {
        info.mss = integer(value, 0, 0xffff - IPV4_HEADER, asked)
      },
    },
    {
      names: ['clamp-mss-to-pmtu'],
      value: false,
      read({ info }) {
        info.mss = xtables.CLAMP_TO_PATH
      },
    },
  ],
  check(_info, given) {
    if (given.size === 0) throw new IptablesError('TCPMSS target: At least one parameter is required')
  },
  save: ({ mss }) => (mss === xtables.CLAMP_TO_PATH ? ' --clamp-mss-to-pmtu' : ` --set-mss ${mss}`),
  list: ({ mss }) => ` TCPMSS ${mss === xtables.CLAMP_TO_PATH ? 'clamp to PMTU' : `set ${mss}`}`,
  help: `TCPMSS target mutually-exclusive options:
  --set-mss value               explicitly set MSS option to specified value
  --clamp-mss-to-pmtu           automatically clamp MSS value to (path_MTU - ${IPV4_HEADER})
`,
})
