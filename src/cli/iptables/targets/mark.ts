import { xtables } from '../../../netfilter/index.ts'
import { extension, type Given } from '../extension.ts'
import { IptablesError } from '../failure.ts'
import { hex } from '../number.ts'
import { integer, markAndMask } from '../values.ts'

type Info = ReturnType<(typeof xtables.targets.MARK)[2]['at']>
const NAMES = ['set-mark', 'and-mark', 'or-mark', 'xor-mark', 'set-xmark']
const others = (name: string) => NAMES.filter((each) => each !== name)
const ALL = 0xffffffff

function withMask(name: string, put: (mark: number, mask: number) => Info) {
  return {
    names: [name],
    excludes: others(name),
    read({ info, value, asked }: Given<Info>) {
      const { mark, mask } = markAndMask(value, asked)
      Object.assign(info, put(mark, mask))
    },
  }
}

function bitsOnly(name: string, put: (bits: number) => Info) {
  return {
    names: [name],
    excludes: others(name),
    read({ info, value, asked }: Given<Info>) {
      Object.assign(info, put(integer(value, 0, ALL, asked)))
    },
  }
}

export const mark = extension({
  name: 'MARK',
  revision: 2,
  codec: xtables.targets.MARK[2],
  options: [
    withMask('set-xmark', (mark, mask) => ({ mark, mask })),
    withMask('set-mark', (mark, mask) => ({ mark, mask: (mark | mask) >>> 0 })),
    bitsOnly('and-mark', (bits) => ({ mark: 0, mask: ~bits >>> 0 })),
    bitsOnly('or-mark', (bits) => ({ mark: bits, mask: bits })),
    bitsOnly('xor-mark', (bits) => ({ mark: bits, mask: 0 })),
  ],
  check(_info, given) {
    if (given.size > 0) return
    throw new IptablesError('MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required')
  },
  save: ({ mark, mask }) => ` --set-xmark ${hex(mark)}/${hex(mask)}`,
  list({ mark, mask }) {
    if (mark === 0) return ` MARK and ${hex(~mask >>> 0)}`
    if (mark === mask) return ` MARK or ${hex(mark)}`
    if (mask === 0) return ` MARK xor ${hex(mark)}`
    return mask === ALL ? ` MARK set ${hex(mark)}` : ` MARK xset ${hex(mark)}/${hex(mask)}`
  },
  help: `MARK target options:
  --set-xmark value[/mask]  Clear bits in mask and XOR value into nfmark
  --set-mark value[/mask]   Clear bits in mask and OR value into nfmark
  --and-mark bits           Binary AND the nfmark with bits
  --or-mark bits            Binary OR the nfmark with bits
  --xor-mark bits           Binary XOR the nfmark with bits
`,
})
