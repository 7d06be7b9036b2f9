import { delete as deleteNetns } from '../../netns/index.ts'
import { link } from '../../rtnl/index.ts'
import { deleteRulesOf } from '../firewall/index.ts'
import { isRefusal, unless } from '../missing.ts'
import { type Context, withRoute } from '../target.ts'
import { type Container, hasItsNamespace, ownsRule } from './container.ts'
import { containerNamed, listContainers } from './containers.ts'
import { exclusively } from './lock.ts'
import { dissolveNetwork } from './network.ts'

/**
 * Takes away a container that `connectContainer` has connected, whoever called it, or what is left of it: its namespace, cable, ports and rules,
 * and its network when it was the last one there. Processes that are in it go on, in a network of nothing. Does nothing where there is none of
 * that name.
 */
export async function removeContainer(name: string, context: Context = {}): Promise<void> {
  await exclusively(context, async () => {
    const found = await containerNamed(name, context)
    if (found !== undefined) await dismantle(found, context)
  })
}

/** Takes away all there is of a container, whatever of it is gone already; not a namespace that has got its name since. */
export async function dismantle(container: Container, context: Context): Promise<void> {
  if (await hasItsNamespace(container, context)) deleteNamespace(container.name)
  await withRoute(undefined, context, (route) => unless(['ENODEV'], route.request(link.delete(container.link))))
  // Last of all, for they say that there is something to take away.
  await deleteRulesOf((owner) => ownsRule(container, owner), undefined, context)
  const others = await listContainers(context)
  if (!others.some(({ bridge }) => bridge === container.bridge)) await dissolveNetwork(container.bridge, context)
}

function deleteNamespace(name: string): void {
  try {
    deleteNetns(name)
  } catch (error) {
    if (!isRefusal(error, ['ENOENT'])) throw error
  }
}
