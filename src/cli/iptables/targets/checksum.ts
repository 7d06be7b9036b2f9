import { xtables } from '../../../netfilter/index.ts'
import { extension } from '../extension.ts'

export const checksum = extension({
  name: 'CHECKSUM',
  revision: 0,
  codec: xtables.targets.CHECKSUM[0],
  options: [
    {
      names: ['checksum-fill'],
      value: false,
      required: true,
      read({ info }) {
        info.operation = ['fill']
      },
    },
  ],
  save: ({ operation }) => (operation.includes('fill') ? ' --checksum-fill' : ''),
  list: ({ operation }) => ` CHECKSUM${operation.includes('fill') ? ' fill' : ''}`,
  help: `CHECKSUM target options
  --checksum-fill\t\t\tFill in packet checksum.
`,
})
