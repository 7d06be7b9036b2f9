import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { shownRange } from './nat.ts'
import { flagOption, toSource } from './nat-options.ts'

export const snat = extension({
  name: 'SNAT',
  revision: 0,
  codec: xtables.targets.SNAT[0],
  initially: { ranges: 1 },
  options: [toSource, flagOption('random'), flagOption('random-fully'), flagOption('persistent')],
  save: (range) => shownRange(range, '--to-source ', '--'),
  list: (range) => shownRange(range, 'to:', ''),
  help: `SNAT target options:
 --to-source [<ipaddr>[-<ipaddr>]][:port[-port]]
				Address to map source to.
[--random] [--random-fully] [--persistent]
`,
})
