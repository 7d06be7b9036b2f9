import type { Encap } from './kind.ts'

const HOOKS = ['in', 'out', 'xmit'] as const

export const bpf: Encap<'bpf'> = {
  print(data, { printer }) {
    for (const hook of HOOKS) {
      const program = data[hook]
      if (program === undefined) continue
      const as = program.name === undefined ? '' : `${program.name} `
      printer.field(hook, program.name ?? '<unknown>', `${hook} %`, { as })
    }
    if (data.xmitHeadroom !== undefined) printer.field('headroom', data.xmitHeadroom, ' % ')
  },
}
