import { link } from '../../rtnl/index.ts'
import { find } from '../create-link.ts'
import { ownersOfRules } from '../firewall/index.ts'
import { unless } from '../missing.ts'
import { type Context, withRoute } from '../target.ts'
import { type Container, containerAt, containersOf, hasItsNamespace, ownsRule } from './container.ts'
import { processesBehind } from './processes.ts'
import { rulesOf } from './rules.ts'

/** What a container consists of, and others may take away: `ip netns delete`, `ip link delete`, `iptables -F`. */
export type ContainerPart = 'namespace' | 'cable' | 'network' | 'rules'

/** A container as it is found. */
export interface FoundContainer extends Container {
  /** The processes in it, in ascending order. */
  readonly pids: readonly number[]
  /** What is gone of it; nothing while it works. `removeContainer` takes the rest away. */
  readonly missing: readonly ContainerPart[]
}

/**
 * The containers that `connectContainer` has connected, whoever called it, by name; those too of which only a part is left. Without privileges
 * (CAP_NET_ADMIN, CAP_SYS_ADMIN) less is seen: what nothing is known of is not said to be missing.
 */
export async function listContainers(context: Context = {}): Promise<FoundContainer[]> {
  const owners = await ownersHere(context)
  return await withRoute(undefined, context, async (route) => {
    const cables = new Map<string, link.Link>()
    const containers = new Map(containersOf(owners ?? []).map((container) => [container.link, container]))
    for (const cable of await route.request(link.list({ kind: 'veth' }))) {
      const container = containerAt(cable)
      if (container === undefined) continue
      cables.set(container.link, cable)
      containers.set(container.link, container)
    }
    const found: FoundContainer[] = []
    for (const container of containers.values()) {
      const cable = cables.get(container.link)
      const bridge = await find(route, container.bridge)
      const isThere: Record<ContainerPart, boolean> = {
        namespace: await hasItsNamespace(container, context),
        cable: cable !== undefined,
        network: bridge !== undefined && (cable === undefined || cable.master === bridge.index),
        rules:
          owners === undefined || owners.filter((one) => ownsRule(container, one)).length >= rulesOf(container).length,
      }
      found.push({
        ...container,
        pids: await processesBehind(route, container, cable, isThere.namespace),
        missing: (Object.keys(isThere) as ContainerPart[]).filter((part) => !isThere[part]),
      })
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  })
}

export async function containerNamed(name: string, context: Context = {}): Promise<FoundContainer | undefined> {
  return (await listContainers(context)).find((container) => container.name === name)
}

/** Undefined where they cannot be seen: to those without privileges, or where the kernel has no nf_tables. */
async function ownersHere(context: Context): Promise<readonly string[] | undefined> {
  const unseen = ['EPERM', 'EPROTONOSUPPORT', 'EOPNOTSUPP', 'EINVAL', 'ENOENT']
  return await unless(unseen, ownersOfRules(undefined, context))
}
