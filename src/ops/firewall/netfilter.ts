import { openNetfilter } from '../../netfilter/index.ts'
import type { Socket } from '../../netlink/index.ts'
import { type Context, type NetnsTarget, withNamespaceOf } from '../target.ts'

/** Gives an action a netfilter socket in a namespace. */
export async function withNetfilter<T>(
  netns: NetnsTarget,
  { trace }: Context,
  action: (socket: Socket) => Promise<T>,
): Promise<T> {
  return await withNamespaceOf(netns, async (namespace) => {
    using socket = openNetfilter(namespace === undefined ? { trace } : { netns: namespace, trace })
    return await action(socket)
  })
}
