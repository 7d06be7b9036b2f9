import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { shownRange } from './nat.ts'
import { flagOption, toPorts } from './nat-options.ts'

export const redirect = extension({
  name: 'REDIRECT',
  revision: 0,
  codec: xtables.targets.REDIRECT[0],
  initially: { ranges: 1 },
  options: [toPorts, flagOption('random')],
  check({ flags }) {
    if (flags.includes('offset')) {
      throw new IptablesError('Shifted portmap ranges not supported with this kernel')
    }
  },
  save: (range) => shownRange(range, '--to-ports ', '--'),
  list: (range) => shownRange(range, 'redir ports ', ''),
  help: `REDIRECT target options:
 --to-ports <port>[-<port>]
				Port (range) to map to.
 [--random]
`,
})
