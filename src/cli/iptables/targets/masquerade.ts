import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { shownRange } from './nat.ts'
import { flagOption, toPorts } from './nat-options.ts'

export const masquerade = extension({
  name: 'MASQUERADE',
  revision: 0,
  codec: xtables.targets.MASQUERADE[0],
  initially: { ranges: 1 },
  options: [toPorts, flagOption('random'), flagOption('random-fully')],
  save: (range) => shownRange(range, '--to-ports ', '--'),
  list: (range) => shownRange(range, 'masq ports: ', ''),
  help: `MASQUERADE target options:
 --to-ports <port>[-<port>]
				Port (range) to map to.
 --random
				Randomize source port.
 --random-fully
				Fully randomize source port.
`,
})
