import { withNewNamespace } from '../../../src/libc/index.ts'
import { chain, openNetfilter, rule, table, transactSync } from '../../../src/netfilter/index.ts'
import { noWorldReason } from '../world.ts'

let known: { readonly reason: string | undefined } | undefined

/** Why nothing can be masqueraded here; undefined where the kernel has what that takes. */
export function noNatReason(): string | undefined {
  known ??= { reason: noWorldReason() ?? probe() }
  return known.reason
}

function probe(): string | undefined {
  const home = { family: 'inet', table: 'probe' } as const
  try {
    withNewNamespace(() => {
      using socket = openNetfilter()
      transactSync(socket, [
        table.add({ family: 'inet', name: 'probe' }),
        chain.add({ ...home, name: 'c', hook: { name: 'postrouting', priority: 100 }, type: 'nat' }),
        rule.add({ ...home, chain: 'c', expressions: [{ name: 'masq', data: {} }] }),
      ])
    })
    return undefined
  } catch (error) {
    return `the kernel has no NAT by nf_tables: ${(error as Error).message}`
  }
}
