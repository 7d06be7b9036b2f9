import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { shownRange } from './nat.ts'
import { flagOption, toDestination } from './nat-options.ts'

export const dnat = extension({
  name: 'DNAT',
  revision: 2,
  codec: xtables.targets.DNAT[2],
  options: [toDestination, flagOption('random'), flagOption('persistent')],
  save: (range) => shownRange(range, '--to-destination ', '--'),
  list: (range) => shownRange(range, 'to:', ''),
  help: `DNAT target options:
 --to-destination [<ipaddr>[-<ipaddr>]][:port[-port[/port]]]
				Address to map destination to.
[--random] [--persistent]
`,
})
