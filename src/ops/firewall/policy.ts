import { chain, transact } from '../../netfilter/index.ts'
import { unless } from '../missing.ts'
import type { Op } from '../op.ts'
import { inNetns, type NetnsTarget } from '../target.ts'
import { withNetfilter } from './netfilter.ts'
import { abolish, chainOf, establish, findChain } from './place.ts'

export type Policy = 'accept' | 'drop'

/**
 * Says what becomes of packets that the host passes on and that no rule of the chain speaks of (`iptables -P FORWARD …`). Undone, it is what it
 * was, and the chain and the table that it needed are deleted.
 */
export function setForwardPolicy(policy: Policy, { netns }: { readonly netns?: NetnsTarget } = {}): Op<Policy> {
  const { family, table, chain: name } = chainOf('FORWARD')
  const change = (wanted: Policy) => chain.change({ family, table, name, policy: wanted })
  return {
    summary: `${policy} what is forwarded${inNetns(netns)}`,
    do: (context = {}) =>
      withNetfilter(netns, context, async (socket) => {
        const before = findChain(socket, 'FORWARD')?.policy === 'drop' ? 'drop' : 'accept'
        await transact(socket, () => [...establish(socket, 'FORWARD'), change(policy)])
        return before
      }),
    undo: (before, context = {}) =>
      unless(
        ['ENOENT'],
        withNetfilter(netns, context, async (socket) => {
          await transact(socket, [change(before)])
          await transact(socket, () => abolish(socket, 'FORWARD', []))
        }),
      ),
    isDone: (context = {}) =>
      withNetfilter(netns, context, async (socket) => findChain(socket, 'FORWARD')?.policy === policy),
  }
}
