import { ownerOf, rule, transact } from '../../netfilter/index.ts'
import type { Socket } from '../../netlink/index.ts'
import type { Context, NetnsTarget } from '../target.ts'
import { withNetfilter } from './netfilter.ts'
import { abolish, CHAIN_NAMES, type ChainName, chainOf } from './place.ts'

/** Deletes the rules that were added with this owner, or with one that is wanted, and the chains and tables that only they needed. */
export async function deleteRulesOf(
  owner: string | ((owner: string) => boolean),
  netns?: NetnsTarget,
  context: Context = {},
): Promise<void> {
  const isWanted = typeof owner === 'string' ? (found: string) => found === owner : owner
  await withNetfilter(netns, context, async (socket) => {
    for (const name of CHAIN_NAMES) {
      await transact(socket, () => {
        const handles = ownedIn(socket, name).flatMap((found) => (isWanted(found.owner) ? [found.handle] : []))
        const deletions = handles.map((handle) => rule.delete({ ...chainOf(name), handle }))
        return [...deletions, ...abolish(socket, name, handles)]
      })
    }
  })
}

/** The owners that rules were added with, once for each rule. */
export async function ownersOfRules(netns?: NetnsTarget, context: Context = {}): Promise<string[]> {
  return await withNetfilter(netns, context, async (socket) =>
    CHAIN_NAMES.flatMap((name) => ownedIn(socket, name).map(({ owner }) => owner)),
  )
}

function ownedIn(socket: Socket, name: ChainName): { readonly owner: string; readonly handle: rule.Rule['handle'] }[] {
  const { family, table, chain } = chainOf(name)
  return socket.requestSync(rule.list({ family })).flatMap((found) => {
    const owner = ownerOf(found.userdata)
    const isHere = found.table === table && found.chain === chain
    return isHere && owner !== undefined ? [{ owner, handle: found.handle }] : []
  })
}
