import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'
import { hex } from '../number.ts'
import { markAndMask } from '../values.ts'

const shown = (mark: number, mask: number) => (mask === 0xffffffff ? ` ${hex(mark)}` : ` ${hex(mark)}/${hex(mask)}`)

export const mark = extension({
  name: 'mark',
  revision: 1,
  codec: xtables.matches.mark[1],
  options: [
    {
      names: ['mark'],
      not: true,
      required: true,
      read({ info, value, not, asked }) {
        Object.assign(info, markAndMask(value, asked))
        if (not) info.invert = 1
      },
    },
  ],
  save: ({ mark, mask, invert }) => `${invert ? ' !' : ''} --mark${shown(mark, mask)}`,
  list: ({ mark, mask, invert }) => ` mark match${invert ? ' !' : ''}${shown(mark, mask)}`,
  help: `mark match options:
[!] --mark value[/mask]    Match nfmark value with optional mask
`,
})
