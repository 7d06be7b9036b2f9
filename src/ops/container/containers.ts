import { delete as deleteNetns, type FileIdentity, NamespaceReplacedError, pids } from '../../netns/index.ts'
import { link } from '../../rtnl/index.ts'
import { deleteRulesOf } from '../firewall/index.ts'
import { isRefusal, unless } from '../missing.ts'
import { type Context, withRoute } from '../target.ts'
import { exclusively } from './lock.ts'
import { dissolveNetwork } from './network.ts'
import { formatPublication, type Publication, parsePublication } from './publish.ts'

/** A namespace that `connectContainer` has connected. */
export interface Container {
  readonly name: string
  /** Without the length of its network. */
  readonly address: string
  readonly bridge: string
  readonly publish: readonly Publication[]
}

/** A container as it is found. */
export interface FoundContainer extends Container {
  /** The name of the host's end of its cable. */
  readonly link: string
  /** The processes in it, in ascending order. */
  readonly pids: readonly number[]
}

/** What the host's end of a container's cable says of it, in its alias. */
const ALIAS = /^ipts container (\S+) (\S+) (\S+)((?: \S+)*)$/

export function aliasOf({ name, address, bridge, publish }: Container): string {
  return ['ipts container', name, address, bridge, ...publish.map(formatPublication)].join(' ')
}

/** The containers that `connectContainer` has connected, whoever called it, by name. */
export async function listContainers(context: Context = {}): Promise<FoundContainer[]> {
  const links = await withRoute(undefined, context, (route) => route.request(link.list({ kind: 'veth' })))
  return links.flatMap(read).sort((a, b) => (a.name < b.name ? -1 : 1))
}

export async function containerNamed(name: string, context: Context = {}): Promise<FoundContainer | undefined> {
  return (await listContainers(context)).find((container) => container.name === name)
}

function read({ name: end, alias }: link.Link): FoundContainer[] {
  const [, name, address, bridge, ports = ''] = ALIAS.exec(alias ?? '') ?? []
  if (name === undefined || address === undefined || bridge === undefined || end === undefined) return []
  const publish = ports.split(' ').filter(Boolean).map(parsePublication)
  return [{ name, address, bridge, publish, link: end, pids: pidsOf(name) }]
}

function pidsOf(name: string): number[] {
  try {
    return pids(name)
  } catch {
    // Somebody has deleted the namespace.
    return []
  }
}

/**
 * Takes away a container that `connectContainer` has connected, whoever called it: its namespace, cable, ports and rules, and its network when
 * it was the last one there. Processes that are in it go on, in a network of nothing. Does nothing where there is none of that name.
 */
export async function removeContainer(name: string, context: Context = {}): Promise<void> {
  await exclusively(context, async () => {
    const found = await containerNamed(name, context)
    if (found !== undefined) await dismantle(found, context)
  })
}

/** Takes away all there is of a container, whatever of it is gone already; of namespaces of that name `only` this one. */
export async function dismantle({ name, bridge }: Container, context: Context, only?: FileIdentity): Promise<void> {
  await deleteRulesOf(ownerOfRules(name))
  const found = await containerNamed(name, context)
  if (found !== undefined) {
    await withRoute(undefined, context, (route) => unless(['ENODEV'], route.request(link.delete(found.link))))
  }
  try {
    deleteNetns(name, only === undefined ? {} : { only })
  } catch (error) {
    if (!isRefusal(error, ['ENOENT']) && !(error instanceof NamespaceReplacedError)) throw error
  }
  await dissolveNetwork(bridge, context)
}

export function ownerOfRules(name: string): string {
  return `container ${name}`
}
